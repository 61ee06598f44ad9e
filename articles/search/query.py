"""Asks the index: the live releases in a language that answer a question.

What readers most likely mean by their words is asked first; where no article has that, everything they may mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ..models import Release
from .limits import ANY, Limits
from .match import condition
from .question import SearchQuestion, understand
from .rows import newest

FEW = 1000


@dataclass(frozen=True)
class Part:
    """The part of the answer that a page needs: `size` releases next to a place in the order of `published_at` and the
    id of the article, older than it or newer; without a place the newest ones, or with `is_newer` the oldest."""

    size: int
    place: tuple[datetime, int] | None = None
    is_newer: bool = False


def search(language: str, query: str, at: datetime) -> QuerySet[Release]:
    """Return the live releases in a language that answer the query, unordered; none if it holds no word."""
    return hits(asked(understand(query), language, at), language, at)


def asked(question: SearchQuestion, language: str, at: datetime) -> SearchQuestion:
    """Return the question, for what is likeliest meant by its words; for all lemmas where no article has that."""
    wide = question.widened()
    if not question or wide.tokens() == question.tokens() or hits(question, language, at, Part(1)).exists():
        return question
    return wide


def hits(
    question: SearchQuestion, language: str, at: datetime, part: Part | None = None, limits: Limits = ANY
) -> QuerySet[Release]:
    """Return the live releases in a language that answer the question, unordered.

    `part`: at least those of this part of the answer, within the limits; others may be among them.
    """
    live = Release.objects.live(at).filter(language=language)
    if not question:
        return live.none()
    if part is None:
        return live.filter(indexed_as__in=_rows(question) if connection.vendor == "postgresql" else _subquery(question))
    found = newest(question, language, at, part.size, part.place, part.is_newer, limits)
    return live.filter(pk__in=[one.release for one in found])


def _rows(question: SearchQuestion) -> Sequence[int] | RawSQL:
    """Return the rows that answer, few of them as numbers, many as a query: the database then walks the newest releases
    and asks of each whether it is a hit. Left to itself, PostgreSQL walks in both cases, seconds long for a word that
    nobody wrote."""
    wanted, parameters = condition(question)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM articles_search WHERE {wanted} LIMIT %s", [*parameters, FEW])  # noqa: S608
        found = [row[0] for row in cursor.fetchall()]
    return found if len(found) < FEW else _subquery(question)


def _subquery(question: SearchQuestion) -> RawSQL:
    wanted, parameters = condition(question)
    return RawSQL(f"SELECT rowid FROM articles_search WHERE {wanted}", parameters)  # noqa: S608, S611
