"""Is everything alive? What the admin and the health check show: the tick's age, what is overdue, what fails."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from ..models import Batch, Heartbeat, JobRun, Outbox, Page, Release
from ..models.release import ReleaseQuerySet
from ..models.work import AHEAD

OVERDUE = timedelta(seconds=30)
SILENT = timedelta(seconds=30)  # a worker that has not beaten for so long counts as dead
GIVEN_UP = timedelta(days=2)  # how long a mail that is tried no more counts as failing
LATE = timedelta(seconds=60)  # a page that has waited for so long counts as late


@dataclass(frozen=True)
class Pulse:
    """`silent`: no tick for 30 seconds, or never one. `ahead`: jobs whose pulse lies in the future: a clock was
    ahead, or is, and nobody knows whether they live. `dirty` pages wait, `late` ones for more than a minute;
    `failing_pages` and `failing_mails` have failed at least once and are tried again, or were given up in the last two
    days; `failed_runs`: of the last two days, not repaired by a later run; `failing_relabels` go on
    after a turn that has failed."""

    beat_at: datetime | None
    silent: bool
    ahead: int
    overdue: int
    dirty: int
    late: int
    failing_pages: int
    failing_mails: int
    failed_runs: int
    failing_relabels: int

    @property
    def is_well(self) -> bool:
        """True while nobody has to look."""
        return not (
            self.silent
            or self.ahead
            or self.overdue
            or self.late
            or self.failing_pages
            or self.failing_mails
            or self.failed_runs
            or self.failing_relabels
        )


def pulse(at: datetime) -> Pulse:
    """Return how the jobs are at `at`."""
    beat = Heartbeat.objects.filter(job="tick").first()
    dirty = Page.objects.dirty(at)
    return Pulse(
        beat_at=beat.beat_at if beat else None,
        silent=beat is None or beat.beat_at < at - SILENT,
        ahead=Heartbeat.objects.filter(beat_at__gt=at + AHEAD).count(),
        overdue=overdue(at),
        dirty=dirty.count(),
        late=dirty.filter(Q(dirty_since__lte=at - LATE) | Q(dirty_since__gt=at + LATE)).count(),
        failing_pages=Page.objects.exclude(last_error="").count(),
        failing_mails=failing_mails(at),
        failed_runs=_failed_runs(at),
        failing_relabels=Batch.objects.filter(finished_at=None, stopped_at=None).exclude(last_error="").count(),
    )


def failing_mails(at: datetime) -> int:
    """Count the mails that fail. One that was given up has its last term behind it, and is no trouble for ever."""
    failing = Outbox.objects.filter(sent_at=None).exclude(last_error="")
    return failing.exclude(not_before__lte=at - GIVEN_UP).count()


def overdue(at: datetime) -> int:
    """Return how many releases are overdue."""
    return overdue_releases(at).count()


def overdue_releases(at: datetime) -> ReleaseQuerySet:
    """Return the releases that began a while ago and are still not announced, whatever holds them up."""
    return Release.objects.live(at).filter(announced_at=None, live_at__lte=at - OVERDUE)


def beat(job: str, at: datetime, detail: dict[str, Any]) -> None:
    """Move the pulse of a repeated job."""
    Heartbeat.objects.update_or_create(job=job, defaults={"beat_at": at, "detail": detail})


def _failed_runs(at: datetime) -> int:
    recent = JobRun.objects.filter(started_at__gte=at - timedelta(days=2)).order_by("pk")
    last = {(run.job, run.key): run.state for run in recent.only("job", "key", "state")}
    return sum(state == "failed" for state in last.values())
