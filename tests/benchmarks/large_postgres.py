"""What grows with the archive, at 20,000 and at 1,000,000 articles on PostgreSQL, for `make bench-large`.

`python -m tests.benchmarks.large_postgres [SIZE]` prints two tables: pages that the application renders, plain
statements for the same, and the page map; and changes of the registers. Milliseconds and seconds are of CPU, of our
process and of the server's for it. Works in copies of the archives. Nothing is asserted.
"""

import sys
from collections.abc import Sequence
from contextlib import ExitStack

from tests.benchmarks.postgres import binaries, copy_of, names, server
from tests.benchmarks.relabel_table import HEAD, Archive, closing, rounds, row, rows_of

SMALL, LARGE = 20_000, 1_000_000
PLAIN = {  # what a page is beside
    "news, from the middle": ("plain: the newest 30 after a place in the middle", "plain: the same 30 by OFFSET"),
    "a category, its middle page": ("plain: the middle 30 of a category by OFFSET",),
    "news of category and region": ("plain: the newest 30 of a category and a region",),
    "the archive's years": ("plain: the years that have articles", "plain: how many are live"),
    "a month": ("plain: how many of each category are live",),
    "search, words that nearly every article has": (
        "plain: search for common words, newest 20",
        "plain: search for common words, best 20",
    ),
}


def read_rows(archives: Sequence[Archive]) -> None:
    """Print what each page costs in each archive, and under it what it is beside."""
    found = {archive.size: archive.ask("read") for archive in archives}
    beside = {one for some in PLAIN.values() for one in some}
    for what in next(iter(found.values())):
        if what not in beside:
            for one in (what, *PLAIN.get(what, ())):
                for size, taken in found.items():
                    row(f"{size:,}", one, taken[one], "ms")


def map_rows(archives: Sequence[Archive]) -> None:
    """Print what it takes to find the pages of a publication."""
    found = {archive.size: archive.ask("map") for archive in archives}
    for what in next(iter(found.values())):
        for size, taken in found.items():
            one = taken[what]
            row(f"{size:,}", f"{what}: {one['pages']}, {one['statements']} statements", one["ms"], "ms")


def main(large: int) -> None:
    if binaries() is None:
        raise SystemExit("PostgreSQL is not installed.")
    with ExitStack() as stack:
        url = stack.enter_context(server())
        if not {f"archive_{size}" for size in (SMALL, large)} <= names(url):
            raise SystemExit("No archives on PostgreSQL: make bench-data, make bench-large")
        archives = [Archive(size, stack.enter_context(copy_of(url, size))) for size in (SMALL, large)]

        def work() -> None:
            print(HEAD)
            read_rows(archives)
            map_rows(archives)
            rows_of(rounds(archives))

        closing(archives, work)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else LARGE)
