"""Reads the rows of the index by their numbers, newest first, and stops when there are enough.

Three ways lead to them, chosen by how many articles hold the words (`counts`): from the words, each row that has them;
from the newest articles, of which each is asked whether it holds them (PostgreSQL, whose index of words knows no order,
of words that are everywhere; on both databases those of chosen rubrics); from the few rows that a limit leaves. None
looks at more than `FURTHEST` rows. A question without words has the newest of the chosen rubrics as its answer.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from ..shown.sql import adapted, among, as_value, ask
from ..shown.visible import live
from .counts import estimate
from .keys import moment_of, second, second_of
from .limits import ANY, Limits
from .match import condition
from .question import SearchQuestion

SPARE = 20  # rows read beyond a page, which show in nearly all cases that its last second is whole
FURTHEST = 20_000  # rows of the index that one question may look at
ENOUGH = 1_000  # hits: where these are met sooner on a walk through the newest articles than in the index of words
COMMON_IN_RUBRICS = 0.05  # of all articles

INDEX = "SELECT rowid AS row FROM articles_search"
SELECTED = "SELECT r.id, s.row, r.edition_id, r.category_id"


class HitRow(NamedTuple):
    """A live release that answers, as the driver gives it; `row`: its number in the index."""

    release: int
    row: int
    edition: int
    category: int


class Asking(NamedTuple):
    """One question to the index. `rows`: the first and the last number looked at."""

    question: SearchQuestion
    language: str
    at: datetime
    limits: Limits
    rows: tuple[int, int]
    place: tuple[datetime, int] | None = None
    is_newer: bool = False

    @property
    def way(self) -> str:
        return "ASC" if self.is_newer else "DESC"


def newest(
    question: SearchQuestion,
    language: str,
    at: datetime,
    size: int,
    place: tuple[datetime, int] | None = None,
    is_newer: bool = False,
    limits: Limits = ANY,
) -> list[HitRow]:
    """Return live releases that answer: at least the `size` newest, or those next to a place (moment of publication, id
    of the article), older than it or with `is_newer` newer, as far as there are so many; nearest first."""
    asking = _asking(question, language, at, place, is_newer, limits)
    first, last = asking.rows
    found = _read(asking, size + SPARE)
    if len(found) < size + SPARE:
        return found
    # Articles of one second stand in the order of their editions: the last one is read whole, for the page to sort.
    whole = second_of(found[size - 1].row)
    if whole[0] <= found[-1].row <= whole[1]:
        found += _read(asking._replace(rows=(max(first, whole[0]), min(last, whole[1]))), None)
    return list(dict.fromkeys(one for one in found if (one.row <= whole[1] if is_newer else one.row >= whole[0])))


def beyond(
    question: SearchQuestion,
    language: str,
    at: datetime,
    place: tuple[datetime, int] | None = None,
    is_newer: bool = False,
    limits: Limits = ANY,
) -> datetime | None:
    """Return the second of the nearest row that `newest` does not look at, as it has looked at `FURTHEST`; None where
    it looks at all that may answer. Of words that are everywhere and seldom together, articles behind may have them.

    The question has words.
    """
    asking = _asking(question, language, at, place, is_newer, limits)
    if limits.few(at) is not None:
        return None
    held, every = estimate(question, language)
    if _is_filed_walk(limits, held, every):
        rows, values = "row FROM articles_filing WHERE rubrics = %s AND row", [limits.rubrics, *asking.rows]
    elif every > FURTHEST and _is_walk(held, every):
        rows, values = "rowid AS row FROM articles_search WHERE rowid", [*asking.rows]
    else:
        return None
    asked = f"SELECT {rows} BETWEEN %s AND %s ORDER BY row {asking.way} LIMIT 1 OFFSET {FURTHEST}"
    return next((moment_of(row) for (row,) in ask(asked, values)), None)


def _asking(
    question: SearchQuestion,
    language: str,
    at: datetime,
    place: tuple[datetime, int] | None,
    is_newer: bool,
    limits: Limits,
) -> Asking:
    first, last = limits.rows(language)
    if place is not None:
        bounds = second(language, place[0])
        first, last = (max(first, bounds[0]), last) if is_newer else (first, min(last, bounds[1]))
    return Asking(question, language, at, limits, (first, last), place, is_newer)


def _is_filed_walk(limits: Limits, held: int, every: int) -> bool:
    """Say whether the rows of chosen rubrics are gone through, and of each is asked whether it holds the words."""
    return bool(limits.rubrics) and held > COMMON_IN_RUBRICS * every


def _is_walk(held: int, every: int) -> bool:
    """Say whether PostgreSQL meets enough hits sooner among the newest articles than in its index of words."""
    return connection.vendor == "postgresql" and held * held > ENOUGH * every


def _read(asking: Asking, size: int | None) -> list[HitRow]:
    """Return at most `size` rows, nearest first."""
    source, values, limits = _source(asking)
    moment = adapted(asking.at)
    narrowed, more = limits.sql()
    values += [moment, moment, *more]
    beyond = ""
    if asking.place is not None:
        beyond = f" AND (r.published_at, r.article_id) {'>' if asking.is_newer else '<'} (%s, %s)"
        values += [adapted(asking.place[0]), asking.place[1]]
    limit = "" if size is None else f" LIMIT {int(size)}"
    # SQLite keeps to the order of a CROSS JOIN, and so to that of the rows: sorting them would read them all.
    order = f" ORDER BY s.row {asking.way}" if connection.vendor == "postgresql" else ""
    sql = f"{SELECTED} FROM {source} WHERE {live('r.', '%s')}{narrowed}{beyond}{order}{limit}"
    found = [HitRow._make(row) for row in ask(sql, values)]
    return sorted(found, key=lambda one: one.row, reverse=not asking.is_newer)


def _source(asking: Asking) -> tuple[str, list[Any], Limits]:
    """Return where the rows come from, joined to their releases, the values, and the limits still to be kept."""
    if not asking.question:
        return *_of_rubrics(asking), replace(asking.limits, rubrics=0)
    wanted, parameters = condition(asking.question)
    few = asking.limits.few(asking.at)
    if few is not None:
        some = [row for row in few if asking.rows[0] <= row <= asking.rows[1]] or [-1]
        index = f"({INDEX} WHERE {wanted} AND rowid {among()}) s"
        return f"{index} {_joined()}", [*parameters, as_value(some)], asking.limits
    held, every = estimate(asking.question, asking.language)
    between, walked = "rowid BETWEEN %s AND %s", f"LIMIT {FURTHEST}"
    if _is_filed_walk(asking.limits, held, every):
        rubrics, values = _of_rubrics(asking)
        holds = f"EXISTS (SELECT 1 FROM articles_search WHERE rowid = s.row AND {wanted})"  # noqa: S608
        return f"{rubrics} AND {holds}", [*values, *parameters], replace(asking.limits, rubrics=0)
    if _is_walk(held, every):
        columns = "SELECT rowid AS row, lemmas, words FROM articles_search"
        walk = f"({columns} WHERE {between} ORDER BY rowid {asking.way} {walked}) s"
        return f"{walk} {_joined()} AND {wanted}", [*asking.rows, *parameters], asking.limits
    # PostgreSQL, left to itself, walks for a word that nobody wrote, seconds long: a sum is no column of an index.
    found = "SELECT rowid + 0 AS row FROM articles_search" if connection.vendor == "postgresql" else INDEX
    index = f"({found} WHERE {wanted} AND {between} ORDER BY 1 {asking.way} {walked}) s"
    return f"{index} {_joined()}", [*parameters, *asking.rows], asking.limits


def _of_rubrics(asking: Asking) -> tuple[str, list[Any]]:
    """Return where the rows of the chosen rubrics come from, joined to their releases, and the values."""
    filed = (
        "SELECT row FROM articles_filing WHERE rubrics = %s AND row BETWEEN %s AND %s "  # noqa: S608
        f"ORDER BY row {asking.way} LIMIT {FURTHEST}"
    )
    return f"({filed}) s {_joined()}", [asking.limits.rubrics, *asking.rows]


def _joined() -> str:
    """Return the releases of rows `s`, each looked for by its number, in the order of the rows: neither database is to
    read all releases instead, nor more rows than are wanted."""
    if connection.vendor == "sqlite":
        return "CROSS JOIN articles_release r ON r.indexed_as = s.row"
    return "JOIN LATERAL (SELECT * FROM articles_release WHERE indexed_as = s.row OFFSET 0) r ON TRUE"
