"""What the questions share: moments, rubrics, and how a row is compared."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from articles.shown import (
    facts,
    lines,
)
from articles.shown.sql import to_data, to_day, to_moment

from .draws import DAY, NOW

MONTHS = (
    (date(2026, 3, 1), date(2026, 3, 31)),
    (date(2026, 2, 1), date(2026, 2, 28)),
    (date(2026, 1, 1), date(2026, 1, 31)),
)
YEARS = (date(2026, 1, 1), date(2026, 12, 31)), (date(2025, 1, 1), date(2025, 12, 31))
DAYS = (NOW.date(), NOW.date()), (NOW.date() - DAY, NOW.date() - DAY)
# Of articles with one kind of history.
OWN = ("region:to-be-followed", "topic:to-come", "region:to-come-later", "topic:far-ahead")
RUBRICS = (
    "category:law",
    "category:sea",
    "category:none",
    "region:north",
    "region:south",
    "topic:ice",
    "topic:fog",
    "topic:none",
    *OWN,
)
FEW = 4
EACH = 22  # of the articles that are drawn first, one with each history
MANY = 40  # more than the newest, so that of all kinds some stand in places
AT_ONCE = 7  # pages beneath which one statement looks


class Question(NamedTuple):
    """`statement`: its name, as in the comment at its head."""

    statement: str
    words: str
    ask: Callable[[], Any]
    expected: Any


def comparable(row: lines.LineRow) -> tuple[Any, ...]:
    """Return a line without what one driver gives otherwise than another."""
    made = row._replace(
        published_at=to_moment(row.published_at),
        published_date=to_day(row.published_date),
        **{name: to_data(getattr(row, name)) for name in ("marks", "dated_marks", "corrections", "photo")},
    )
    return tuple(made)


def fact(at: datetime, words: str, branch: facts.Branch, of: Callable[[facts.Facts], Any], expected: Any) -> Question:
    return Question("facts", words, lambda: of(facts.read(at, branch)), expected)
