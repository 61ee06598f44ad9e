"""Waits until nothing is left to be done: nothing due, no page dirty, no relabel open, no mail waiting."""

import time
from typing import Any

from django.conf import settings
from django.utils import timezone

from articles.models import Batch, Heartbeat, Outbox, Page, Release

PATIENCE = 240.0  # seconds
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
    time.sleep(3)
    beat = Heartbeat.objects.filter(job="tick").first()
    age = (timezone.now() - beat.beat_at).total_seconds() if beat else None
    problems = [] if age is not None and age < settings.LEASE_SECONDS * 2 else [f"the tick has not beaten for {age} s"]
    return problems, {"seconds until at rest": round(settled, 1)}
