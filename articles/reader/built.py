"""What building a page gives, and the ways in which there is no page."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

HTML = "text/html; charset=utf-8"
RSS = "application/rss+xml; charset=utf-8"
XML = "application/xml; charset=utf-8"
NOTHING: Mapping[str, Path] = MappingProxyType({})


class Built(NamedTuple):
    """`next_change_at`: the next moment at which something on the page begins or ends by itself.
    `location`: where a 301 leads, or a 302, which may lead elsewhere tomorrow; else empty. `article`: the id of the
    article whose page it is.

    `kept`: whether a file may be stored of it. The application alone gives the page of an article with a release
    that is scheduled, or begun and not yet announced (a file behind a web server would outlive the time it is true
    for), and those of the archive's periods without an article (whether they are pages at all depends on where the
    archive begins). `beside`: of a photo, the files that are stored with it, by their names."""

    status: int
    body: bytes
    content_type: str = HTML
    next_change_at: datetime | None = None
    location: str = ""
    language: str = ""
    article: int | None = None
    kept: bool = True
    beside: Mapping[str, Path] = NOTHING


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
