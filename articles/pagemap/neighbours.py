"""The article pages that name a release, found with one statement: a relabel asks it for each headline it marks.

The same pages as the full map names.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection

from articles.models import Release
from articles.models.release import LIVE

from . import addresses
from .around import ALL_NEWS, RELATED

LATER = (
    f"language = %s AND published_at >= %s AND (published_at > %s OR article_id > %s) AND article_id <> %s AND {LIVE}"
)
NEXT = f"SELECT id FROM articles_release WHERE {LATER} ORDER BY published_at, article_id LIMIT {ALL_NEWS}"  # noqa: S608
BEFORE_IT = (
    "SELECT id FROM articles_release WHERE language = %s AND published_date = %s "  # noqa: S608
    f"AND (published_at < %s OR (published_at = %s AND article_id < %s)) AND {LIVE} "
    "ORDER BY published_at DESC, article_id DESC LIMIT 1"
)
# Of a small topic all releases are read and sorted; of a large one the next are met soon on the way through the list.
# SQLite reads the tables of a CROSS JOIN in the order in which they stand.
SMALL = 500
OF_SMALL_TOPIC = (
    "SELECT r.id FROM articles_edition_topics t CROSS JOIN articles_release r "  # noqa: S608
    f"WHERE r.edition_id = t.edition_id AND t.topic_id = %s AND {LATER} "
    f"ORDER BY published_at, article_id LIMIT {RELATED}"
)
OF_LARGE_TOPIC = OF_SMALL_TOPIC.replace(
    "articles_edition_topics t CROSS JOIN articles_release r", "articles_release r CROSS JOIN articles_edition_topics t"
)
IN_OTHER_LANGUAGES = (
    "SELECT r.id FROM articles_article a CROSS JOIN articles_release r WHERE r.article_id = a.id "  # noqa: S608
    f"AND (a.id = %s OR a.origin_article_id = %s) AND a.id <> %s AND {LIVE}"
)


def shown_on(release: Release, at: datetime, totals: Mapping[str, int]) -> Iterator[str]:
    """Yield the article pages on which the headline of a release that is live at `at` stands.

    `totals`: how many releases each topic holds, by its slug; only to choose the quicker way.
    """
    moment, own = release.published_at, release.article_id
    later = [release.language, moment, moment, own, own, at, at]
    root = release.article.origin_article_id or own
    parts = [NEXT, BEFORE_IT, IN_OTHER_LANGUAGES]
    values = [*later, release.language, release.published_date, moment, moment, own, at, at, root, root, own, at, at]
    for topic in release.edition.topics.all():
        parts.append(OF_SMALL_TOPIC if totals.get(topic.slug, 0) <= SMALL else OF_LARGE_TOPIC)
        values += [topic.pk, *later]
    found = " UNION ALL ".join(f"SELECT * FROM ({part}) p{number}" for number, part in enumerate(parts))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.language, r.published_date, e.slug FROM articles_release r "  # noqa: S608
            f"JOIN articles_edition e ON e.id = r.edition_id WHERE r.id IN ({found})",
            [_adapted(value) for value in values],
        )
        rows = cursor.fetchall()
    yield addresses.article_path(release.language, release.published_date, release.edition.slug)
    for language, day, slug in rows:
        yield addresses.article_path(language, _day(day), slug)


def _adapted(value: Any) -> Any:
    """Return a value as the database takes it in a statement written by hand."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _day(value: date | str) -> date:
    """Return a day, which SQLite gives as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
