"""What nobody waits for: compressed copies beside the stored pages, and all pages anew when their frame has changed."""

from datetime import datetime

from ..models import Heartbeat, Page
from ..pagemap import frame_digest, touch_everything
from .compress import compress_pages
from .pulse import beat

FRAME = "frame"
LONGEST = 5.0  # seconds of compressing


def keep_store(at: datetime) -> int:
    """Follow the frame, then compress stored pages while no page waits to be stored; return how many were looked at."""
    follow_frame(at)
    return 0 if Page.objects.claimable(at).exists() else compress_pages(at, seconds=LONGEST)


def follow_frame(at: datetime) -> bool:
    """Mark all pages dirty when what every page shows has changed, such as a rubric's name; say whether it has."""
    digest = frame_digest()
    known = Heartbeat.objects.filter(job=FRAME).first()
    if known is not None and known.detail.get("frame") == digest:
        return False
    touch_everything(at)  # once more, if it was cut off
    beat(FRAME, at, {"frame": digest})
    return True
