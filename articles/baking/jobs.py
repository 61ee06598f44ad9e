"""The jobs that leave a run behind: the closing of periods, the baking of everything, the check of the store."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from ..models import JobRun
from ..publishing.relabel import follow_dates
from .everything import BAKE_ALL, bake_all
from .periods import close_day, close_month, close_year, plan_ended
from .pulse import beat
from .runs import PLANNER, Job, Renew, claim_run, execute, plan
from .verify import verify
from .watch import Watch

LISTED = 50


class NotRepeatable(ValueError):
    """This kind of run cannot be done again from the admin; the message says which."""


class StoreDiffers(Exception):
    """The check found differences; `detail` names them."""

    def __init__(self, detail: dict[str, Any]) -> None:
        super().__init__(f"{detail['differences']} stored pages are not what they should be.")
        self.detail = detail


def verify_pages(run: JobRun, at: datetime, renew: Renew) -> dict[str, Any]:
    """Check the page store; differences fail the run and are listed in it."""
    watch = Watch(at)
    found = [str(one) for one in verify(at, lambda done, total: renew(done, watch.now, total))]
    detail = {"differences": len(found), "found": found[:LISTED]}
    if found:
        raise StoreDiffers(detail)
    return detail


def begin_day(run: JobRun, at: datetime, renew: Renew) -> dict[str, Any]:
    """Start the relabel of what designations begin or end on the day `run.key`, or since the day followed last."""
    today = date.fromisoformat(run.key)
    earlier = JobRun.objects.filter(job=run.job, state="done", key__lt=run.key)
    last = earlier.aggregate(last=Max("key"))["last"]
    since = date.fromisoformat(last) if last else today - timedelta(days=1)
    batch = follow_dates(since, today, at)
    return {"organizations": batch.organizations, "articles": batch.total} if batch else {"articles": 0}


JOBS: dict[str, Job] = {
    "follow_dates": begin_day,
    "close_day": close_day,
    "close_month": close_month,
    "close_year": close_year,
    BAKE_ALL: bake_all,
    "verify_pages": verify_pages,
}


def rerun(run: JobRun, at: datetime) -> JobRun:
    """Plan the job of `run` once more, for the same key; the worker runs it. Raises NotRepeatable."""
    if run.job not in JOBS:
        raise NotRepeatable(_("“%(job)s” cannot be run again from here.") % {"job": run.job})
    return plan(run.job, run.key, at)


def close_periods(at: datetime) -> list[JobRun]:
    """Plan what has ended, then do all planned runs; return those that were done or have failed."""
    plan_ended(at)
    done = work(at)
    beat(PLANNER, at, {"done": len(done)})
    return done


def work(at: datetime) -> list[JobRun]:
    """Do every run that is planned, was left by a killed worker, or is to be tried again."""
    watch = Watch(at)
    done = []
    while run := work_next(watch.now):
        done.append(run)
    return done


def work_next(at: datetime) -> JobRun | None:
    """Do the oldest run that is to be done, if there is one."""
    run = claim_run(at, list(JOBS))
    return execute(run, JOBS[run.job], at) if run else None


def run_now(job: str, key: str, at: datetime) -> JobRun:
    """Plan a job and do it at once, for a command; return its run. Raises KeyError for an unknown job."""
    planned = plan(job, key, at)
    run = claim_run(at, [job], planned.pk) or planned
    return execute(run, JOBS[job], at)
