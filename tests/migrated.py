"""The migrated database of the tests, kept in pytest's cache for each state of the code: to migrate takes 4 s of CPU.

What is kept is what `migrate` left in an empty SQLite database in memory; `migrate` then runs upon it once more and
finds nothing to do. A changed file, pin or Python migrates from nothing.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@cache
def state() -> str:
    """Return a digest of all that a migrated database can depend on: the code, the pins, Python and SQLite."""
    hashed = sha256(f"{sys.version} {sqlite3.sqlite_version}".encode())
    for path in [
        ROOT / "requirements.txt",
        *sorted(ROOT.glob("articles/**/*.py")),
        *sorted(ROOT.glob("newsroom/*.py")),
    ]:
        hashed.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return hashed.hexdigest()[:16]


def kept_file(config: pytest.Config) -> Path | None:
    """Return where the database of this state is kept, whether it is there or not; None without pytest's cache."""
    cached = getattr(config, "cache", None)
    return cached.mkdir("migrated") / f"{state()}.sqlite3" if cached else None


def lend(config: pytest.Config, file: Path) -> bool:
    """Put a copy of the kept database to a path, for a newsroom in other processes; say whether there was one."""
    return lend_from(kept_file(config), file)


def lend_usual(file: Path) -> bool:
    """The same where no configuration is at hand: from where pytest keeps its cache unless it is told otherwise."""
    return lend_from(ROOT / ".pytest_cache" / "d" / "migrated" / f"{state()}.sqlite3", file)


def lend_from(kept: Path | None, file: Path) -> bool:
    if kept is None or not kept.exists():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, file)
    return True


@contextmanager
def remembered(config: pytest.Config) -> Iterator[None]:
    """While this lasts, let `migrate` begin with what it left last time in a test database in memory."""
    from django.core.management.commands.migrate import Command
    from django.db import connections

    kept, handle = kept_file(config), Command.handle

    def begin_with_kept(self: Any, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if kept is None or connection.vendor != "sqlite":
            return handle(self, *args, **options)
        connection.ensure_connection()
        is_empty = not connection.introspection.table_names()
        if is_empty and kept.exists():
            with closing(sqlite3.connect(kept)) as source:
                source.backup(connection.connection)
        handle(self, *args, **options)
        if is_empty and not kept.exists():
            keep(connection.connection, kept)

    Command.handle = begin_with_kept  # type: ignore[method-assign]
    try:
        yield
    finally:
        Command.handle = handle  # type: ignore[method-assign]


def keep(database: sqlite3.Connection, file: Path) -> None:
    """Write the database to a file in one step, as other processes may do at the same time; older ones go."""
    aside = file.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(aside)) as target:
        database.backup(target)
    os.replace(aside, file)
    for other in file.parent.glob("*.sqlite3"):
        if other != file:
            other.unlink(missing_ok=True)
