"""Does the worker live, and what has it left undone?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from ...baking import SILENT, pulse
from ...baking.runs import PLANNER
from ...models import Heartbeat, Site
from ..kinds import Finding, found

# The jobs that beat, and how long after the last beat one is late. Other rows are notes between processes, no pulse.
LATE = {"tick": timedelta(seconds=30), "close_periods": timedelta(minutes=3), "alarm": timedelta(minutes=3)}
UNPLANNED = timedelta(minutes=10)
COUNTED = ("overdue", "late", "failing_pages", "failed_runs", "failing_relabels")


def moment(at: datetime | None) -> str:
    """Return a moment in the newsroom's zone, for a sentence; a dash for never."""
    return f"{localtime(at, Site.current().zone):%Y-%m-%d %H:%M}" if at else "—"


def worker(at: datetime) -> Iterator[Finding]:
    """Ask when the worker was heard last."""
    beat = Heartbeat.objects.filter(job="tick").first()
    if beat is None or at - beat.beat_at > SILENT:
        yield found("silent", when=moment(beat.beat_at if beat else None))


def undone(at: datetime) -> Iterator[Finding]:
    """Count what waits for too long, and what has failed."""
    now = pulse(at)
    for name in COUNTED:
        if number := getattr(now, name):
            yield found(name, number=number)


def calendar(at: datetime) -> Iterator[Finding]:
    """Ask when the calendar was looked at last; a newsroom that has never done it says so by its silent worker."""
    beat = Heartbeat.objects.filter(job=PLANNER).first()
    if beat is not None and at - beat.beat_at > UNPLANNED:
        yield found("unplanned", when=moment(beat.beat_at))
