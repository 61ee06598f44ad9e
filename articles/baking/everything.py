"""The baking of all that waits, by one process or several: each claims dirty rows, so that they share the work whoever
began it, and what a killed one has done is not done again."""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings

from ..models import JobRun, Page
from ..pagemap import touch_everything
from ..publishing import is_stopping
from .bake import bake_dirty
from .runs import Renew, claim_run, execute, plan
from .watch import Watch

BAKE_ALL = "bake_all"
STEP = 1.0  # seconds of baking between two looks at how much is left
PAUSE = 0.2  # seconds to wait for pages that another process holds
TOLD = re.compile(r"(\d+) (\w+)")
Progress = Callable[[int, int], None]  # how many pages are done, of how many
Helpers = list["subprocess.Popen[str]"]


def bake_everything(at: datetime, *, processes: int = 1, progress: Progress | None = None) -> JobRun:
    """Store every page anew, as a run of its own, or go on with one that was begun and not ended; return the run."""
    unfinished = JobRun.objects.filter(job=BAKE_ALL, state="running").order_by("pk").last()
    run = unfinished or plan(BAKE_ALL, "", at)
    # Its lease may not have run out yet; two processes at one run claim different pages.
    JobRun.objects.filter(pk=run.pk).update(claimed_until=None, attempts=0, not_before=None)
    claimed = claim_run(at, [BAKE_ALL], run.pk) or run
    return execute(claimed, partial(bake_all, processes=processes, progress=progress), at)


def bake_all(
    run: JobRun, at: datetime, renew: Renew, *, processes: int = 1, progress: Progress | None = None
) -> dict[str, Any]:
    """Store every page anew. Unchanged files are not written."""
    watch = Watch(at)
    if not run.detail.get("total"):  # all were marked dirty before the first number was written down
        touch_everything(at)
    total = run.detail.get("total") or waiting(watch.now)

    def tell(left: int) -> None:
        renew(total - min(left, total), watch.now, total)
        if progress:
            progress(total - min(left, total), total)

    tell(waiting(watch.now))
    with helpers(processes - 1) as others:
        outcomes = drain(watch, tell)
        outcomes += told_by(others)
    return {"pages": dict(outcomes)}


def bake_waiting(at: datetime, *, processes: int = 1, progress: Progress | None = None) -> Counter[str]:
    """Store every page that is dirty; return how many had which outcome."""
    watch = Watch(at)
    total = waiting(at) if progress or processes > 1 else 0

    def tell(left: int) -> None:
        if progress:
            progress(max(0, total - left), total)

    with helpers(processes - 1 if total else 0) as others:
        return drain(watch, tell) + told_by(others)


def drain(watch: Watch, tell: Callable[[int], None]) -> Counter[str]:
    """Bake until nothing waits that did not fail, telling how many are left; wait for what other processes hold."""
    outcomes: Counter[str] = Counter()
    while not is_stopping():
        baked = bake_dirty(watch.now, seconds=STEP)
        outcomes += baked
        left = waiting(watch.now)
        tell(left)
        if not left:
            break
        if not baked:
            time.sleep(PAUSE)
    return outcomes


def waiting(at: datetime) -> int:
    """Return how many pages wait to be stored; one that has failed waits for its next attempt, and for nobody."""
    return Page.objects.dirty(at).filter(attempts=0).count()


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
