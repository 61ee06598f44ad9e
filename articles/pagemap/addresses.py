"""The addresses of the public site. They last: what moves answers 301, what is withdrawn answers 410.

Each kind of stored page has its own in `kinds`; those that other rooms ask for are handed on here. `read_address` takes
one apart again, so that whoever meets a stored page knows what it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from articles.models import KINDS as RUBRIC_KINDS

from .kinds import KINDS
from .kinds.archive import archive_path
from .kinds.article import article_path
from .kinds.corrections import corrections_path
from .kinds.corrections_feed import corrections_feed_path
from .kinds.feed import feed_path
from .kinds.front import front_path
from .kinds.media import media_path, rendition_path
from .kinds.news import news_path
from .kinds.rubric import rubric_path
from .kinds.sitemap import sitemap_path

__all__ = [
    "RUBRICS",
    "Target",
    "archive_path",
    "article_path",
    "corrections_feed_path",
    "corrections_path",
    "feed_path",
    "front_path",
    "media_path",
    "news_path",
    "read_address",
    "rendition_path",
    "rubric_path",
    "search_feed_path",
    "search_path",
    "sitemap_path",
]

KEPT = 4096  # addresses taken apart
RUBRICS = tuple(RUBRIC_KINDS)
SHAPES = [(kind.name, re.compile(kind.pattern, re.ASCII)) for kind in KINDS]
NUMBERS = ("year", "month", "day", "page")


@dataclass(frozen=True, slots=True)
class Target:
    """What an address stands for.

    `kind`: the name of one of the kinds of stored pages, or "search"; `rubric`: category, region or topic; `page`: of a
    list, from 1.
    """

    kind: str
    language: str = ""
    rubric: str = ""
    slug: str = ""
    year: int = 0
    month: int = 0
    day: int = 0
    page: int = 1

    @property
    def date(self) -> date:
        """The day of an article's or a day's address."""
        return date(self.year, self.month, self.day)


def search_path(language: str) -> str:
    return f"/{language}/search/"


def search_feed_path(language: str) -> str:
    return f"/{language}/search/feed.xml"


@lru_cache(maxsize=KEPT)
def read_address(path: str) -> Target | None:
    """Return what a storable address stands for; None for any other text.

    >>> read_address("/en/archive/2024/03/25/2/").page
    2
    """
    return next(_readings(path), None)


def _readings(path: str) -> Iterator[Target]:
    for kind, shape in SHAPES:
        match = shape.fullmatch(path)
        if not match:
            continue
        found = {name: value for name, value in match.groupdict().items() if value is not None}
        numbers: dict[str, int] = {name: int(found.pop(name)) for name in NUMBERS if name in found}
        if _is_possible(numbers):
            yield Target(kind, **found, **numbers)  # type: ignore[arg-type]


def _is_possible(numbers: dict[str, int]) -> bool:
    """True for a date of the calendar and a page that has an address of its own."""
    if numbers.get("page") == 1:
        return False
    try:
        date(numbers.get("year", 1), numbers.get("month", 1), numbers.get("day", 1))
    except ValueError:
        return False
    return True
