"""The addresses of the public site. They last: what moves answers 301, what is withdrawn answers 410.

`read_address` takes an address apart again, so that whoever meets a stored page knows what it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from articles.models import KINDS
from articles.models.languages import PATTERN

KEPT = 4096  # addresses taken apart
RUBRICS = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Target:
    """What an address stands for.

    `kind`: front, news, article, archive, year, month, day, rubric, rubric_month, feed, corrections,
    corrections_feed, sitemap or media; `rubric`: category, region or topic; `page`: of a list, from 1.
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


def front_path(language: str) -> str:
    return f"/{language}/"


def news_path(language: str) -> str:
    return f"/{language}/news/"


def article_path(language: str, day: date, slug: str) -> str:
    return f"/{language}/{day.isoformat().replace('-', '/')}/{slug}/"


def archive_path(
    language: str, year: int | None = None, month: int | None = None, day: int | None = None, page: int = 1
) -> str:
    """Return the address of the archive, of a year, a month or a day; a day's list goes on at …/2/."""
    return f"/{language}/archive/" + _period(year, month, day) + _page(page)


def rubric_path(
    language: str, kind: str, slug: str, year: int | None = None, month: int | None = None, page: int = 1
) -> str:
    """Return the address of a rubric (`kind`: category, region or topic), or of one month of it."""
    return f"/{language}/{kind}/{slug}/" + _period(year, month) + _page(page)


def feed_path(language: str, kind: str = "", slug: str = "") -> str:
    """Return the address of the RSS feed of a language, or of one rubric in it."""
    return f"/{language}/{kind}/{slug}/feed.xml" if kind else f"/{language}/feed.xml"


def corrections_path(language: str) -> str:
    return f"/{language}/corrections/"


def corrections_feed_path(language: str) -> str:
    return f"/{language}/corrections/feed.xml"


def search_path(language: str) -> str:
    return f"/{language}/search/"


def sitemap_path() -> str:
    return "/sitemap.xml"


def media_path(web_name: str) -> str:
    """Return the address of a photo's web size; `web_name` as in `Photo.web`."""
    return f"/media/{web_name}"


def _period(year: int | None, month: int | None = None, day: int | None = None) -> str:
    parts = [f"{year:04d}/" if year else "", f"{month:02d}/" if month else "", f"{day:02d}/" if day else ""]
    return "".join(parts)


def _page(page: int) -> str:
    return f"{page}/" if page > 1 else ""


SLUG = r"(?P<slug>[-\w]+)"
YEAR, MONTH, DAY = r"(?P<year>\d{4})", r"(?P<month>\d{2})", r"(?P<day>\d{2})"
PAGE = r"(?:(?P<page>[1-9]\d{0,5})/)?"
RUBRIC = rf"(?P<rubric>{'|'.join(RUBRICS)})/{SLUG}/"
SHAPES = [
    (kind, re.compile(f"/(?P<language>{PATTERN})/{shape}", re.ASCII))
    for kind, shape in (
        ("front", ""),
        ("news", "news/"),
        ("article", f"{YEAR}/{MONTH}/{DAY}/{SLUG}/"),
        ("archive", "archive/"),
        ("year", f"archive/{YEAR}/"),
        ("month", f"archive/{YEAR}/{MONTH}/"),
        ("day", f"archive/{YEAR}/{MONTH}/{DAY}/{PAGE}"),
        ("rubric_month", f"{RUBRIC}{YEAR}/{MONTH}/{PAGE}"),
        ("rubric", f"{RUBRIC}{PAGE}"),
        ("feed", f"(?:{RUBRIC})?feed\\.xml"),
        ("corrections", "corrections/"),
        ("corrections_feed", "corrections/feed\\.xml"),
    )
]
NUMBERS = ("year", "month", "day", "page")
MEDIA = re.compile(r"/media/[\w-]+(?:/[\w-]+)*\.\w+", re.ASCII)


@lru_cache(maxsize=KEPT)
def read_address(path: str) -> Target | None:
    """Return what a storable address stands for; None for any other text.

    >>> read_address("/en/archive/2024/03/25/2/").page
    2
    """
    if path == sitemap_path():
        return Target("sitemap")
    if MEDIA.fullmatch(path):
        return Target("media", slug=path.removeprefix("/media/"))
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
