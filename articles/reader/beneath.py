"""What the pages of articles show beneath them, for many pages with one statement: the news before, the neighbours of
the day, what came before on the same topic, rubrics, translations; and when any of it changes by itself."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from ..archive.facts import SHARED
from ..archive.sql import Row, ask, to_moment_or_none
from ..editions import Line
from ..models.release import LIVE
from ..pagemap import ALL_NEWS, RELATED
from .frame import Rubric
from .lines import COLUMNS, TABLES, line_of, newest_first
from .standing import Story

BEFORE = "language = %s AND published_at <= %s AND (published_at < %s OR article_id < %s) AND article_id <> %s"
AFTER = "language = %s AND published_at >= %s AND (published_at > %s OR article_id > %s) AND article_id <> %s"
DOWN = "ORDER BY published_at DESC, article_id DESC"
UP = "ORDER BY published_at, article_id"
# The article that others are translated from, and those; asked with OR, SQLite reads all articles.
FAMILY = "SELECT %s UNION ALL SELECT id FROM articles_article WHERE origin_article_id = %s"
# A topic of many editions is met soon on the way through the list of all; of a small one every release is read and
# sorted. Which it is, is asked without counting on. SQLite reads the tables of a CROSS JOIN in their order.
MANY = 500
# Two moments of one day are no further apart, whatever the zone was: so that the database looks no further either.
DAY = timedelta(days=3)
TOPIC = f"(SELECT COUNT(*) FROM (SELECT 1 FROM articles_edition_topics WHERE topic_id = %s LIMIT {MANY}) few)"  # noqa: S608
OF_TOPIC = f"t.topic_id = %s AND {BEFORE} AND {LIVE} {DOWN} LIMIT {RELATED}"
BRANCHES = {
    "news": f"SELECT id FROM articles_release WHERE {BEFORE} AND {LIVE} {DOWN} LIMIT {ALL_NEWS}",  # noqa: S608
    "earlier": "SELECT id FROM articles_release WHERE published_date = %s AND published_at >= %s "  # noqa: S608
    f"AND {BEFORE} AND {LIVE} {DOWN} LIMIT 1",
    "later": "SELECT id FROM articles_release WHERE published_date = %s AND published_at <= %s "  # noqa: S608
    f"AND {AFTER} AND {LIVE} {UP} LIMIT 1",
    "related": f"SELECT r.id FROM articles_release r CROSS JOIN articles_edition_topics t "  # noqa: S608
    f"WHERE {TOPIC} = {MANY} AND t.edition_id = r.edition_id AND {OF_TOPIC}",
    "rare": f"SELECT r.id FROM articles_edition_topics t CROSS JOIN articles_release r "  # noqa: S608
    f"WHERE {TOPIC} < {MANY} AND r.edition_id = t.edition_id AND {OF_TOPIC}",
    "translation": f"SELECT id FROM articles_release WHERE article_id IN ({FAMILY}) AND article_id <> %s "  # noqa: S608
    f"AND language <> %s AND {LIVE}",
    "region": "SELECT region_id FROM articles_edition_regions WHERE edition_id = %s",
    "topic": "SELECT topic_id FROM articles_edition_topics WHERE edition_id = %s",
}
CHANGE = """
    SELECT 'change', {number}, NULL, NULL, MIN(moment), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM ahead
    WHERE article_id IN ({family})
        OR language = %s AND published_date <= %s
"""
STATEMENT = """
    {shared}, ids(number, tag, id) AS MATERIALIZED ({ids})
    SELECT 'line', r.id, {columns} FROM {tables} WHERE r.id IN (SELECT id FROM ids WHERE tag NOT IN ('region', 'topic'))
    UNION ALL SELECT 'region', id, position, NULL, NULL, NULL, NULL, slug, name_en, name_ru, NULL, NULL, NULL, NULL
        FROM articles_region WHERE id IN (SELECT id FROM ids WHERE tag = 'region')
    UNION ALL SELECT 'topic', id, position, NULL, NULL, NULL, NULL, slug, name_en, name_ru, NULL, NULL, NULL, NULL
        FROM articles_topic WHERE id IN (SELECT id FROM ids WHERE tag = 'topic')
    UNION ALL SELECT tag, number, id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM ids
    UNION ALL {changes}
