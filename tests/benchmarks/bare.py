"""Plain statements beside the pages that readers get: what a list, a count or a search costs that is asked for as one
would at first, and the least that the page's own way can cost. Nothing is rendered of what they find.
"""

from collections.abc import Callable
from typing import Any

COLUMNS = "r.id, r.published_at, e.headline, e.summary, e.marks"
LISTED = f"SELECT {COLUMNS} FROM articles_release r JOIN articles_edition e ON e.id = r.edition_id"
LIVE = "r.language = 'en' AND r.live_at <= now() AND (r.ended_at IS NULL OR r.ended_at > now())"
NEWEST = "ORDER BY r.published_at DESC, r.article_id DESC"
RUBRIC = "r.category_id = (SELECT id FROM articles_category WHERE slug = %(category)s)"
REGION = (
    "AND EXISTS (SELECT 1 FROM articles_edition_regions f JOIN articles_region k ON k.id = f.region_id "
    "WHERE f.edition_id = r.edition_id AND k.slug = %(region)s)"
)
FOUND = f"{LISTED} JOIN articles_search s ON s.rowid = r.indexed_as WHERE {LIVE} AND s.words @@ %(words)s::tsquery"
ON_POSTGRESQL = {
    "plain: the newest 30 after a place in the middle": (
        f"{LISTED} WHERE {LIVE} AND (r.published_at, r.article_id) < (%(moment)s, %(article)s) {NEWEST} LIMIT 30"
    ),
    "plain: the same 30 by OFFSET": f"{LISTED} WHERE {LIVE} {NEWEST} LIMIT 30 OFFSET %(before)s",
    "plain: the middle 30 of a category by OFFSET": (
        f"{LISTED} WHERE {LIVE} AND {RUBRIC} {NEWEST} LIMIT 30 OFFSET %(half)s"
    ),
    "plain: the newest 30 of a category and a region": f"{LISTED} WHERE {LIVE} AND {RUBRIC} {REGION} {NEWEST} LIMIT 30",
    "plain: how many are live": f"SELECT count(*) FROM articles_release r WHERE {LIVE}",
    "plain: how many of each category are live": (
        f"SELECT r.category_id, count(*) FROM articles_release r WHERE {LIVE} GROUP BY 1"
    ),
    "plain: the years that have articles": (
        f"SELECT DISTINCT date_trunc('year', r.published_date) FROM articles_release r WHERE {LIVE}"
    ),
    "plain: search for common words, best 20": (f"{FOUND} ORDER BY ts_rank(s.words, %(words)s::tsquery) DESC LIMIT 20"),
    "plain: search for common words, newest 20": f"{FOUND} {NEWEST} LIMIT 20",
}


def statements(release: Any, category: str, region: str) -> dict[str, Callable[[], object]]:
    """Return what asks each statement around a release in the middle, by what it is; none on SQLite."""
    from django.db import connection

    from articles.models import Release
    from articles.pagemap.entry import entry_of
    from articles.pagemap.positions import before

    if connection.vendor != "postgresql":
        return {}
    values = {
        "category": category,
        "region": region,
        "moment": release.published_at,
        "article": release.article_id,
        "before": Release.objects.exclude(before(entry_of(release))).count(),
        "half": Release.objects.filter(category__slug=category).count() // 2,
        "words": "harbour & council",
    }

    def ask(statement: str) -> object:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    return {what: (lambda statement=statement: ask(statement)) for what, statement in ON_POSTGRESQL.items()}  # type: ignore[misc]
