"""What is of no use any more is cleared each night: ended logins, slots, links, mails and runs of long ago."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Max, Q, QuerySet

from ..models import JobRun, Outbox, Presence, PreviewToken, Slot, Trouble
from ..publishing.slots import FORGOTTEN
from ..registers import drop_compiled
from .pictures import clear_files, clear_photos, unnamed
from .runs import Step, Steps
from .watch import Watch

SOME = 500  # rows in one step
OLD_LINKS = timedelta(days=90)
OLD_MAILS = timedelta(days=90)
OLD_RUNS = timedelta(days=400)
GONE = timedelta(days=1)

Rows = Callable[[datetime], QuerySet[Any]]


def sessions(at: datetime) -> QuerySet[Any]:
    """Return the logins that have expired."""
    return Session.objects.filter(expire_date__lte=at)


def slots(at: datetime) -> QuerySet[Any]:
    """Return what was typed and ended so long ago that no browser comes back with it. Open ones are somebody's text."""
    return Slot.objects.filter(ended_at__lte=at - FORGOTTEN)


def presences(at: datetime) -> QuerySet[Any]:
    """Return who had a form open yesterday."""
    return Presence.objects.filter(at__lte=at - GONE)


def links(at: datetime) -> QuerySet[Any]:
    """Return the preview links that have expired long ago."""
    return PreviewToken.objects.filter(expires_at__lte=at - OLD_LINKS)


def mails(at: datetime) -> QuerySet[Any]:
    """Return the mails of long ago, sent or given up."""
    return Outbox.objects.filter(made_at__lte=at - OLD_MAILS)


def runs(at: datetime) -> QuerySet[Any]:
    """Return the runs of long ago, but the last of each job: the calendar asks for it."""
    last = JobRun.objects.values("job").annotate(last=Max("pk")).values("last")
    newest_day = JobRun.objects.values("job").annotate(key=Max("key")).values_list("job", "key")
    by_key = Q(pk__in=[])
    for job, key in newest_day:
        by_key |= Q(job=job, key=key)
    return JobRun.objects.filter(finished_at__lte=at - OLD_RUNS).exclude(pk__in=last).exclude(by_key)


def troubles(at: datetime) -> QuerySet[Any]:
    """Return the troubles that were over long ago."""
    return Trouble.objects.filter(ended_at__lte=at - OLD_RUNS)


def renditions(at: datetime) -> QuerySet[Any]:
    """Return the rows of renditions of photos that nobody has any more; their files follow."""
    return unnamed(at)


ROWS: dict[str, Rows] = {
    rows.__name__: rows for rows in (sessions, slots, presences, links, mails, runs, troubles, renditions)
}


def clear_out(run: JobRun, watch: Watch) -> Steps:
    """Clear all kinds, SOME rows a step; return how many of each went. Compiled registers that nothing goes by lose
    their bytes."""
    gone: dict[str, int] = run.kept.get("gone", {})
    for name, rows in ROWS.items():
        for number in _clear(rows, watch.now):
            gone = gone | {name: gone.get(name, 0) + number}
            yield Step(0, 0, {"gone": gone})
    for name, clear in (("rendition_files", clear_files), ("photo_files", clear_photos)):
        for number in clear(watch.now):
            if number:
                gone = gone | {name: gone.get(name, 0) + number}
            yield Step(0, 0, {"gone": gone})
    drop_compiled()
    return {"cleared": sum(gone.values()), "kinds": gone}


def _clear(rows: Rows, at: datetime) -> Iterator[int]:
    """Delete rows of one kind by their keys, and say how many, until none is left."""
    while some := list(rows(at).order_by("pk").values_list("pk", flat=True)[:SOME]):
        rows(at).filter(pk__in=some).delete()
        yield len(some)
