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
from ..pagemap import ALL_NEWS, RELATED
from .frame import Rubric
from .lines import COLUMNS, TABLES, line_of, newest_first
from .standing import Story

# The parameters of a page end with its number: {n}.
VALUES = "language moment own day from_moment to_moment topic size root edition".split()
BEFORE = (
    "language = %(language{n})s AND published_at <= %(moment{n})s "
    "AND (published_at < %(moment{n})s OR article_id < %(own{n})s) AND article_id <> %(own{n})s"
)
AFTER = (
    "language = %(language{n})s AND published_at >= %(moment{n})s "
    "AND (published_at > %(moment{n})s OR article_id > %(own{n})s) AND article_id <> %(own{n})s"
)
LIVE = "live_at <= %(at)s AND (ended_at IS NULL OR ended_at > %(at)s)"
DOWN = "ORDER BY published_at DESC, article_id DESC"
UP = "ORDER BY published_at, article_id"
# The article that others are translated from, and those; asked with OR, SQLite reads all articles.
FAMILY = "SELECT %(root{n})s UNION ALL SELECT id FROM articles_article WHERE origin_article_id = %(root{n})s"
# A topic of many editions is met soon on the way through the list of all; of a small one every release is read and
# sorted. Which it is, is counted no further than need be, and remembered for a while: a number grown old makes the
# statement slower, and no page wrong. SQLite reads the tables of a CROSS JOIN in their order.
MANY = 500
REMEMBERED = 2000  # pages
_sizes: dict[int, tuple[int, int]] = {}  # topic → its size, and for how many pages more it is taken for true
COUNTED = (
    "(SELECT COUNT(*) FROM "  # noqa: S608
    f"(SELECT 1 FROM articles_edition_topics WHERE topic_id = %(topic{{n}})s LIMIT {MANY}) few)"
)
KNOWN = "%(size{n})s"  # by itself: SQLite then asks it once, and not for each row
OF_TOPIC = f"t.topic_id = %(topic{{n}})s AND {BEFORE} AND {LIVE} {DOWN} LIMIT {RELATED}"
# Two moments of one day are no further apart, whatever the zone was: so that the database looks no further either.
DAY = timedelta(days=3)
BRANCHES = {
    "news": f"SELECT id FROM articles_release WHERE {BEFORE} AND {LIVE} {DOWN} LIMIT {ALL_NEWS}",  # noqa: S608
    "earlier": "SELECT id FROM articles_release WHERE published_date = %(day{n})s "  # noqa: S608
    f"AND published_at >= %(from_moment{{n}})s AND {BEFORE} AND {LIVE} {DOWN} LIMIT 1",
    "later": "SELECT id FROM articles_release WHERE published_date = %(day{n})s "  # noqa: S608
    f"AND published_at <= %(to_moment{{n}})s AND {AFTER} AND {LIVE} {UP} LIMIT 1",
    "related": f"SELECT r.id FROM articles_release r CROSS JOIN articles_edition_topics t "  # noqa: S608
    f"WHERE {{size}} >= {MANY} AND t.edition_id = r.edition_id AND {OF_TOPIC}",
    "rare": f"SELECT r.id FROM articles_edition_topics t CROSS JOIN articles_release r "  # noqa: S608
    f"WHERE {{size}} < {MANY} AND r.edition_id = t.edition_id AND {OF_TOPIC}",
    "translation": f"SELECT id FROM articles_release WHERE article_id IN ({FAMILY}) "  # noqa: S608
    f"AND article_id <> %(own{{n}})s AND language <> %(language{{n}})s AND {LIVE}",
    "size": "SELECT {size} AS id",
}
CHANGE = f"""
    SELECT 'change', {{n}}, NULL, NULL, MIN(moment), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM ahead
    WHERE article_id IN ({FAMILY}) OR language = %(language{{n}})s AND published_date <= %(day{{n}})s
"""  # noqa: S608
STATEMENT = """
    {shared}, ids(number, tag, id) AS MATERIALIZED ({ids})
    SELECT 'line', r.id, {columns} FROM {tables} WHERE r.id IN (SELECT id FROM ids WHERE tag <> 'size')
    UNION ALL SELECT tag, number, id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM ids
    UNION ALL {rubrics}
    UNION ALL {changes}
"""
RUBRICS = """
    SELECT '{kind}', f.edition_id, position, NULL, NULL, NULL, k.id, slug, name_en, name_ru, NULL, NULL, NULL, NULL
    FROM articles_edition_{kind}s f CROSS JOIN articles_{kind} k
    WHERE k.id = f.{kind}_id AND f.edition_id IN ({editions})
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
    values: dict[str, Any] = {"at": at}
    for number, story in enumerate(stories):
        values |= {f"{name}{number}": value for name, value in zip(VALUES, values_of(story), strict=True)}
    counted = any(values[f"size{number}"] < 0 for number in range(len(stories)))
    return assembled(stories, ask(statement_about(len(stories), counted), values))


@lru_cache(maxsize=64)
def statement_about(number: int, counted: bool) -> str:
    """Return the statement for so many pages; `counted`: it counts how many editions their topics have."""
    sizes = [(COUNTED if counted else KNOWN).format(n=n) for n in range(number)]
    branches = [
        f"SELECT {n}, '{tag}', id FROM ({branch.format(n=n, size=size)}) {tag}_{n}"  # noqa: S608
        for n, size in enumerate(sizes)
        for tag, branch in BRANCHES.items()
    ]
    editions = ", ".join(f"%(edition{n})s" for n in range(number))
    return STATEMENT.format(
        shared=SHARED.format(at="%(at)s"),
        ids=" UNION ALL ".join(branches),
        columns=COLUMNS,
        tables=TABLES,
        rubrics=" UNION ALL ".join(RUBRICS.format(kind=kind, editions=editions) for kind in ("region", "topic")),
        changes=" UNION ALL ".join(CHANGE.format(n=n) for n in range(number)),
    )


def values_of(story: Story) -> tuple[Any, ...]:
    """Return the parameters of a page, in the order of VALUES."""
    moment, size = story.listed_at, topic_size(story.topic)
    near = (moment - DAY, moment + DAY)
    return (
        story.language, moment, story.article, story.listed_on, *near, story.topic, size, story.root, story.edition,
    )  # fmt: skip


def topic_size(topic: int) -> int:
    """Return how many editions a topic has, at most MANY, as it was counted last; -1: it is to be counted now."""
    size, pages = _sizes.get(topic, (-1, 0))
    if pages:
        _sizes[topic] = (size, pages - 1)
    return size if pages else -1


def assembled(stories: Sequence[Story], rows: list[Row]) -> list[Beneath]:
    """Sort the rows of the statement into what each page shows."""
    lines: dict[int, Line] = {}
    rubrics: dict[tuple[int, str], list[tuple[int, str, Rubric]]] = defaultdict(list)
    changes: dict[int, datetime | None] = {}
    ids: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row in rows:
        tag, key = row[0], row[1]
        if tag == "line":
            lines[key] = line_of(row[2:])
        elif tag == "change":
            changes[key] = to_moment_or_none(row[4])
        elif tag in ("region", "topic"):
            rubrics[key, tag].append((row[2], row[7], Rubric(tag, *row[6:10])))
        else:
            ids[key, tag].append(row[2])
    for number, story in enumerate(stories):
        remember_size(story.topic, ids[number, "size"][0])
    return [page_of(number, story, lines, rubrics, ids, changes[number]) for number, story in enumerate(stories)]


def remember_size(topic: int, size: int) -> None:
    """Take a topic's size for true for a while, unless it has been for some time."""
    if not _sizes.get(topic, (0, 0))[1]:
        _sizes[topic] = (size, REMEMBERED)


def page_of(
    number: int,
    story: Story,
    lines: dict[int, Line],
    rubrics: dict[tuple[int, str], list[tuple[int, str, Rubric]]],
    ids: dict[tuple[int, str], list[int]],
    change: datetime | None,
) -> Beneath:
    def found(*tags: str) -> list[Line]:
        return newest_first([lines[one] for tag in tags for one in ids.get((number, tag), ())])

    def filed(tag: str) -> list[Rubric]:
        return [rubric for _position, _slug, rubric in sorted(rubrics.get((story.edition, tag), ()))]

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
