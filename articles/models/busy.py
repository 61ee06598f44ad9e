"""A database on which others write for longer than one waits: what it says then, and how to wait less."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

SQLITE = ("SQLITE_BUSY", "SQLITE_LOCKED")
# PostgreSQL's: a lock that was not to be had, a deadlock, a transaction that another has overtaken.
POSTGRES = frozenset({"55P03", "40P01", "40001"})


def is_busy(error: BaseException | None) -> bool:
    """Say whether the database has refused because others were writing: the transaction is undone, and may be done
    again as it was. A full disk or a server that is away is something else."""
    cause = error.__cause__ if isinstance(error, OperationalError) else None
    return str(getattr(cause, "sqlite_errorname", "")).startswith(SQLITE) or getattr(cause, "sqlstate", "") in POSTGRES


@contextmanager
def waiting_at_most(milliseconds: int) -> Iterator[None]:
    """Begin a transaction that waits so long for others who write; raise OperationalError after that."""
    if connection.vendor != "sqlite":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{milliseconds}ms"])
            yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds:d}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before:d}")
