"""A reader's query: every word must stand in the article, words in quotation marks one after another."""

import re
from datetime import datetime

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from ..models import Release
from .index import match, rows
from .words import stems

LONGEST_QUERY = 200  # characters
MOST_PHRASES = 12
RARE = 1000
PART = re.compile(r'["“”„«»]([^"“”„«»]+)["“”„«»]|([^\s"“”„«»]+)')


def phrases(query: str) -> list[list[str]]:
    """Return the phrases of a query as lists of stems; a word outside quotation marks is a phrase of its own.

    >>> phrases('courts "port strike"')
    [['court'], ['port', 'strike']]
    """
    found: list[list[str]] = []
    for quoted, bare in PART.findall(query[:LONGEST_QUERY]):
        words = stems(quoted or bare)
        found += [words] if quoted else [[word] for word in words]
    return [phrase for phrase in found if phrase][:MOST_PHRASES]


def search(language: str, query: str, at: datetime) -> QuerySet[Release]:
    """Return the live releases in a language that answer the query, unordered; none if it holds no word.

    Few hits are looked up by id; with many the database walks the newest releases and asks of each whether
    it is a hit. Left to itself, PostgreSQL walks in both cases, seconds long for a word that nobody wrote.
    """
    wanted = phrases(query)
    live = Release.objects.live(at).filter(language=language)
    if not wanted:
        return live.none()
    found = rows("words", wanted, RARE)
    if len(found) < RARE:
        return live.filter(indexed_as__in=found)
    condition, parameters = match("words", wanted)
    hits = RawSQL(f"SELECT rowid FROM articles_search WHERE {condition}", parameters)  # noqa: S608, S611
    return live.filter(indexed_as__in=hits)
