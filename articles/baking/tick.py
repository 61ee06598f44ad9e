"""The tick: each second it announces what has become due, ends what nobody has told to end, and beats the pulse."""

import logging
from datetime import datetime
from typing import Any

from ..models import Page
from ..models.work import AHEAD
from ..publishing import announce_due, end_links_of_the_closed, put_right, was_ahead_somewhere
from ..publishing.held import follow_freeze
from .bake import bake_dirty
from .compress import compress_pages
from .keep import follow_frame
from .pulse import beat, overdue
from .slices import mark
from .watch import Watch

logger = logging.getLogger(__name__)


def announce_and_beat(at: datetime) -> dict[str, Any]:
    """Announce what is due at `at`, and beat; return what the pulse says: announced, overdue, dirty, seconds.

    Two ticks at once, a second beat, a lost message, a jump of the clock: harmless, each does what the rows ask for.
    """
    watch = Watch(at)
    put_clock_right(at)
    end_links_of_the_closed(at)
    follow_freeze(at)
    detail: dict[str, Any] = {"announced": announce_due(at)}
    now = watch.now
    detail["overdue"] = overdue(now)
    detail["dirty"] = Page.objects.dirty(now).count()
    detail["seconds"] = round(watch.seconds, 3)
    beat("tick", now, detail)
    if detail["overdue"]:
        logger.warning(
            "%(overdue)d releases are overdue: they are visible, but not announced.", detail, extra={"calm": True}
        )
    return detail


def put_clock_right(at: datetime) -> bool:
    """If a clock was ahead here or where people act, undo what was done under it too early; say whether one was.

    What was stored in that time shows what is to come: it is stored anew.
    """
    if not was_ahead_somewhere(at):
        return False
    taken_back, withdrawn = put_right(at)
    stored = list(Page.objects.filter(stored_at__gt=at + AHEAD, dirty_since=None).values_list("path", flat=True))
    mark(stored, at)
    logger.error(
        "The clock was ahead and was put right: %s articles are to come again, %s are withdrawn, %s pages stored anew",
        taken_back,
        withdrawn,
        len(stored),
    )
    return True


def tick(at: datetime, *, seconds: float = 2.0) -> dict[str, Any]:
    """Do once, without a worker, what its queues do for readers: announce, store pages for at most `seconds`, compress.

    Returns what the pulse says, how many pages had which outcome, how many were compressed, how many are still dirty.
    """
    watch = Watch(at)
    detail = announce_and_beat(at)
    follow_frame(watch.now)
    detail["pages"] = dict(bake_dirty(watch.now, seconds=seconds))
    detail["compressed"] = compress_pages(watch.now, seconds=seconds / 4)
    return detail | {"dirty": Page.objects.dirty(watch.now).count()}
