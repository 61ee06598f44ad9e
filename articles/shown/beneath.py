"""What stands beneath many articles, with one statement: each page asks the same questions with values of its own.

SQLite is given the questions of each page, united; it plans them quickly, and has no LATERAL. PostgreSQL plans each
SELECT of a union by itself, which takes it longer than to read what they find: there each question is asked once, of
all pages' values in arrays.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection

from .facts import AHEAD, BEGUN
from .lines import COLUMNS, TABLES, LineRow
from .sql import ask
from .visible import live

ALL_NEWS = 10  # "All news" under an article: so many releases before it
RELATED = 3  # the nearest earlier ones of its first topic
FOLLOW_UPS = 10  # the nearest later ones of it: what is new of a story stands with the ten before it
# Two moments of one day are no further apart, whatever the zone was: so that the database looks no further either.
DAY = timedelta(days=3)


class PageValues(NamedTuple):
    """The values of a page: of a release, or of one as it would be. `moment` and `day`: as which it is listed;
    `from_day`: the day before that; `topic`: its first, `size`: how many editions bear it, -1 to be counted; `root`:
    the article that it, or that its origin, translates."""

    language: str
    moment: datetime
    own: int
    day: date
    from_day: date
    from_moment: datetime
    to_moment: datetime
    topic: int
    size: int
    root: int
    edition: int


class Answer(NamedTuple):
    """A row that is no line. One type stands in each column of a union, so it has the columns of a line: `number`, an
    id, a place or a size, is where a line has its article, and so on."""

    number: Any = None
    language: Any = None
    moment: Any = None
    day: Any = None
    rubric: Any = None
    slug: Any = None
    name_en: Any = None
    name_ru: Any = None
    marks: Any = None
    dated_marks: Any = None
    corrections: Any = None
    photo: Any = None


class Found(NamedTuple):
    """`lines`: by the ids of releases; `releases`: their ids, and `answers`: to all else, both by the number of the
    page and the tag, in no order."""

    lines: dict[int, LineRow]
    releases: dict[tuple[int, str], list[int]]
    answers: dict[tuple[int, str], list[Answer]]


TYPES = {str: "text", int: "bigint", datetime: "timestamptz", date: "date"}  # PostgreSQL's, of what is asked
VALUES = {name: TYPES[kind] for name, kind in PageValues.__annotations__.items()}
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
FOLLOWS = f"t.topic_id = {{topic}} AND {AFTER} AND {LIVE} {UP} LIMIT {FOLLOW_UPS}"
# What follows may be years away. The archive's counts know the days on which the story goes on: so many days hold so
# many of it; some more, as days may follow each other otherwise than moments, and one for each release that is still
# counted and has ended, which one that has begun has followed.
STORY_DAYS = (
    "SELECT date FROM (SELECT date FROM articles_count WHERE language = {language} "  # noqa: S608
    "AND rubric = (SELECT 'topic:' || slug FROM articles_topic WHERE id = {topic}) AND date >= {from_day} "
    f"AND number > 0 ORDER BY date LIMIT {FOLLOW_UPS + 4} + (SELECT COUNT(*) FROM begun)) counted "
    "UNION SELECT published_date FROM begun WHERE language = {language}"
)
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
    "follow-up": f"SELECT r.id FROM ({STORY_DAYS}) d CROSS JOIN articles_release r "  # noqa: S608
    f"CROSS JOIN articles_edition_topics t WHERE [size] >= {MANY} AND r.published_date = d.date "
    f"AND t.edition_id = r.edition_id AND {FOLLOWS}",
    "rare follow-up": f"SELECT r.id FROM articles_edition_topics t CROSS JOIN articles_release r "  # noqa: S608
    f"WHERE [size] < {MANY} AND r.edition_id = t.edition_id AND {FOLLOWS}",
    "translation": f"SELECT id FROM articles_release WHERE article_id IN ({FAMILY}) "  # noqa: S608
    f"AND article_id <> {{own}} AND language <> {{language}} AND {LIVE}",
}
SIZE = "SELECT [size] AS size"
# Of what follows on the story, only what is among the ten that the page shows, or would be: else one release to come
# would set the time of a whole story's pages.
BEFORE_IT = (
    "SELECT COUNT(*) FROM ids i JOIN articles_release f ON f.id = i.id WHERE i.number = [number] "
    "AND i.tag IN ('follow-up', 'rare follow-up') AND (f.published_at < ahead.published_at "
    "OR f.published_at = ahead.published_at AND f.article_id < ahead.article_id)"
)
CHANGE = (
    f"SELECT MIN(moment) AS moment FROM ahead WHERE article_id IN ({FAMILY}) "  # noqa: S608
    "OR language = {language} AND published_date <= {day} "
    f"OR {AFTER} AND EXISTS (SELECT 1 FROM articles_edition_topics t WHERE t.topic_id = {{topic}} "
    f"AND t.edition_id = ahead.edition_id) AND ({BEFORE_IT}) < {FOLLOW_UPS}"
)
RUBRIC = (
    "SELECT k.id, k.position, k.slug, k.name_en, k.name_ru FROM articles_edition_[kind]s f "
    "CROSS JOIN articles_[kind] k WHERE k.id = f.[kind]_id AND f.edition_id = {edition}"
)


def columns(**given: str) -> str:
    """Return the columns of an answer; those that are not given are NULL."""
    return ", ".join(column or "NULL" for column in Answer(**given))


# Its rows: a tag, a number and the columns of a line. That of "line" is the id of a release, that of all others the
# number of a page. Those of "line" are not the first: the driver for SQLite would take their moments for moments, and
# parse each before anybody asks for it.
STATEMENT = """
    /* shown.beneath */
    WITH {shared}, ids(number, tag, id) AS MATERIALIZED ({ids})
    SELECT tag, number, {of_ids} FROM ids
    UNION ALL SELECT 'line', r.id, {of_lines} FROM {tables} WHERE r.id IN (SELECT id FROM ids)
    UNION ALL {others}
