"""Is it the time that it seems to be?"""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from ...models import Heartbeat
from ...models.work import AHEAD
from ..kinds import Finding, found


def ahead(at: datetime) -> Iterator[Finding]:
    """Look for a pulse that lies in the future."""
    number = Heartbeat.objects.filter(beat_at__gt=at + AHEAD).count()
    if number:
        yield found("ahead", number=number)


def clocks(at: datetime) -> Iterator[Finding]:
    """Hold the clock of the database's server against ours."""
    theirs = server_clock()
    apart = abs((theirs - at).total_seconds()) if theirs else 0.0
    if apart > AHEAD.total_seconds():
        yield found("clock", seconds=round(apart))


def server_clock() -> datetime | None:
    """Return what time it is for the database's server; None for SQLite, which has no clock of its own."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
