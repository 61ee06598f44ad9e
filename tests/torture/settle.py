"""Waits until nothing is left to be done: nothing due, no page dirty, no relabel open, no mail waiting."""

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from articles.models import Batch, Heartbeat, JobRun, Outbox, Page, Release

PATIENCE = 240.0  # seconds
BEATS = 3  # of the tick, after all was done
POLL = 0.5


def left() -> dict[str, int]:
    """Return how much of what is still to be done."""
    at = timezone.now()
    return {
        "releases not announced": Release.objects.live(at).filter(announced_at=None).count(),
        "releases scheduled": Release.objects.scheduled(at).count(),
        "pages dirty": Page.objects.dirty(at).count(),
        "relabels open": Batch.objects.filter(finished_at=None).count(),
        "mails waiting": Outbox.objects.filter(sent_at=None).count(),
        "job runs open": JobRun.objects.exclude(state__in=("done", "failed")).count(),
    }


def wait() -> tuple[list[str], dict[str, Any]]:
    """Return what is still left when the patience is over, and after how many seconds all was done."""
    began = time.monotonic()
    while any((rest := left()).values()):
        if time.monotonic() - began > PATIENCE:
            stuck = list(Page.objects.dirty(timezone.now()).values_list("path", "attempts", "last_error")[:5])
            return [f"not at rest after {PATIENCE:.0f} s: {rest}, such as {stuck}"], {}
        time.sleep(POLL)
    settled = time.monotonic() - began
    problems = list(still_beats())
    while any(left().values()) and time.monotonic() - began < PATIENCE:
        time.sleep(POLL)  # an alarm of the kills, or the pages after an upgrade, may have come meanwhile
    return problems, {"seconds until at rest": round(settled, 1)}


def still_beats() -> Iterator[str]:
    """Yield what is wrong unless the tick goes on beating, as soon as a worker that was killed last has started."""
    rest, began = timezone.now(), time.monotonic()
    seen: set[datetime] = set()
    while len(seen) < BEATS:
        if time.monotonic() - began > PATIENCE:
            yield f"the tick has beaten {len(seen)} times in {PATIENCE:.0f} s at rest"
            return
        seen.update(Heartbeat.objects.filter(job="tick", beat_at__gt=rest).values_list("beat_at", flat=True))
        time.sleep(POLL)