"""


class Beneath(NamedTuple):
    """`translations`: language → address; `topics` in their order, the first is that of `related`."""

    news: list[Line]
    earlier: Line | None
    later: Line | None
    related: list[Line]
    translations: dict[str, str]
    regions: list[Rubric]
    topics: list[Rubric]
    next_change_at: datetime | None


def beneath(stories: Sequence[Story], at: datetime) -> list[Beneath]:
    """Return what stands beneath each of these stories at the moment: one query for all."""
    if not stories:
        return []
    values = [value for story in stories for value in values_of(story, at)]
    changes = [value for one in stories for value in (one.root, one.root, one.language, one.listed_on)]
    return assembled(len(stories), ask(statement_about(len(stories)), [*[at] * 5, *values, *changes]))


@lru_cache(maxsize=64)
def statement_about(number: int) -> str:
    """Return the statement for so many pages."""
    numbers = range(number)
    branches = [
        f"SELECT {page}, '{tag}', id FROM ({branch}) {tag}_{page}"  # noqa: S608
        if tag not in ("region", "topic")
        else branch.replace("SELECT ", f"SELECT {page}, '{tag}', ")
        for page in numbers
        for tag, branch in BRANCHES.items()
    ]
    return STATEMENT.format(
        shared=SHARED,
        ids=" UNION ALL ".join(branches),
        columns=COLUMNS,
        tables=TABLES,
        changes=" UNION ALL ".join(CHANGE.format(number=page, family=FAMILY) for page in numbers),
    )


def values_of(story: Story, at: datetime) -> list[Any]:
    """Return the parameters of BRANCHES."""
    own, moment, day = story.article, story.listed_at, story.listed_on
    beside = [story.language, moment, moment, own, own, at, at]
    related = [story.topic, story.topic, *beside]
    translation = [story.root, story.root, own, story.language, at, at]
    return [
        *beside,
        day,
        moment - DAY,
        *beside,
        day,
        moment + DAY,
        *beside,
        *related,
        *related,
        *translation,
        story.edition,
        story.edition,
    ]


def assembled(number: int, rows: list[Row]) -> list[Beneath]:
    """Sort the rows of the statement into what each page shows."""
    lines: dict[int, Line] = {}
    rubrics: dict[tuple[str, int], tuple[int, Rubric]] = {}
    changes: dict[int, datetime | None] = {}
    ids: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row in rows:
        tag, key = row[0], row[1]
        if tag == "line":
            lines[key] = line_of(row[2:])
        elif tag == "change":
            changes[key] = to_moment_or_none(row[4])
        elif row[7] is not None:
            rubrics[tag, key] = (row[2], Rubric(tag, key, *row[7:10]))
        else:
            ids[key, tag].append(row[2])
    return [page_of(one, lines, rubrics, ids, changes[one]) for one in range(number)]


def page_of(
    number: int,
    lines: dict[int, Line],
    rubrics: dict[tuple[str, int], tuple[int, Rubric]],
    ids: dict[tuple[int, str], list[int]],
    change: datetime | None,
) -> Beneath:
    def found(*tags: str) -> list[Line]:
        return newest_first([lines[one] for tag in tags for one in ids.get((number, tag), ())])

    def filed(tag: str) -> list[Rubric]:
        known = [rubrics[tag, one] for one in ids.get((number, tag), ())]
        return [rubric for _position, rubric in sorted(known, key=lambda one: (one[0], one[1].slug))]

    return Beneath(
        news=found("news"),
        earlier=next(iter(found("earlier")), None),
        later=next(iter(found("later")), None),
        related=found("related", "rare"),
        translations={line.language: line.path for line in found("translation")},
        regions=filed("region"),
        topics=filed("topic"),
        next_change_at=change,
    )
