"""Reads the rows of SQLite's index by their numbers, newest first, and stops when a page is full.

FTS5 would otherwise find every row that holds a common word before the first is shown.
"""

from datetime import datetime
from typing import Any

from django.db import connection

from ..shown.sql import adapted
from ..shown.visible import live
from .keys import second, second_of, span
from .match import condition
from .question import SearchQuestion

SPARE = 20  # rows read beyond a page, which show in nearly all cases that its last second is whole


def newest(
    question: SearchQuestion, language: str, at: datetime, size: int, place: tuple[datetime, int] | None, is_newer: bool
) -> list[int]:
    """Return the ids of live releases that answer: at least the `size` newest, or those next to a place (moment of
    publication, id of the article), older than it or with `is_newer` newer, as far as there are so many."""
    first, last = span(language)
    if place is not None:
        bounds = second(language, place[0])
        first, last = (bounds[0], last) if is_newer else (first, bounds[1])
    found = _read(question, at, (first, last), place, is_newer, size + SPARE)
    if len(found) < size + SPARE:
        return [release for release, _row in found]
    # Articles of one second stand in the order of their editions: the last one is read whole, for the page to sort.
    whole = second_of(found[size - 1][1])
    if whole[0] <= found[-1][1] <= whole[1]:
        found += _read(question, at, (max(first, whole[0]), min(last, whole[1])), place, is_newer, None)
    return list({release for release, row in found if (row <= whole[1] if is_newer else row >= whole[0])})


def _read(
    question: SearchQuestion,
    at: datetime,
    rows: tuple[int, int],
    place: tuple[datetime, int] | None,
    is_newer: bool,
    size: int | None,
) -> list[tuple[int, int]]:
    """Return ids and rows of the live releases that answer between two numbers, at most `size` of them, nearest first.

    CROSS JOIN keeps SQLite to the order of the tables: row by row, and of each its release.
    """
    wanted, parameters = condition(question)
    moment = adapted(at)
    values: list[Any] = [*parameters, *rows, moment, moment]
    beyond = ""
    if place is not None:
        beyond = f"AND (published_at, article_id) {'>' if is_newer else '<'} (%s, %s)"
        values += [adapted(place[0]), place[1]]
    sql = f"""
        SELECT articles_release.id, articles_search.rowid
        FROM articles_search CROSS JOIN articles_release ON indexed_as = articles_search.rowid
        WHERE {wanted} AND articles_search.rowid BETWEEN %s AND %s AND {live("", "%s")} {beyond}
        ORDER BY articles_search.rowid {"ASC" if is_newer else "DESC"} LIMIT %s
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, -1 if size is None else size])
        return cursor.fetchall()