"""
OTHERS = {
    "size": (columns(number="p.size"), SIZE),
    "change": (columns(moment="p.moment"), CHANGE),
    **{
        kind: (
            columns(number="p.position", rubric="p.id", slug="p.slug", name_en="p.name_en", name_ru="p.name_ru"),
            RUBRIC.replace("[kind]", kind),
        )
        for kind in ("region", "topic")
    },
}
ASKED = f"asked AS MATERIALIZED (SELECT * FROM unnest({{arrays}}) WITH ORDINALITY AS a({', '.join(VALUES)}, number))"  # noqa: S608


def read(pages: Sequence[PageValues], at: datetime, *, counted: bool) -> Found:
    """Read what stands beneath each of the pages at a moment; `counted`: the topics' sizes are counted, not given."""
    found = Found({}, defaultdict(list), defaultdict(list))
    statement = _statement(len(pages), counted, connection.vendor == "postgresql")
    for tag, number, first, *rest in ask(statement, {"at": at} | _given(pages)):
        if tag == "line":
            found.lines[number] = LineRow(first, *rest)
        elif tag in RELEASES:  # most rows are these: they are not made answers of
            found.releases[number, tag].append(first)
        else:
            found.answers[number, tag].append(Answer(first, *rest))
    return found


def _given(pages: Sequence[PageValues]) -> dict[str, Any]:
    """Return the values of all pages by their names in the statement."""
    if connection.vendor == "postgresql":
        return {name: list(column) for name, column in zip(VALUES, zip(*pages, strict=True), strict=True)}
    names = [f"{name}{number}" for number in range(len(pages)) for name in VALUES]
    return dict(zip(names, (value for page in pages for value in page), strict=True))


@lru_cache(maxsize=64)
def _statement(number: int, counted: bool, at_once: bool) -> str:
    def each(selected: str, question: str) -> str:
        question = question.replace("[size]", COUNTED if counted else KNOWN)
        if at_once:
            found = question.replace("[number]", "a.number - 1").format(**{name: f"a.{name}" for name in VALUES})
            return f"SELECT {selected.replace('[number]', 'a.number - 1')} FROM asked a CROSS JOIN LATERAL ({found}) p"  # noqa: S608
        return " UNION ALL ".join(
            f"SELECT {selected.replace('[number]', str(n))} "  # noqa: S608
            f"FROM ({question.replace('[number]', str(n)).format(**{name: f'%({name}{n})s' for name in VALUES})}) p"
            for n in range(number)
        )

    shared = f"{AHEAD}, {BEGUN}"
    if at_once:
        arrays = ", ".join(f"%({name})s::{kind}[]" for name, kind in VALUES.items())
        shared += ", " + ASKED.format(arrays=arrays)
    return STATEMENT.format(
        shared=shared,
        ids=" UNION ALL ".join(each(f"[number], '{tag}', p.id", question) for tag, question in RELEASES.items()),
        of_ids=columns(number="id"),
        of_lines=COLUMNS,
        tables=TABLES,
        others=" UNION ALL ".join(
            each(f"'{tag}', [number], {selected}", question) for tag, (selected, question) in OTHERS.items()
        ),
    )
