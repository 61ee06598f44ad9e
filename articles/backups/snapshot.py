"""The database at one moment, as a file: everything that was committed before, nothing of what comes after.

SQLite copies itself, through its own backup call, which knows of the log beside the file: to copy the file misses what
stands in the log. PostgreSQL dumps what an exported snapshot shows, and the same snapshot is counted.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from . import programs
from .counting import count_rows, last_head
from .errors import BackupError

WAIT = 60  # seconds for a writer to let go of SQLite's file
NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


@dataclass(frozen=True)
class Snapshot:
    """`rows`: table → number; `head`: of the publication record, `number` and `hash`."""

    file: Path
    vendor: str
    rows: dict[str, int]
    head: dict[str, Any]


def take_snapshot(folder: Path) -> Snapshot:
    """Write the database as it is now into a file in `folder`. Raises BackupError."""
    file = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        return snapshot_sqlite(sqlite_name(), file)
    return snapshot_postgresql(file)


def sqlite_name() -> str:
    """Return the file of the newsroom's SQLite database, or its address for tests, as sqlite3 opens it."""
    name = str(connection.settings_dict["NAME"])
    return name if name.startswith("file:") else Path(name).resolve().as_uri()


def snapshot_sqlite(name: str, file: Path) -> Snapshot:
    """Copy the database at the address `name` in one step, so that no writer can make it begin again."""
    with closing(sqlite3.connect(name, uri=True, timeout=WAIT)) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        problem = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if problem != "ok":
            raise BackupError(_("The copy of the database is damaged: %(error)s") % {"error": problem})
        cursor = copy.cursor()
        rows = count_rows(cursor, "sqlite")
        return Snapshot(file, "sqlite", rows, last_head(cursor, rows))


def snapshot_postgresql(file: Path) -> Snapshot:
    """Dump what an exported snapshot shows, in PostgreSQL's own format."""
    with exported() as (cursor, snapshot):
        rows = count_rows(cursor, "postgresql")
        head = last_head(cursor, rows)
        arguments = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges"]
        programs.run("pg_dump", [*arguments, f"--snapshot={snapshot}", f"--file={file}"])
    return Snapshot(file, "postgresql", rows, head)


@contextmanager
def exported() -> Iterator[tuple[Any, str]]:
    """Yield a cursor of a connection of its own that sees one moment, and the name under which others see the same."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor, cursor.fetchone()[0]
            cursor.execute("ROLLBACK")
    finally:
        own.close()
