"""The article pages that name an entry: the next in "All news", the related ones of its topics, its translations.

One statement for many entries; each part begins at an index and reads a number of rows that does not grow with the
archive.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from articles.models.release import LIVE

from . import addresses
from .entry import Entry
from .places import BESIDE, Row

ALL_NEWS = 10  # "All news" under an article: so many releases before it
RELATED = 3  # the nearest earlier ones of its first topic
PARTS = 200  # SQLite takes at most 500 in one statement

LATER = f"r.language = %s AND (r.published_at, r.article_id) > (%s, %s) AND r.article_id <> %s AND {LIVE}"
IN_ORDER = "ORDER BY r.published_at, r.article_id LIMIT"
NEXT = f"SELECT r.id FROM articles_release r WHERE {LATER} {IN_ORDER} {ALL_NEWS}"  # noqa: S608
# The counts know on which days the topic goes on. SQLite reads the tables of a CROSS JOIN in the order in which they
# stand: a few days, the releases of each, and of each whether it is of the topic.
DAYS = (
    "SELECT date FROM (SELECT date FROM articles_count "
    "WHERE language = %s AND rubric = %s AND date >= %s AND number > 0 ORDER BY date LIMIT %s) c"
)
OF_TOPIC = (
    "SELECT r.id FROM ({days}) d CROSS JOIN articles_release r CROSS JOIN articles_edition_topics t "  # noqa: S608
    f"WHERE r.published_date = d.date AND r.edition_id = t.edition_id AND t.topic_id = %s AND {LATER} "
    f"{IN_ORDER} {RELATED}"
)
IN_OTHER_LANGUAGES = (
    "SELECT r.id FROM articles_release r WHERE r.article_id IN (SELECT id FROM articles_article WHERE id = %s "  # noqa: S608
    f"UNION ALL SELECT id FROM articles_article WHERE origin_article_id = %s) AND r.article_id <> %s AND {LIVE}"
)
FOUND = (
    "SELECT r.language, r.published_date, e.slug FROM articles_release r "
    "JOIN articles_edition e ON e.id = r.edition_id WHERE r.id IN ({})"
)

Part = tuple[str, list[Any]]  # a statement that finds ids of releases, and its values


def pages_around(entries: Sequence[Entry], at: datetime, uncounted: Sequence[Row]) -> Iterator[str]:
    """Yield the pages of the articles, live at `at`, that name one of the entries; not those of its own day's row.

    `uncounted`: by which releases the archive's counts differ from what is live.
    """
    yield from article_pages([part for entry in entries for part in parts_around(entry, at, uncounted)])


def article_pages(parts: Sequence[Part]) -> Iterator[str]:
    """Yield the article pages of the releases that the parts find."""
    for start in range(0, len(parts), PARTS):
        some = parts[start : start + PARTS]
        found = " UNION ALL ".join(f"SELECT * FROM ({sql}) p{number}" for number, (sql, _) in enumerate(some))  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(FOUND.format(found), [adapted(value) for _, values in some for value in values])
            rows = cursor.fetchall()
        for language, day, slug in rows:
            yield addresses.article_path(language, day_of(day), slug)


def parts_around(entry: Entry, at: datetime, uncounted: Sequence[Row]) -> Iterator[Part]:
    """Yield what finds the releases whose pages name the entry, but for those beside it on its day."""
    later = [entry.language, entry.published_at, entry.article, entry.article, at, at]
    yield NEXT, later
    yield IN_OTHER_LANGUAGES, [entry.root, entry.root, entry.article, at, at]
    slugs = [slug for kind, slug in entry.rubrics if kind == "topic"]
    for pk, slug in zip(entry.topics, slugs, strict=True):
        days, values = _days(entry, f"topic:{slug}", uncounted)
        yield OF_TOPIC.format(days=days), [*values, pk, *later]


def _days(entry: Entry, key: str, uncounted: Iterable[Row]) -> Part:
    """Return what finds the days on which the next releases of a topic stand: the entry's own and RELATED others.

    As days may follow each other otherwise than moments, three more (`BESIDE`); one for each release that is still
    counted and has ended; and the first days of those that are not counted yet, one more for the entry's own article.
    """
    first = entry.day - BESIDE
    moved = [row for row in uncounted if row.language == entry.language and key in row.keys]
    limit = RELATED + 4 + sum(row.number < 0 for row in moved)
    more = sorted({row.day for row in moved if row.number > 0 and row.day >= first})[: RELATED + 5]
    return DAYS + " UNION SELECT %s" * len(more), [entry.language, key, first, limit, *more]


def adapted(value: Any) -> Any:
    """Return a value as the database takes it in a statement written by hand."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def day_of(day: date | str) -> date:
    """Return a day, which SQLite gives as text."""
    return date.fromisoformat(day) if isinstance(day, str) else day
