"""The lines of a front page: what people have placed there, the newest of a language, and by category, with one
statement; the breaking line, and when either ends, as facts of the page."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from ..models import PLACE_KINDS, Spot
from .facts import Branch, columns
from .lines import COLUMNS, NEWEST, TABLES, LineRow, split
from .sql import Row, ask
from .visible import AT, live

ALL = 0  # the part of all categories: the newest, wherever else on the page they stand
UNPLACED = -1  # the newest that stand in no place of the page
PLACED = -2  # those in places


class FrontPart(NamedTuple):
    """Which part of the page a line is read for: the id of a category, or one of those above; and of what is PLACED the
    kind of its place, and which of these it is."""

    part: int
    kind: str
    position: int


class FrontRows(NamedTuple):
    """`parts`: by category (its id), ALL and UNPLACED, in no order; `placed`: what holds its place."""

    parts: dict[int, list[LineRow]]
    placed: dict[Spot, LineRow]


# That a release stands in a place: until its time is over, and in those of a category while it is filed there.
HOLDS = (
    f"p.article_id = r.article_id AND p.language = r.language AND (p.until IS NULL OR p.until > {AT}) "
    "AND (p.category_id IS NULL OR p.category_id = r.category_id)"
)


def front_rows(
    language: str, at: datetime, numbers: Mapping[int, int], instead: Collection[int] | None = None
) -> FrontRows:
    """Read what readers see of the placed articles, and so many of the newest releases by category (its id; of all:
    ALL, UNPLACED); what stands in a place is left out of the latter, but not of ALL.

    `instead`: the articles that stand in places of a page that is not stored; then no placed ones are read.
    """
    free = f"NOT EXISTS (SELECT 1 FROM articles_frontplace p WHERE {HOLDS})"  # noqa: S608
    values = {"at": at, "language": language}
    branches = [_placed()] if instead is None else []
    if instead is not None:
        names = {f"placed_{number}": one for number, one in enumerate(instead)}
        values |= names
        free = f"r.article_id NOT IN ({', '.join(f'%({name})s' for name in names)})" if names else ""
    branches += _newest(numbers, free)
    found = FrontRows(defaultdict(list), {})
    for row in ask(f"/* shown.front */ {' UNION ALL '.join(branches)}", values):
        _take(row, found)
    return found


def _placed() -> str:
    place = f"{PLACED} AS part, p.kind AS kind, p.position AS position"
    return (
        f"SELECT {COLUMNS}, {place} FROM articles_frontplace p JOIN articles_release r ON {HOLDS} "  # noqa: S608
        f"JOIN articles_edition e ON e.id = r.edition_id WHERE p.language = %(language)s AND {live()}"
    )


def _newest(numbers: Mapping[int, int], free: str) -> Iterator[str]:
    for part, number in numbers.items():
        asked = ["r.language = %(language)s", live()]
        if free and part != ALL:
            asked.append(free)
        if part > 0:
            asked.append(f"r.category_id = {part}")
        yield (
            f"SELECT * FROM (SELECT {COLUMNS}, {part} AS part, '' AS kind, 0 AS position FROM {TABLES} "  # noqa: S608
            f"WHERE {' AND '.join(asked)} {NEWEST} LIMIT {number}) part_{part if part >= 0 else 'unplaced'}"
        )


def _take(row: Row, found: FrontRows) -> None:
    line, rest = split(row)
    part = FrontPart._make(rest)
    if part.part != PLACED:
        found.parts[part.part].append(line)
    else:
        category = line.category if PLACE_KINDS[part.kind].of_category else 0
        found.placed[Spot(part.kind, category, part.position)] = line


def breaking(language: str) -> Branch:
    """Ask for the breaking line that readers see: a row with its words as `text`, and its link as `name_en`."""
    shown = f"EXISTS (SELECT 1 FROM articles_release r WHERE r.article_id = b.article_id AND r.language = b.language AND {live()})"  # noqa: S608, E501
    select = (
        f"SELECT {columns('breaking', text='b.text', name_en='b.link')} FROM articles_breakingline b "  # noqa: S608
        f"WHERE b.language = %(language)s AND (b.until IS NULL OR b.until > {AT}) AND (b.article_id IS NULL OR {shown})"
    )
    return Branch(select, {"language": language})


def ends_ahead(language: str) -> Branch:
    """Ask for the next moment at which a place or the breaking line ends by itself: with it the page changes as with a
    release that ends."""
    select = " UNION ALL ".join(
        f"SELECT {columns('change', moment='MIN(until)')} FROM {table} WHERE language = %(language)s AND until > {AT}"  # noqa: S608
        for table in ("articles_frontplace", "articles_breakingline")
    )
    return Branch(select, {"language": language})
