"""What a change of the registers costs on SQLite, in archives of 20,000 and of 200,000 editions; and how long an editor
waits who saves beside a relabel.

`python -m tests.benchmarks.relabel_bench`; the archives are made by tests.benchmarks.archive, copied, and left as they
were. Nothing is asserted.
"""

from collections.abc import Callable, Sequence

from tests.benchmarks.relabel_table import HEAD, Archive, closing, full_rows, rounds, row, rows_of
from tests.benchmarks.running import copy_archive, folder

SIZES = (20_000, 200_000)
SAVES = 150
LONGEST = 20  # seconds of relabelling beside the saves, at least as long as these take


def measure(sizes: Sequence[int], rows: Callable[[list[Archive], list[str]], None]) -> None:
    """Copy archives, open the copies, and print the head of a table and what `rows` prints of them and their URLs."""
    with folder() as data:
        for size in sizes:
            copy_archive(size, data / f"{size}.sqlite3")
        urls = [f"sqlite:///{data / f'{size}.sqlite3'}" for size in sizes]
        archives = [Archive(size, url) for size, url in zip(sizes, urls, strict=True)]

        def work() -> None:
            print(HEAD)
            rows(archives, urls)

        closing(archives, work)


def save_rows(relabelling: Archive, url: str) -> None:
    """Print how long an editor waits for a save, with nothing beside it, and beside a relabel with its pauses."""
    editor = Archive(relabelling.size, url)

    def work() -> None:
        alone = editor.ask(f"save {SAVES}")
        relabelling.send(f"work {LONGEST}")
        relabelling.answer()
        beside = editor.ask(f"save {SAVES}")
        for what, found, limit in (("alone", alone, ""), ("beside a relabel", beside, "300")):
            for key, title in (("median", "median"), ("p99", "99th percentile"), ("max", "longest")):
                name = f"an editor's save {what}, {title}"
                bound = limit if key == "p99" else ""
                row(f"{relabelling.size:,}", name, [found[key] * 1000], "ms", bound, samples=SAVES)
        done = relabelling.answer()
        if beside["wall"] > done["wall"]:
            raise SystemExit("The relabel ended before the saves beside it.")
        what = f"that relabel, pauses included, in {done['wall']:.0f} s"
        row(f"{relabelling.size:,}", what, [done["changed"] / done["wall"]], "changed/s")

    closing([editor], work)


def show(archives: list[Archive], urls: list[str]) -> None:
    rows_of(rounds(archives))
    full_rows(archives[0])
    save_rows(archives[1], urls[1])


if __name__ == "__main__":
    measure(SIZES, show)
