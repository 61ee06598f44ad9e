"""What building a page gives, and the ways in which there is no page."""

from dataclasses import dataclass
from datetime import datetime

HTML = "text/html; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True)
class Built:
    """`next_change_at`: the next moment at which something on the page begins or ends by itself.
    `location`: where a 301 leads, else empty."""

    status: int
    body: bytes
    content_type: str = HTML
    next_change_at: datetime | None = None
    location: str = ""
    language: str = ""


class Missing(Exception):
    """There is no such page (404), or none yet."""


class Moved(Exception):
    """The page stands elsewhere (301)."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Gone(Exception):
    """The article was withdrawn (410)."""

    def __init__(self, withdrawn_at: datetime) -> None:
        super().__init__(withdrawn_at)
        self.withdrawn_at = withdrawn_at
