"""The tick: each second it announces what has become due, bakes what is dirty, and beats the pulse."""

import logging
from datetime import datetime, timedelta
from typing import Any

from ..models import Heartbeat, Page, Release
from ..pagemap import frame_digest, touch_everything
from ..publishing import announce_due
from .bake import bake_dirty
from .compress import compress_pages
from .watch import Watch

LONGEST = 2.0  # seconds for baking: the next tick goes on
PERIOD = 1.0  # seconds from one tick to the next; what baking leaves of them is idle
IDLE = 0.5  # seconds of them at most for compressing
OVERDUE = timedelta(seconds=30)
logger = logging.getLogger(__name__)


def tick(at: datetime) -> dict[str, Any]:
    """Do what is due at `at`, and beat; return what the pulse says: announced, overdue, dirty, outcomes of baking,
    pages compressed in what time was left.

    When what every page shows has changed, such as a rubric's name, all pages become dirty. Two ticks at once, a
    second beat, a lost message, a jump of the clock: harmless, each does what the rows ask for.
    """
    watch = Watch(at)
    detail: dict[str, Any] = {"announced": announce_due(at), "frame": frame_digest()}
    if detail["frame"] != last_frame():
        touch_everything(at)
    detail["pages"] = dict(bake_dirty(watch.now, seconds=LONGEST))
    detail["compressed"] = compress_pages(watch.now, seconds=min(IDLE, PERIOD - watch.seconds))
    now = watch.now
    detail["overdue"] = overdue(now)
    detail["dirty"] = Page.objects.dirty(now).count()
    detail["seconds"] = round(watch.seconds, 3)
    beat("tick", now, detail)
    if detail["overdue"]:
        logger.warning("%(overdue)d releases are overdue: they are visible, but not announced.", detail)
    return detail


def last_frame() -> str:
    """Return the digest of what stood on all pages at the last beat; empty before the first one."""
    beat = Heartbeat.objects.filter(job="tick").first()
    return beat.detail.get("frame", "") if beat else ""


def overdue(at: datetime) -> int:
    """Return how many releases began a while ago and are still not announced, whatever holds them up."""
    return Release.objects.live(at).filter(announced_at=None, live_at__lte=at - OVERDUE).count()


def beat(job: str, at: datetime, detail: dict[str, Any]) -> None:
    """Move the pulse of a repeated job."""
    Heartbeat.objects.update_or_create(job=job, defaults={"beat_at": at, "detail": detail})
