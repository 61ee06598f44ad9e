"""A keeper's file of 5,000 lines through the database: compared, accepted, planned, stored; then the next file.

    python -m tests.benchmarks.lists_way

The file is invented (`lists_bench.large`). Beside each act another connection asks for SQLite's only writer all the
time: how long an editor who saves would have waited at most.
"""

import contextlib
import io
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.import_bench import another_writer
from tests.benchmarks.running import enter, folder

DRY_RUN, STORED = 10, 20  # seconds allowed
AT = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
KEY = "ru-foreign-agents"


def main() -> None:
    """Print a row for each act; end the program for one that takes longer than allowed."""
    with folder() as data:
        enter(data, DATABASE_URL=f"sqlite:///{data}/db.sqlite3")
        path = prepare(data)
        print("| 5,000 lines of a keeper | limit | took | another writer waited |\n|---|---:|---:|---:|", flush=True)
        measure("`import_register --dry-run`: read, compared, shown", DRY_RUN, data, dry_run(path))
        stored(data, path)


def prepare(data: Path) -> Path:
    """Make an empty register, and the file; return where that is."""
    from django.core.management import call_command

    from articles.lists.layouts import named
    from articles.models import Site
    from articles.registers import load_register_data, refresh_version
    from tests.benchmarks.lists_bench import large
    from tests.keeper.conftest import register_of

    call_command("migrate", verbosity=0)
    Site.objects.create(name_en="Tern Herald", name_ru="Вестник крачки", time_zone="UTC", jurisdictions=[])
    load_register_data({"registers": [register_of(named(KEY))], "organizations": []})
    refresh_version(AT)
    path = data / "export.xlsx"
    path.write_bytes(large())
    return path


def dry_run(path: Path) -> Callable[[], Any]:
    from django.core.management import call_command

    return lambda: call_command("import_register", str(path), "--register", KEY, "--dry-run")


def stored(data: Path, path: Path) -> None:
    """Take the file, accept what is proposed, plan, store; then take the same again."""
    from articles.interchange import keeper
    from articles.models import ListFile, Register
    from tests.builders import make_user

    by, register = make_user("Legal"), Register.objects.get(key=KEY)

    def take() -> ListFile:
        return keeper.take(path.read_bytes(), path.name, register, by=by, at=AT)

    def store() -> None:
        file = ListFile.objects.get(state="waiting")
        keeper.accept_all(file, by=by, at=AT)
        keeper.store_file(file, keeper.plan_of_file(file, at=AT).seen, by=by, at=AT)

    whole = measure("taken: read, compared, its lines kept", DRY_RUN, data, take)
    file = ListFile.objects.get()
    whole += measure("one page of names: 20 lines with their forms", 2, data, lambda: page(file))
    whole += measure("accepted, planned, shown, planned again and stored", STORED, data, store)
    print(f"| from the upload to the stored file | {DRY_RUN + STORED} s | {whole:.1f} s | |", flush=True)
    measure("the same file again, compared: nothing new", DRY_RUN, data, take)


def page(file: Any) -> None:
    from articles.interchange import keeper

    keeper.show_forms(list(keeper.names_to_confirm(file)[:20]))


def measure(name: str, limit: int, data: Path, act: Callable[[], Any]) -> float:
    """Do the act, print its row, return how many seconds it took."""
    with another_writer(data / "db.sqlite3") as waited:
        began, cpu = time.monotonic(), time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            act()
        took, worked = time.monotonic() - began, time.process_time() - cpu
    print(f"| {name} | {limit} s | {took:.1f} s ({worked:.1f} s of processor time) | {waited():.2f} s |", flush=True)
    if worked > limit:
        raise SystemExit(f"{name}: {worked:.1f} s")
    return took


if __name__ == "__main__":
    main()
