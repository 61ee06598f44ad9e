"""The jobs that leave a run behind: the closing of periods, the baking of everything, the check of the store."""

import math
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from .. import search
from ..accounts.forget import forget_old
from ..interchange import drop_forgotten
from ..models import JobRun
from ..publishing import bin_old_drafts, empty_bin, record
from ..publishing.photo_rights import tell_of_rights
from ..publishing.relabel import follow_dates
from .clearing import clear_out
from .everything import BAKE_ALL, bake_all
from .looks import follow_looks
from .periods import close_day, close_month, close_year, plan_ended
from .pulse import beat
from .runs import PLANNER, TURN, Job, Progress, Steps, claim_run, execute, hold, plan
from .verify import verify_pages
from .watch import Watch


class NotRepeatable(ValueError):
    """This kind of run cannot be done again from the admin; the message says which."""


def begin_day(run: JobRun, watch: Watch) -> Steps:
    """Start the relabel of what designations begin or end on the day `run.key`, or since the day followed last; put
    old drafts in the bin, empty it of what has lain there long enough; forget what is kept of logins for a while."""
    yield from ()  # one step, soon done
    today = date.fromisoformat(run.key)
    earlier = JobRun.objects.filter(job=run.job, state="done", key__lt=run.key)
    last = earlier.aggregate(last=Max("key"))["last"]
    since = date.fromisoformat(last) if last else today - timedelta(days=1)
    batch = follow_dates(since, today, watch.now)
    told = {"organizations": batch.organizations, "articles": batch.total} if batch else {"articles": 0}
    binned, erased = bin_old_drafts(watch.now), empty_bin(watch.now)
    forget_old(watch.now)
    return told | {name: number for name, number in (("binned", binned), ("erased", erased)) if number}


JOBS: dict[str, Job] = {
    "follow_dates": begin_day,
    "close_day": close_day,
    "close_month": close_month,
    "close_year": close_year,
    BAKE_ALL: bake_all,
    "verify_pages": verify_pages,
    "clear_out": clear_out,
}


def rerun(run: JobRun, at: datetime) -> JobRun:
    """Plan the job of `run` once more, for the same key; the worker runs it. Raises NotRepeatable."""
    if run.job not in JOBS:
        raise NotRepeatable(_("“%(job)s” cannot be run again from here.") % {"job": run.job})
    return plan(run.job, run.key, at)


def trouble(run: JobRun) -> str:
    """Return in one line why a run that was to be done is not, for a command."""
    if run.state == "running":
        return "Another process has taken it over and goes on with it."
    return run.last_error.strip().rpartition("\n")[2]


def each_minute(at: datetime) -> list[JobRun]:
    """Plan what has ended, and all pages after an upgrade; remove what erasures could not when they were committed,
    drop files offered to a register that nobody came back for; mail the desk of photos whose rights end soon; file
    what an older version has published; return what has ended and is planned."""
    planned = plan_ended(at)
    follow_looks(at)
    record.finish_erasures()
    drop_forgotten(at)
    tell_of_rights(at)
    search.file_latest()
    return planned


def close_periods(at: datetime) -> list[JobRun]:
    """Plan what has ended, then do all planned runs; return those that were done or have failed."""
    plan_ended(at)
    done = work(at)
    beat(PLANNER, at, {"done": len(done)})
    return done


def work(at: datetime) -> list[JobRun]:
    """Do every run that is planned, was left by a killed worker, or is to be tried again, each to its end."""
    watch = Watch(at)
    done = []
    while watch.has(math.inf) and (run := work_next(watch.now, seconds=math.inf)):
        done.append(run)
    return done


def work_next(at: datetime, *, seconds: float = TURN) -> JobRun | None:
    """Give the run whose turn it is so many seconds, if there is one to be done."""
    run = claim_run(at, list(JOBS))
    return execute(run, JOBS[run.job], at, seconds=seconds) if run else None


def run_now(job: str, key: str, at: datetime, *, progress: Progress | None = None, **options: Any) -> JobRun:
    """Plan a job and do it at once to its end, for a command; return its run. Raises KeyError for an unknown job.

    `options`: of the job.
    """
    work = partial(JOBS[job], **options)
    run = plan(job, key, at)
    hold(run, at)
    return execute(run, work, at, progress=progress)
