"""The articles whose pages name an entry: the next in "All news", the related ones of its topics, those that it follows
in a story, its translations.

A few statements for many entries; each part begins at an index and reads a number of rows that does not grow with the
archive.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import connection

from articles.shown.beneath import ALL_NEWS, RELATED
from articles.shown.sql import adapted, to_day
from articles.shown.visible import live

from .entry import Entry
from .places import BESIDE, Places, Row
from .stories import day_of, earlier_ones, parts_before, preceding, rows_before, stories_of

PARTS = 200  # in one statement; SQLite takes at most 500
TYPES = {str: "text", int: "bigint", datetime: "timestamptz", date: "date"}  # a datetime is a date, too: it comes first

LIVE = live("r.", "%s")
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
BEFORE_IT = (
    "SELECT r.id FROM articles_release r WHERE r.language = %s AND r.published_date = %s "  # noqa: S608
    f"AND (r.published_at, r.article_id) < (%s, %s) AND r.article_id <> %s AND {LIVE} "
    "ORDER BY r.published_at DESC, r.article_id DESC LIMIT 1"
)
FOUND = (
    "SELECT r.language, r.published_date, e.slug FROM articles_release r "
    "JOIN articles_edition e ON e.id = r.edition_id WHERE r.id IN ({})"
)

Part = tuple[str, list[Any]]  # a statement that finds ids of releases, and its values
Found = tuple[str, date, str]  # an article's language, day and address part


def articles_around(entries: Sequence[Entry], at: datetime, places: Places) -> Iterator[Found]:
    """Yield the articles, live at `at`, that name one of the entries; not those of its own day's row."""
    chained = chains(entries, places)
    followed = earlier_ones(chained)
    parts: list[Part] = []
    for number, entry in enumerate(entries):
        parts.append(translations(entry, at))
        for key, limit in naming_lists(entry):
            if (number, key) not in chained:
                parts.append(following(entry, key, at, places.uncounted))
                continue
            yield from map(day_of, places.up_to(entry, entries[chained[number, key]], key)[:limit])
        for key, pk in stories_of(entry):
            if (number, key) in followed:
                yield from map(day_of, rows_before(entry, entries[followed[number, key]], key, places))
            else:
                parts.append(preceding(entry, key, pk, at, places.uncounted))
    yield from found_by(parts)


def chains(entries: Sequence[Entry], places: Places) -> dict[tuple[int, str], int]:
    """Return which entry is followed, on its day in a list, by which other: their numbers, by number and key.

    What follows the first within some steps stands before the second, or follows that within as many: of a thousand
    entries of a day only the last one's followers have to be looked up. One whose article stands elsewhere is left out.
    """
    lists: dict[tuple[str, date, str], list[tuple[tuple[datetime, int], int]]] = defaultdict(list)
    for number, entry in enumerate(entries):
        if places.stands_at(entry):
            for key, _limit in naming_lists(entry):
                lists[entry.language, entry.day, key].append((entry.place, number))
    return {
        (one, key): other
        for (_language, _day, key), chain in lists.items()
        for (_, one), (_, other) in pairwise(sorted(chain))
    }


def naming_lists(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield the lists, by their keys, of which so many that follow the entry name it: all news, those of its topics."""
    yield "", ALL_NEWS
    for kind, slug in entry.rubrics:
        if kind == "topic":
            yield f"topic:{slug}", RELATED


def found_by(parts: Sequence[Part]) -> Iterator[Found]:
    """Yield the articles of the releases that the parts find."""
    for sql, values in (_each if connection.vendor == "postgresql" else _united)(parts):
        with connection.cursor() as cursor:
            cursor.execute(FOUND.format(sql), [adapted(value) for value in values])
            rows = cursor.fetchall()
        for language, day, slug in rows:
            yield language, to_day(day), slug


def _united(parts: Sequence[Part]) -> Iterator[Part]:
    """Put some parts at a time into one statement."""
    for start in range(0, len(parts), PARTS):
        some = parts[start : start + PARTS]
        found = " UNION ALL ".join(f"SELECT * FROM ({sql}) p{number}" for number, (sql, _) in enumerate(some))  # noqa: S608
        yield found, [value for _, values in some for value in values]


def _each(parts: Sequence[Part]) -> Iterator[Part]:
    """Put all parts of one wording into one statement, their values into arrays: PostgreSQL plans the wording once.

    To plan 200 parts one by one takes it five times as long as to read what they find.
    """
    worded: dict[str, list[list[Any]]] = defaultdict(list)
    for sql, values in parts:
        worded[sql].append(values)
    for sql, rows in worded.items():
        columns = [list(column) for column in zip(*rows, strict=True)]
        names = [f"a.c{number}" for number in range(len(columns))]
        arrays = ", ".join(f"%s::{_type_of(column[0])}[]" for column in columns)
        given = f"unnest({arrays}) AS a({', '.join(name[2:] for name in names)})"
        yield f"SELECT p.id FROM {given} CROSS JOIN LATERAL ({sql % tuple(names)}) p", columns  # noqa: S608


def _type_of(value: Any) -> str:
    return next(name for kind, name in TYPES.items() if isinstance(value, kind))


def parts_around(entry: Entry, at: datetime, uncounted: Sequence[Row]) -> Iterator[Part]:
    """Yield what finds the releases whose pages name the entry, but for those beside it on its day.

    `uncounted`: by which releases the archive's counts differ from what is live.
    """
    yield translations(entry, at)
    for key, _limit in naming_lists(entry):
        yield following(entry, key, at, uncounted)
    yield from parts_before(entry, at, uncounted)


def translations(entry: Entry, at: datetime) -> Part:
    """Return what finds the releases of the entry's article in other languages."""
    return IN_OTHER_LANGUAGES, [entry.root, entry.root, entry.article, at, at]


def before_it(entry: Entry, at: datetime) -> Part:
    """Return what finds the release before the entry on its day: its page names the one that follows."""
    return BEFORE_IT, [entry.language, entry.day, entry.published_at, entry.article, entry.article, at, at]


def following(entry: Entry, key: str, at: datetime, uncounted: Sequence[Row]) -> Part:
    """Return what finds the next releases after the entry in a list."""
    later = [entry.language, entry.published_at, entry.article, entry.article, at, at]
    if not key:
        return NEXT, later
    slugs = [f"topic:{slug}" for kind, slug in entry.rubrics if kind == "topic"]
    days, values = _days(entry, key, uncounted)
    return OF_TOPIC.format(days=days), [*values, entry.topics[slugs.index(key)], *later]


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
