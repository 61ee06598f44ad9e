"""Can the database be read and written, and is it of this program?"""

import time
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from ...models import Heartbeat
from ...models.busy import is_busy, waiting_at_most
from ...outage import outage_of
from ..kinds import Finding, found

PATIENCE = 2000  # milliseconds that a trial waits for others who write
FRESH = 2.0  # seconds for which a trial holds in its process: who asks without end writes no more often
JOB = "write"  # the row that is written to
_tried: list[float] = []  # when the last trial went well, by the monotonic clock


def writable(at: datetime) -> Iterator[Finding]:
    """Write a row, for good: a full disk, a read-only file and a standby let a transaction begin, and do not end it."""
    if _tried and time.monotonic() - _tried[0] < FRESH:
        return
    try:
        _write(at)
    except (DatabaseError, InterfaceError) as error:
        if isinstance(error, OperationalError) and is_busy(error):
            return  # it works for somebody else
        yield found(f"database_{outage_of(error) or 'away'}")
        return
    _tried[:] = [time.monotonic()]


def forget() -> None:
    """Have the next look try again, for tests."""
    _tried.clear()


def _write(at: datetime) -> None:
    nested = connection.in_atomic_block
    with transaction.atomic() if nested else waiting_at_most(PATIENCE):
        changed = Heartbeat.objects.filter(job=JOB).update(beat_at=at)
        if not changed:
            Heartbeat.objects.get_or_create(job=JOB, defaults={"beat_at": at})


def migrations(at: datetime) -> Iterator[Finding]:
    """Compare what the program brings with what the database has seen."""
    applied = MigrationRecorder(connection).applied_migrations()
    missing = [one for one in _ours() if one not in applied]
    if missing:
        yield found("migrations", number=len(missing))


@lru_cache(maxsize=1)
def _ours() -> frozenset[tuple[str, str]]:
    """Return the migrations of the program's own code, which does not change while it runs."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.disk_migrations or ())
