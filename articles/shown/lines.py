"""The lines of lists, read without the rows' models: a page shows up to a hundred of them."""

from datetime import datetime
from typing import Any, NamedTuple

from .sql import Row, ask
from .visible import live
from .where import Where


class LineRow(NamedTuple):
    """A release as lists show it, as the driver gives it."""

    article: int
    language: str
    published_at: Any
    published_date: Any
    category: int
    slug: str
    headline: str
    summary: str
    marks: Any
    dated_marks: Any
    corrections: Any
    photo: Any


COLUMNS = (
    "r.article_id AS article, r.language AS language, r.published_at AS published_at, "
    "r.published_date AS published_date, r.category_id AS category, e.slug AS slug, e.headline AS headline, "
    "e.summary AS summary, e.marks AS marks, e.dated_marks AS dated_marks, e.corrections AS corrections, "
    "e.photo AS photo"
)
TABLES = "articles_release r JOIN articles_edition e ON e.id = r.edition_id"
NEWEST = "ORDER BY r.published_at DESC, r.article_id DESC"
EARLIEST = "ORDER BY r.published_at, r.article_id"
WIDTH = len(LineRow._fields)


def newest(shown: Where, at: datetime, number: int, skipped: int = 0) -> list[LineRow]:
    """Read at most so many of the releases that readers see, newest first, behind some that are skipped."""
    return _read(shown, at, f"{NEWEST} LIMIT {number} OFFSET {skipped}")


def earliest(shown: Where, at: datetime, number: int, skipped: int = 0) -> list[LineRow]:
    """Read at most so many of the releases that readers see, earliest first, behind some that are skipped."""
    return _read(shown, at, f"{EARLIEST} LIMIT {number} OFFSET {skipped}")


def _read(shown: Where, at: datetime, tail: str) -> list[LineRow]:
    statement = f"/* shown.lines */ SELECT {COLUMNS} FROM {shown.of(TABLES, live())} {tail}"  # noqa: S608
    return [LineRow._make(row) for row in ask(statement, {"at": at, **shown.values})]


def split(row: Row) -> tuple[LineRow, Row]:
    """Return the line with which a row begins, and what stands behind it."""
    return LineRow._make(row[:WIDTH]), row[WIDTH:]
