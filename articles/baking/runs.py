"""Runs of jobs: planned as rows, claimed under a lease, recorded with what they made, from what, in how long.

A job goes in small steps. A turn does some of them and writes down after each how far the run has come; the next turn,
in this process or another, goes on from there. A run whose worker was killed is taken over when its lease has passed;
one that failed is tried again later.
"""

import logging
import math
import traceback
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet

from ..models import Heartbeat, JobRun
from ..models.work import AHEAD, LEASE, lapsed
from .watch import Watch

TURN = 10.0  # seconds of a run before others go on
PLANNER = "close_periods"
logger = logging.getLogger(__name__)

Detail = dict[str, Any]
Progress = Callable[[int, int], None]  # how much is done, of how much


class Step(NamedTuple):
    """What a job has done for good: how much, of how much (0: not known), and what its next step has to know."""

    done: int
    total: int
    kept: Detail


Steps = Generator[Step, None, Detail]  # at its end it returns what the run reports
Job = Callable[[JobRun, Watch], Steps]


class Ended(Exception):
    """A job came to its end, and not well. `detail`: what its run reports; `again`: whether it is tried once more, from
    the beginning."""

    def __init__(self, message: str, detail: Detail, *, again: bool = True) -> None:
        super().__init__(message)
        self.detail, self.again = detail, again


class Overtaken(Exception):
    """Another process has taken the run over."""


def plan(job: str, key: str, at: datetime) -> JobRun:
    """Write down that a job is to be run; `work` runs it."""
    return JobRun.objects.create(job=job, key=key, started_at=at)


def plan_once(job: str, key: str, at: datetime) -> JobRun | None:
    """Write it down unless it has ever been, in the caller's transaction; None then.

    What a clock that was ahead has begun at a moment still to come does not count: it is done again in its time.
    """
    # The lock of one row: two beats at once plan a job once.
    Heartbeat.objects.get_or_create(job=PLANNER, defaults={"beat_at": at})
    Heartbeat.objects.select_for_update().get(job=PLANNER)
    return None if begun(at).filter(job=job, key=key).exists() else plan(job, key, at)


def begun(at: datetime) -> QuerySet[JobRun]:
    """Return the runs that began by `at`, and not at a moment to come, by a clock that was ahead."""
    return JobRun.objects.filter(started_at__lte=at + AHEAD)


def claim_run(at: datetime, names: list[str]) -> JobRun | None:
    """Claim the run whose turn it is: one that had none yet, else the one that has waited longest; None without any."""
    with transaction.atomic():
        give_up(at, names)
        runs = JobRun.objects.due(at).lock().filter(job__in=names)
        run = runs.order_by(F("not_before").asc(nulls_first=True), "pk").first()
        if run is not None:
            goes_on = run.state == "running" and run.attempts > 0
            if not goes_on:
                run.started_at, run.finished_at = at, None
            if run.claimed_until or not goes_on:  # a turn that has come to its end is no attempt of its own
                run.attempts += 1
            run.state, run.claimed_until = "running", at + LEASE
            run.save()
        return run


def give_up(at: datetime, names: list[str]) -> None:
    """Let the runs fail whose workers were killed too often."""
    killed = JobRun.objects.filter(lapsed(at), job__in=names, state="running", attempts__gte=JobRun.MOST_ATTEMPTS)
    error = f"It was begun {JobRun.MOST_ATTEMPTS} times; the last time its worker was killed."
    killed.update(state="failed", claimed_until=None, not_before=None, finished_at=at, last_error=error)


def hold(run: JobRun, at: datetime) -> None:
    """Claim this run, whoever is at it: who was ends its turn."""
    JobRun.objects.filter(pk=run.pk).renew(at, state="running", attempts=1, not_before=None)
    run.refresh_from_db()


def execute(
    run: JobRun, job: Job, at: datetime, *, seconds: float = math.inf, progress: Progress | None = None
) -> JobRun:
    """Give a claimed run a turn of so many seconds, at least one step; record how far it came or how it went.

    An error is recorded, not raised.
    """
    watch, earlier = Watch(at), run.detail.get("seconds", 0.0)
    told: tuple[int, int] | None = None

    def timed(detail: Detail) -> Detail:
        return {**detail, "seconds": round(earlier + watch.seconds, 2)}

    def note(step: Step) -> None:
        nonlocal told
        done = max(step.done, run.detail.get("done", 0))
        write(run, claimed_until=watch.now + LEASE, detail=timed({**step._asdict(), "done": done}))
        if progress and step.total and told != (done, step.total):
            told = (done, step.total)
            progress(*told)

    try:
        detail = do_steps(job(run, watch), note, lambda: watch.has(seconds))
        if detail is None:  # who has had a turn stands behind the others
            write(run, claimed_until=None, not_before=watch.now)
        else:
            end(run, watch.now, state="done", last_error="", not_before=None, detail=timed(detail))
    except Overtaken:
        logger.warning("Another process has taken over the job %s", run)
        run.refresh_from_db()
    except Ended as ended:
        logger.error("The job %s has ended: %s", run, ended)
        fail(run, str(ended), timed(ended.detail), watch.now, again=ended.again)
    except Exception as error:
        logger.exception("The job %s fails", run)
        trace = "".join(traceback.format_exception(error))[-4000:]
        fail(run, trace, timed(run.detail), watch.now, again=True)  # after the last step that was done it goes on
    return run


def do_steps(steps: Steps, note: Callable[[Step], None], has_time: Callable[[], bool]) -> Detail | None:
    """Do at least one step, and more while there is time; return what the job reports, None if more is to be done."""
    with closing(steps):
        while True:
            try:
                note(next(steps))
            except StopIteration as end:
                report: Detail = end.value
                return report
            if not has_time():
                return None


def fail(run: JobRun, error: str, detail: Detail, at: datetime, *, again: bool) -> None:
    """Write down that a run has failed, and from when it is tried again; not if another one has it."""
    not_before = at + run.BACK_OFF.after(run.attempts) if again else None
    try:
        end(run, at, state="failed", last_error=error, not_before=not_before, detail=detail)
    except Overtaken:
        run.refresh_from_db()


def end(run: JobRun, at: datetime, **values: Any) -> None:
    """Write down how a run has ended."""
    write(run, finished_at=at, claimed_until=None, **values)


def write(run: JobRun, **values: Any) -> None:
    """Change the row of a run that this process holds; raise Overtaken when another one does."""
    if not JobRun.objects.filter(pk=run.pk, claimed_until=run.claimed_until).update(**values):
        raise Overtaken
    for name, value in values.items():
        setattr(run, name, value)
