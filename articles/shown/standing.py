"""What stands at the addresses of articles: the live release with what its page shows, or that there is none."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from .sql import ask
from .visible import live, waits, was_public


class StandingRow(NamedTuple):
    """An address that an article has or had, as the driver gives it. `number`: of the address among those asked for;
    `current`: whether it is the article's last one; `edition`: None, as all behind it, while readers see nothing of the
    article; `topic`: the id of the first; `waits`: a release of the article is to be announced; `gone`: numbers of the
    posts it holds that are not at their sites any more, with commas between them, None for none."""

    number: int
    current: Any
    article: int
    origin_article: int | None
    edition: int | None
    listed_at: Any
    listed_on: Any
    language: str
    slug: str
    headline: str
    summary: str
    photo: Any
    bylines: Any
    origin: Any
    corrections: Any
    marks: Any
    ledger: Any
    published_at: Any
    modified_at: Any
    category: int
    form: Any
    topic: int | None
    waits: Any
    gone: str | None


COLUMNS = (
    "asked.number AS number, a.current AS current, a.article_id AS article, ar.origin_article_id AS origin_article, "
    "r.edition_id AS edition, r.published_at AS listed_at, r.published_date AS listed_on, e.language AS language, "
    "e.slug AS slug, e.headline AS headline, e.summary AS summary, e.photo AS photo, e.bylines AS bylines, "
    "e.origin AS origin, e.corrections AS corrections, e.marks AS marks, e.ledger AS ledger, "
    "e.published_at AS published_at, e.modified_at AS modified_at, r.category_id AS category, f.body AS form"
)
STATEMENT = """
    /* shown.standing */
    WITH asked(number, language, day, slug) AS (VALUES {asked})
    SELECT {columns},
        (SELECT t.id FROM articles_edition_topics et JOIN articles_topic t ON t.id = et.topic_id
            WHERE et.edition_id = r.edition_id ORDER BY t.position, t.slug LIMIT 1) AS topic,
        EXISTS (SELECT 1 FROM articles_release w WHERE w.article_id = a.article_id AND {waits}) AS waits,
        (SELECT {gone} FROM articles_postuse u JOIN articles_keptpost k ON k.id = u.post_id
            WHERE u.article_id = a.article_id AND k.is_gone) AS gone
    FROM asked
    JOIN articles_address a ON a.language = asked.language AND a.date = asked.day AND a.slug = asked.slug
    JOIN articles_article ar ON ar.id = a.article_id
    LEFT JOIN articles_release r ON r.article_id = a.article_id AND {live}
    LEFT JOIN articles_edition e ON e.id = r.edition_id
    LEFT JOIN articles_readingform f ON f.sha256 = r.form_id
"""
JOINED = {"sqlite": "GROUP_CONCAT(u.post_id)", "postgresql": "STRING_AGG(u.post_id::text, ',')"}


class PublicRow(NamedTuple):
    """A release that readers have seen, as the driver gives it."""

    language: str
    published_date: Any
    slug: str
    ending: str
    ended_at: Any


HISTORY = f"""
    /* shown.history */
    SELECT r.language AS language, r.published_date AS published_date, e.slug AS slug, r.ending AS ending,
        r.ended_at AS ended_at
    FROM articles_release r JOIN articles_edition e ON e.id = r.edition_id
    WHERE r.article_id = %(article)s AND {was_public()}
"""  # noqa: S608


def read(addresses: Sequence[tuple[str, date, str]], at: datetime) -> list[StandingRow]:
    """Read what stands at each (language, day, slug) that an article has ever had; in no order."""
    values: dict[str, Any] = {"at": at}
    for n, (language, day, slug) in enumerate(addresses):
        values |= {f"language{n}": language, f"day{n}": day, f"slug{n}": slug}
    return [StandingRow._make(row) for row in ask(_statement(len(addresses), connection.vendor), values)]


@lru_cache(maxsize=64)
def _statement(number: int, vendor: str) -> str:
    asked = ", ".join(f"({n}, %(language{n})s, %(day{n})s, %(slug{n})s)" for n in range(number))
    return STATEMENT.format(asked=asked, columns=COLUMNS, live=live(), waits=waits("w."), gone=JOINED[vendor])


def history(article: int, at: datetime) -> list[PublicRow]:
    """Read the releases of an article that readers have seen by the moment; in no order."""
    return [PublicRow._make(row) for row in ask(HISTORY, {"article": article, "at": at})]
