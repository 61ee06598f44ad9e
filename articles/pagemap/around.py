"""The article pages that name an entry: the next in "All news", the related ones of its topics, its translations.

One statement for many entries; its cost does not grow with the archive.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from articles.models.release import LIVE

from . import addresses
from .entry import Entry

ALL_NEWS = 10  # "All news" under an article: so many releases before it
RELATED = 3  # the nearest earlier ones of its first topic
SMALL = 500
PARTS = 200  # SQLite takes at most 500 in one statement

LATER = f"r.language = %s AND (r.published_at, r.article_id) > (%s, %s) AND r.article_id <> %s AND {LIVE}"
IN_ORDER = "ORDER BY r.published_at, r.article_id LIMIT"
NEXT = f"SELECT r.id FROM articles_release r WHERE {LATER} {IN_ORDER} {ALL_NEWS}"  # noqa: S608
# Of a small topic all releases are read and sorted; of a large one the next are met soon on the way through the list.
# SQLite reads the tables of a CROSS JOIN in the order in which they stand.
OF_SMALL_TOPIC = (
    "SELECT r.id FROM articles_edition_topics t CROSS JOIN articles_release r "  # noqa: S608
    f"WHERE r.edition_id = t.edition_id AND t.topic_id = %s AND {LATER} {IN_ORDER} {RELATED}"
)
OF_LARGE_TOPIC = OF_SMALL_TOPIC.replace(
    "articles_edition_topics t CROSS JOIN articles_release r", "articles_release r CROSS JOIN articles_edition_topics t"
)
IN_OTHER_LANGUAGES = (
    "SELECT r.id FROM articles_release r WHERE r.article_id IN (SELECT id FROM articles_article WHERE id = %s "  # noqa: S608
    f"UNION ALL SELECT id FROM articles_article WHERE origin_article_id = %s) AND r.article_id <> %s AND {LIVE}"
)
FOUND = (
    "SELECT r.language, r.published_date, e.slug FROM articles_release r "
    "JOIN articles_edition e ON e.id = r.edition_id WHERE r.id IN ({})"
)

Part = tuple[str, list[Any]]


def pages_around(entries: Sequence[Entry], at: datetime, totals: Mapping[tuple[str, str], int]) -> Iterator[str]:
    """Yield the pages of the articles, live at `at`, that name one of the entries; not those of its own day's row.

    `totals`: how many releases a rubric holds, by (language, key); only to choose the quicker way.
    """
    parts = [part for entry in entries for part in _parts(entry, at, totals)]
    for start in range(0, len(parts), PARTS):
        some = parts[start : start + PARTS]
        found = " UNION ALL ".join(f"SELECT * FROM ({sql}) p{number}" for number, (sql, _) in enumerate(some))  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(FOUND.format(found), [_adapted(value) for _, values in some for value in values])
            rows = cursor.fetchall()
        for language, day, slug in rows:
            yield addresses.article_path(language, _day(day), slug)


def _parts(entry: Entry, at: datetime, totals: Mapping[tuple[str, str], int]) -> Iterator[Part]:
    later = [entry.language, entry.published_at, entry.article, entry.article, at, at]
    yield NEXT, later
    yield IN_OTHER_LANGUAGES, [entry.root, entry.root, entry.article, at, at]
    slugs = [slug for kind, slug in entry.rubrics if kind == "topic"]
    for pk, slug in zip(entry.topics, slugs, strict=True):
        few = totals.get((entry.language, f"topic:{slug}"), 0) <= SMALL
        yield OF_SMALL_TOPIC if few else OF_LARGE_TOPIC, [pk, *later]


def _adapted(value: Any) -> Any:
    """Return a value as the database takes it in a statement written by hand."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _day(day: date | str) -> date:
    """Return a day, which SQLite gives as text."""
    return date.fromisoformat(day) if isinstance(day, str) else day
