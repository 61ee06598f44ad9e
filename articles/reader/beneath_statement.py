"""The one statement behind what stands beneath many articles: each page asks the same questions with values of its own.

SQLite is given the questions of each page, united; it plans them quickly, and has no LATERAL. PostgreSQL plans each
SELECT of a union by itself, which takes it longer than to read what they find: there each question is asked once, of
all pages' values in arrays.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.db import connection

from ..archive.facts import shared as shared_parts
from ..pagemap import ALL_NEWS, RELATED
from ..shown.visible import live
from .lines import COLUMNS, TABLES

# The values of a page, and their types. `size`: of its topic, -1 to be counted.
VALUES = {
    "language": "text",
    "moment": "timestamptz",
    "own": "bigint",
    "day": "date",
    "from_moment": "timestamptz",
    "to_moment": "timestamptz",
    "topic": "bigint",
    "size": "bigint",
    "root": "bigint",
    "edition": "bigint",
}
BEFORE = (
    "language = {language} AND published_at <= {moment} AND (published_at < {moment} OR article_id < {own}) "
    "AND article_id <> {own}"
)
AFTER = (
    "language = {language} AND published_at >= {moment} AND (published_at > {moment} OR article_id > {own}) "
    "AND article_id <> {own}"
)
LIVE = live("")
DOWN = "ORDER BY published_at DESC, article_id DESC"
UP = "ORDER BY published_at, article_id"
# The article that others are translated from, and those; asked with OR, SQLite reads all articles.
FAMILY = "SELECT {root} UNION ALL SELECT id FROM articles_article WHERE origin_article_id = {root}"
# A topic of many editions is met soon on the way through the list of all; of a small one every release is read and
# sorted. SQLite reads the tables of a CROSS JOIN in their order.
MANY = 500
KNOWN = "{size}"  # by itself: SQLite then asks it once, and not for each row
COUNTED = (
    "(SELECT COUNT(*) FROM (SELECT 1 FROM articles_edition_topics "  # noqa: S608
    f"WHERE topic_id = {{topic}} LIMIT {MANY}) few)"
)
OF_TOPIC = f"t.topic_id = {{topic}} AND {BEFORE} AND {LIVE} {DOWN} LIMIT {RELATED}"
# Two moments of one day are no further apart, whatever the zone was: so that the database looks no further either.
DAY = timedelta(days=3)
# What finds releases, by tags; [size] stands for KNOWN or COUNTED.
RELEASES = {
    "news": f"SELECT id FROM articles_release WHERE {BEFORE} AND {LIVE} {DOWN} LIMIT {ALL_NEWS}",  # noqa: S608
    "earlier": "SELECT id FROM articles_release WHERE published_date = {day} "  # noqa: S608
    f"AND published_at >= {{from_moment}} AND {BEFORE} AND {LIVE} {DOWN} LIMIT 1",
    "later": "SELECT id FROM articles_release WHERE published_date = {day} "  # noqa: S608
    f"AND published_at <= {{to_moment}} AND {AFTER} AND {LIVE} {UP} LIMIT 1",
    "related": f"SELECT r.id FROM articles_release r CROSS JOIN articles_edition_topics t "  # noqa: S608
    f"WHERE [size] >= {MANY} AND t.edition_id = r.edition_id AND {OF_TOPIC}",
    "rare": f"SELECT r.id FROM articles_edition_topics t CROSS JOIN articles_release r "  # noqa: S608
    f"WHERE [size] < {MANY} AND r.edition_id = t.edition_id AND {OF_TOPIC}",
    "translation": f"SELECT id FROM articles_release WHERE article_id IN ({FAMILY}) "  # noqa: S608
    f"AND article_id <> {{own}} AND language <> {{language}} AND {LIVE}",
}
SIZE = "SELECT [size] AS size"
CHANGE = (
    f"SELECT MIN(moment) AS moment FROM ahead WHERE article_id IN ({FAMILY}) "  # noqa: S608
    "OR language = {language} AND published_date <= {day}"
)
RUBRIC = (
    "SELECT k.id, k.position, k.slug, k.name_en, k.name_ru FROM articles_edition_[kind]s f "
    "CROSS JOIN articles_[kind] k WHERE k.id = f.[kind]_id AND f.edition_id = {edition}"
)
# Its rows: a tag and 13 columns. Those of "line" are the id of a release and `lines.COLUMNS`; all others begin with
# the number of a page. Those of "line" are not the first: the driver for SQLite would take their moments for moments,
# and parse each before anybody asks for it.
STATEMENT = """
    {shared}, ids(number, tag, id) AS MATERIALIZED ({ids})
    SELECT tag, number, id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM ids
    UNION ALL SELECT 'line', r.id, {columns} FROM {tables} WHERE r.id IN (SELECT id FROM ids)
    UNION ALL {others}
"""
OTHERS = {
    "size": ("p.size, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL", SIZE),
    "change": ("NULL, NULL, p.moment, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL", CHANGE),
    **{
        kind: (
            "p.position, NULL, NULL, NULL, p.id, p.slug, p.name_en, p.name_ru, NULL, NULL, NULL, NULL",
            RUBRIC.replace("[kind]", kind),
        )
        for kind in ("region", "topic")
    },
}
ASKED = f"asked AS MATERIALIZED (SELECT * FROM unnest({{arrays}}) WITH ORDINALITY AS a({', '.join(VALUES)}, number))"  # noqa: S608


def statement_about(number: int, *, counted: bool) -> str:
    """Return the statement for so many pages; `counted`: it counts how many editions their topics have."""
    return _statement(number, counted, connection.vendor == "postgresql")


def given(rows: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    """Return the parameters for pages' values, each in the order of VALUES."""
    if connection.vendor == "postgresql":
        return {name: list(column) for name, column in zip(VALUES, zip(*rows, strict=True), strict=True)}
    names = [f"{name}{number}" for number in range(len(rows)) for name in VALUES]
    return dict(zip(names, (value for row in rows for value in row), strict=True))


@lru_cache(maxsize=64)
def _statement(number: int, counted: bool, at_once: bool) -> str:
    def each(columns: str, question: str) -> str:
        question = question.replace("[size]", COUNTED if counted else KNOWN)
        if at_once:
            found = question.format(**{name: f"a.{name}" for name in VALUES})
            return f"SELECT {columns.replace('[number]', 'a.number - 1')} FROM asked a CROSS JOIN LATERAL ({found}) p"  # noqa: S608
        return " UNION ALL ".join(
            f"SELECT {columns.replace('[number]', str(n))} "  # noqa: S608
            f"FROM ({question.format(**{name: f'%({name}{n})s' for name in VALUES})}) p"
            for n in range(number)
        )

    shared = shared_parts("%(at)s")
    if at_once:
        arrays = ", ".join(f"%({name})s::{kind}[]" for name, kind in VALUES.items())
        shared += ", " + ASKED.format(arrays=arrays)
    return STATEMENT.format(
        shared=shared,
        ids=" UNION ALL ".join(each(f"[number], '{tag}', p.id", question) for tag, question in RELEASES.items()),
        columns=COLUMNS,
        tables=TABLES,
        others=" UNION ALL ".join(
            each(f"'{tag}', [number], {columns}", question) for tag, (columns, question) in OTHERS.items()
        ),
    )
