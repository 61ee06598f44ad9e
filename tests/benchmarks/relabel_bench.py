"""What a change of the registers costs on SQLite, in archives of 20,000 and of 200,000 editions; and how long an editor
waits who saves beside a relabel.

`python -m tests.benchmarks.relabel_bench`; the archives are made by tests.benchmarks.archive, copied, and left as they
were. Nothing is asserted.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.benchmarks.archive import FOLDER
from tests.benchmarks.relabel_table import HEAD, Archive, closing, full_rows, rounds, row, rows_of

SIZES = (20_000, 200_000)
SAVES = 240
LONGEST = 60  # seconds of relabelling beside the saves


@contextmanager
def copy_of(size: int) -> Iterator[str]:
    """Copy an archive's SQLite file for as long as it is needed; yield the copy's URL.

    The copy is written to the disk first: a checkpoint of the measured work would wait for it.
    """
    copy = FOLDER / f"{size}.copy.sqlite3"
    shutil.copyfile(FOLDER / f"{size}.sqlite3", copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        yield f"sqlite:///{copy}"
    finally:
        for file in FOLDER.glob(f"{copy.name}*"):
            Path(file).unlink()


def save_rows(relabelling: Archive, url: str) -> None:
    """Print how long an editor waits for a save, with nothing beside it, and beside a relabel with its pauses."""
    editor = Archive(relabelling.size, url)

    def work() -> None:
        alone = editor.ask(f"save {SAVES}")
        relabelling.send(f"work {LONGEST}")
        relabelling.answer()
        beside = editor.ask(f"save {SAVES}")
        for what, found, limit in (("alone", alone, ""), ("beside a relabel", beside, "300")):
            for key in ("median", "p99", "max"):
                name = f"an editor's save {what}, {key} of {SAVES}"
                row(f"{relabelling.size:,}", name, [found[key] * 1000], "ms", limit if key == "p99" else "")
        changed = relabelling.answer()["changed"]
        row(f"{relabelling.size:,}", f"that relabel in {LONGEST} s, pauses included", [changed / LONGEST], "changed/s")

    closing([editor], work)


def main() -> None:
    missing = [size for size in SIZES if not (FOLDER / f"{size}.sqlite3").exists()]
    if missing:
        raise SystemExit(f"No archive of {missing[0]:,}: make bench-data")
    with ExitStack() as stack:
        urls = [stack.enter_context(copy_of(size)) for size in SIZES]
        archives = [Archive(size, url) for size, url in zip(SIZES, urls, strict=True)]

        def work() -> None:
            print(HEAD)
            rows_of(rounds(archives))
            full_rows(archives[0])
            save_rows(archives[1], urls[1])

        closing(archives, work)


if __name__ == "__main__":
    main()
