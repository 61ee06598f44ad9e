"""The lines of lists, read without the rows' models: a page shows up to a hundred of them."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from .sql import Row, among, as_value, ask
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
EDITION = "JOIN articles_edition e ON e.id = r.edition_id"
TABLES = f"articles_release r {EDITION}"
NEWEST = "ORDER BY r.published_at DESC, r.article_id DESC"
EARLIEST = "ORDER BY r.published_at, r.article_id"
WIDTH = len(LineRow._fields)
ONE = timedelta(days=1)
FIRST, LAST = date.min + ONE, date.max - 2 * ONE  # between these a day has neighbours


def newest(shown: Where, at: datetime, number: int, skipped: int = 0) -> list[LineRow]:
    """Read at most so many of the releases that readers see, newest first, behind some that are skipped."""
    return _read(shown, at, NEWEST, number, skipped)


def earliest(shown: Where, at: datetime, number: int, skipped: int = 0) -> list[LineRow]:
    """Read at most so many of the releases that readers see, earliest first, behind some that are skipped."""
    return _read(shown, at, EARLIEST, number, skipped)


def from_month(shown: Where, at: datetime, number: int, month: date, place: int) -> list[LineRow]:
    """Read at most so many of the releases that readers see, earliest first, from a place in a list that is counted
    from the first day of a month: what stands before that is not read.

    The order of days is that of moments, but for a change of the newsroom's zone: some releases of the two days before
    stand behind the moment at which the reading begins, and are skipped, too.
    """
    begin = datetime.combine(month - ONE, time.min, UTC)
    earlier = ("r.published_date >= %(two_before)s", "r.published_date < %(month)s", "r.published_at >= %(begin)s")
    too = f"(SELECT COUNT(*) FROM {shown.of('articles_release r', live(), *earlier)})"  # noqa: S608
    found = shown.of("articles_release r", live(), "r.published_at >= %(begin)s")
    chosen = f"SELECT r.id FROM {found} {EARLIEST} LIMIT {number} OFFSET {place} + {too}"  # noqa: S608
    values = {"begin": begin, "month": month, "two_before": month - 2 * ONE}
    return _asked(_chosen(chosen, EARLIEST), {"at": at, **shown.values, **values})


def with_bodies(releases: Iterable[int], at: datetime) -> list[tuple[LineRow, int, str]]:
    """Read those of some releases, by their ids, that readers see, each with its id and its body; in no order."""
    asked = f"/* shown.lines */ SELECT {COLUMNS}, r.id, e.body FROM {TABLES} WHERE r.id {among()}"  # noqa: S608
    rows = ask(f"{asked} AND {live(at='%s')}", [as_value(releases), at, at])
    return [(line, *behind) for line, behind in map(split, rows)]


def _read(shown: Where, at: datetime, order: str, number: int, skipped: int) -> list[LineRow]:
    near = list(_near(shown))
    shown = shown.by_moment() if near else shown
    conditions = (live(), *(condition for condition, _name, _moment in near))
    values = {name: moment for _condition, name, moment in near}
    if skipped or shown.joins:  # no edition is read of what is not shown
        found = shown.of("articles_release r", *conditions)
        source = _chosen(f"SELECT r.id FROM {found} {order} LIMIT {number} OFFSET {skipped}", order)  # noqa: S608
    else:
        source = f"{shown.of(TABLES, *conditions)} {order} LIMIT {number}"
    return _asked(source, {"at": at, **shown.values, **values})


def _chosen(chosen: str, order: str) -> str:
    return f"({chosen}) chosen JOIN articles_release r ON r.id = chosen.id {EDITION} {order}"


def _asked(source: str, values: dict[str, Any]) -> list[LineRow]:
    return [LineRow._make(row) for row in ask(f"/* shown.lines */ SELECT {COLUMNS} FROM {source}", values)]  # noqa: S608


def _near(shown: Where) -> Iterator[tuple[str, str, datetime]]:
    """Yield what the days of a list say of its moments, with the names of the values: nothing new, as the newsroom's
    day of a moment is at most one from that of UTC; but the database begins at the list's place in an index."""
    first, last = shown.values.get("first"), shown.values.get("last")
    if first and first > FIRST:
        yield "r.published_at >= %(begin)s", "begin", datetime.combine(first - ONE, time.min, UTC)
    if last and last < LAST:
        yield "r.published_at < %(end)s", "end", datetime.combine(last + 2 * ONE, time.min, UTC)


def split(row: Row) -> tuple[LineRow, Row]:
    """Return the line with which a row begins, and what stands behind it."""
    return LineRow._make(row[:WIDTH]), row[WIDTH:]
