"""Runs of jobs: planned as rows, claimed under a lease, recorded with what they made, from what, in how long.

A run that was killed is taken over when its lease has passed; one that failed is tried again later.
"""

import logging
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from ..models import Heartbeat, JobRun
from ..models.work import LEASE
from ..publishing import is_stopping
from .watch import Watch

DELAY = timedelta(minutes=5)
MOST_ATTEMPTS = 5
PLANNER = "close_periods"
logger = logging.getLogger(__name__)

Renew = Callable[..., None]  # how much is done, the time, of how much (0: not known)
Job = Callable[[JobRun, datetime, Renew], dict[str, Any]]


def plan(job: str, key: str, at: datetime) -> JobRun:
    """Write down that a job is to be run; `work` runs it."""
    return JobRun.objects.create(job=job, key=key, started_at=at)


def plan_once(job: str, key: str, at: datetime) -> JobRun | None:
    """Write it down unless it has ever been, in the caller's transaction; None then."""
    # The lock of one row: two beats at once plan a job once.
    Heartbeat.objects.get_or_create(job=PLANNER, defaults={"beat_at": at})
    Heartbeat.objects.select_for_update().get(job=PLANNER)
    return None if JobRun.objects.filter(job=job, key=key).exists() else plan(job, key, at)


def claimable(at: datetime) -> Q:
    """Runs to be done: planned, left by a killed worker, or failed and to be tried again."""
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    due = Q(not_before=None) | Q(not_before__lte=at)
    return free & due & Q(state__in=("running", "failed"), attempts__lt=MOST_ATTEMPTS)


def claim_run(at: datetime, names: list[str], only: int | None = None) -> JobRun | None:
    """Claim the oldest run to be done, or the run `only` if it is; None if there is none."""
    with transaction.atomic():
        runs = JobRun.objects.select_for_update(skip_locked=True).filter(claimable(at), job__in=names)
        run = (runs.filter(pk=only) if only else runs).order_by("pk").first()
        if run is not None:
            run.state, run.claimed_until, run.started_at = "running", at + LEASE, at
            run.attempts += 1
            run.save()
        return run


def execute(run: JobRun, job: Job, at: datetime) -> JobRun:
    """Run a claimed run and record how it went; an error is recorded, not raised."""
    watch = Watch(at)

    def renew(done: int, now: datetime, total: int = 0) -> None:
        detail = {"done": done, "total": total} if total else {"done": done}
        JobRun.objects.filter(pk=run.pk).update(claimed_until=now + LEASE, detail=detail)

    try:
        run.detail = job(run, at, renew)
        if is_stopping():  # it may have been cut short; whoever follows goes on with it, and it has not failed
            JobRun.objects.filter(pk=run.pk).update(claimed_until=None, attempts=run.attempts - 1)
            return run
        run.state, run.last_error, run.not_before = "done", "", None
    except Exception as error:
        logger.exception("The job %s fails", run)
        run.state, run.not_before = "failed", watch.now + DELAY * 2 ** (run.attempts - 1)
        run.detail = getattr(error, "detail", {})
        run.last_error = "".join(traceback.format_exception(error))[-4000:]
    run.detail = {**run.detail, "seconds": round(watch.seconds, 2)}
    run.finished_at, run.claimed_until = watch.now, None
    run.save()
    return run
