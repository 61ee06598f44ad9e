"""A register of 5,000 organizations: planned, stored, loaded: `python -m tests.benchmarks.import_bench`.

The files are invented. Beside each that is stored another connection asks for SQLite's only writer all the time: how
long an editor who saves would have waited at most.
"""

import contextlib
import io
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.import_files import KEY, MAPPING, csv_file, json_file
from tests.benchmarks.running import enter, folder

SIZE = 5000
PLANNED, STORED = 10, 20  # seconds allowed


def main() -> None:
    with folder() as data:
        enter(data, DATABASE_URL=f"sqlite:///{data}/db.sqlite3")
        files = write_files(data)
        print("| of 5,000 organizations | limit | took | another writer waited |\n|---|---:|---:|---:|", flush=True)
        measure("JSON, `load_registers`, compiled and put in force", STORED, data, loaded(files))
        start_again()
        for kind, options in (("JSON", []), ("CSV", ["--map", str(files["map"])])):
            command = ["import_register", str(files[kind]), "--register", KEY, "--partial", *options]
            measure(f"{kind}, `import_register --dry-run`", PLANNED, data, [*command, "--dry-run"])
            measure(f"{kind}, `import_register`", STORED, data, command)
            measure(f"{kind}, the same again", STORED, data, command)


def write_files(data: Path) -> dict[str, Path]:
    """Make a newsroom, and the files; return where they are."""
    from django.core.management import call_command

    from tests.builders import make_newsroom

    call_command("migrate", verbosity=0)
    make_newsroom()
    files = {"JSON": data / "list.json", "CSV": data / "list.csv", "map": data / "map.json", "load": data / "load.json"}
    files["JSON"].write_bytes(json_file(SIZE))
    files["CSV"].write_bytes(csv_file(SIZE, SIZE))
    files["map"].write_text(json.dumps(MAPPING), encoding="utf-8")
    return files


def loaded(files: dict[str, Path]) -> list[str]:
    """Return the command that loads the file with the registers that it is for."""
    from tests.builders import registers_data

    files["load"].write_text(json.dumps(registers_data() | json.loads(json_file(SIZE))), encoding="utf-8")
    return ["load_registers", str(files["load"])]


def start_again() -> None:
    """Make the rows again what they were before any file."""
    from articles.registers import restore
    from tests.builders import registers_data

    restore(registers_data())


def measure(name: str, limit: int, data: Path, command: list[str]) -> None:
    """Run the command and print its row."""
    from django.core.management import call_command

    with another_writer(data / "db.sqlite3") as waited:
        began = time.monotonic()
        with contextlib.redirect_stdout(io.StringIO()):
            call_command(*command)
        took = time.monotonic() - began
    print(f"| {name} | {limit} s | {took:.1f} s | {waited():.2f} s |", flush=True)
    if took > limit:
        raise SystemExit(f"{name}: {took:.1f} s")


@contextlib.contextmanager
def another_writer(database: Path) -> Iterator[Callable[[], float]]:
    """Ask for the writer every hundredth of a second; give a function that says how long that has taken at most."""
    longest, over = [0.0], threading.Event()

    def ask() -> None:
        with contextlib.closing(sqlite3.connect(database, timeout=60, isolation_level=None)) as connection:
            while not over.wait(0.01):
                began = time.monotonic()
                connection.execute("BEGIN IMMEDIATE")
                longest[0] = max(longest[0], time.monotonic() - began)
                connection.execute("ROLLBACK")

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield lambda: longest[0]
    finally:
        over.set()
        thread.join()


if __name__ == "__main__":
    main()
