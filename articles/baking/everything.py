"""The baking of all that waits, by one process or several: each claims dirty rows, so that they share the work whoever
began it, and what a killed one has done is not done again."""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.conf import settings

from ..models import JobRun, Page
from ..publishing import is_stopping
from .bake import bake_dirty
from .runs import Progress, Step, Steps, execute, hold, plan
from .slices import mark_all
from .watch import Watch

BAKE_ALL = "bake_all"
STEP = 1.0  # seconds of baking between two looks at how much is left
PAUSE = 0.2  # seconds to wait for pages that another process holds
TOLD = re.compile(r"(\d+) (\w+)")
Helpers = list["subprocess.Popen[str]"]


def bake_everything(at: datetime, *, processes: int = 1, progress: Progress | None = None) -> JobRun:
    """Store every page anew, as a run of its own, or go on with one that was begun and not ended; return the run."""
    unfinished = JobRun.objects.filter(job=BAKE_ALL, state="running").order_by("pk").last()
    run = unfinished or plan(BAKE_ALL, "", at)
    hold(run, at)  # its lease may not have run out yet; two processes at one run claim different pages
    return execute(run, partial(bake_all, processes=processes), at, progress=progress)


def bake_all(run: JobRun, watch: Watch, *, processes: int = 1) -> Steps:
    """Store every page anew: mark all of them, then bake what waits. Unchanged files are not written."""
    kept = run.kept
    total = kept.get("marked", 0)
    if "pages" not in kept:
        for number, place in mark_all(watch.now, run.started_at, kept.get("place")):
            total += number
            yield Step(0, 0, {"marked": total, "place": place})
        yield Step(max(0, total - waiting(watch.now)), total, {"marked": total, "pages": {}})
    outcomes = Counter[str](kept.get("pages", {}))
    with helpers(processes - 1) as others:
        for baked, left in drain(watch) if waiting(watch.now) else ():
            outcomes += baked
            yield Step(max(0, total - left), total, {"marked": total, "pages": dict(outcomes)})
        outcomes += told_by(others)
    return {"pages": dict(outcomes)}


def bake_waiting(at: datetime, *, processes: int = 1, progress: Progress | None = None) -> Counter[str]:
    """Store every page that is dirty; return how many had which outcome."""
    watch, outcomes = Watch(at), Counter[str]()
    total = waiting(at) if progress or processes > 1 else 0
    with helpers(processes - 1 if total else 0) as others:
        for baked, left in drain(watch):
            outcomes += baked
            if progress:
                progress(max(0, total - left), total)
            if is_stopping():
                break
        return outcomes + told_by(others)


def drain(watch: Watch) -> Iterator[tuple[Counter[str], int]]:
    """Bake until nothing waits that did not fail; yield now and then how many had which outcome, and how many are left.

    It waits for what other processes hold.
    """
    left = 1
    while left:
        baked = bake_dirty(watch.now, seconds=STEP)
        left = waiting(watch.now)
        yield baked, left
        if left and not baked:
            time.sleep(PAUSE)


def waiting(at: datetime) -> int:
    """Return how many pages wait to be stored; one that has failed waits for its next attempt, and for nobody."""
    return Page.objects.dirty(at).filter(attempts=0).count()


def plan_everything(at: datetime) -> JobRun:
    """Plan that every page is stored anew; the worker does it."""
    return plan(BAKE_ALL, "", at)


@contextmanager
def helpers(number: int) -> Iterator[Helpers]:
    """Start processes that bake what is dirty until nothing is; end them if the caller fails."""
    command = [sys.executable, os.fspath(settings.BASE_DIR / "manage.py"), "bake", "--verbosity", "0"]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(number)]  # noqa: S603
    try:
        yield started
    finally:
        for one in started:
            if one.poll() is None:
                one.terminate()
            one.wait()


def told_by(processes: Helpers) -> Counter[str]:
    """Wait for helpers to end; return what they say that they have stored."""
    outcomes: Counter[str] = Counter()
    for one in processes:
        said, _errors = one.communicate()
        outcomes.update({outcome: int(number) for number, outcome in TOLD.findall(said)})
    return outcomes
