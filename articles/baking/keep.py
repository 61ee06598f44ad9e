"""What nobody waits for: compressed copies beside the stored pages, and all pages anew when their frame has changed."""

from datetime import datetime

from ..models import Heartbeat, Page
from ..pagemap import frame_digest
from .compress import compress_pages
from .pulse import beat
from .slices import mark_all
from .watch import Watch

FRAME = "frame"
LONGEST = 5.0  # seconds of marking, and of compressing


def keep_store(at: datetime) -> int:
    """Follow the frame, then compress stored pages while no page waits to be stored; return how many were looked at."""
    follow_frame(at)
    return 0 if Page.objects.due(at).exists() else compress_pages(at, seconds=LONGEST)


def follow_frame(at: datetime, *, seconds: float = LONGEST) -> bool:
    """Mark all pages dirty when what every page shows has changed, such as a rubric's name; say whether it has.

    What is not marked within so many seconds is marked by the next calls.
    """
    watch, digest = Watch(at), frame_digest()
    known = Heartbeat.objects.filter(job=FRAME).first()
    told = known.detail if known else {}
    marking = told.get("marking", {})
    if not marking and told.get("frame") == digest:
        return False
    if marking.get("frame") != digest:
        marking = {"frame": digest, "since": at.isoformat(), "place": None}
    for _number, place in mark_all(watch.now, datetime.fromisoformat(marking["since"]), marking["place"]):
        if not watch.has(seconds):
            beat(FRAME, watch.now, told | {"marking": marking | {"place": place}})
            return True
    beat(FRAME, watch.now, {"frame": digest})
    return True
