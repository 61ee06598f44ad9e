"""What grows with the archive, at 20,000 and at 1,000,000 articles on SQLite, for `make bench-large`.

`python -m tests.benchmarks.large` prints a table: changes of the registers, an editor's save alone and beside a
relabel, and the pages that the application renders. Works in copies of the archives. Nothing is asserted.
"""

from collections.abc import Sequence

from tests.benchmarks.relabel_bench import measure, save_rows
from tests.benchmarks.relabel_table import Archive, rounds, row, rows_of

SIZES = (20_000, 1_000_000)


def read_rows(archives: Sequence[Archive]) -> None:
    """Print what each page costs in each archive."""
    found = {archive.size: archive.ask("read") for archive in archives}
    for what in next(iter(found.values())):
        for size, taken in found.items():
            row(f"{size:,}", what, taken[what], "ms")


def show(archives: list[Archive], urls: list[str]) -> None:
    rows_of(rounds(archives))
    read_rows(archives)
    for archive, url in zip(archives, urls, strict=True):
        save_rows(archive, url)


if __name__ == "__main__":
    measure(SIZES, show)
