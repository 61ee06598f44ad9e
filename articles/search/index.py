"""Puts editions into the index, and finds the editions that hold given words as the engine sees them.

A relabel changes no word: its release goes on with the row of the edition it follows (`Release.indexed_as`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from ..footnotes.fold import fold
from ..footnotes.html import markup_cuts
from ..models import Edition
from ..models.printed import COLUMNS, PRINTED, texts_of
from .words import LONGEST, MOST, folded, plain, stem

INSERT = {
    "sqlite": "INSERT INTO articles_search (rowid, words, folded) VALUES (%s, %s, %s)",
    "postgresql": "INSERT INTO articles_search (rowid, words, folded) "
    "VALUES (%s, to_tsvector('simple', %s), to_tsvector('simple', %s))",
}
SCANNED = re.compile(r"[^\W_]+")
SOME = 200  # phrases asked for in one query


def texts(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield every printed text of an edition that is searched, with its format."""
    columns = {column: getattr(edition, column) for column in COLUMNS}
    for row in PRINTED:
        if row.is_searched:
            yield from ((text, row.format) for _name, text in texts_of(columns, row))


def readers_words(edition: Edition) -> list[str]:
    """Return the stemmed words that readers search for."""
    shown = (plain(text) if kind == "html" else text for text, kind in texts(edition))
    return [stem(word) for text in shown for word in folded(text)]


def engine_words(edition: Edition) -> list[str]:
    """Return the words of all fields as the engine's automaton scans them, so that no form of a name is missed."""
    scans = [fold(text, markup_cuts(text) if kind == "html" else None).scan for text, kind in texts(edition)]
    return [word[:LONGEST] for scan in scans for word in SCANNED.findall(scan)][:MOST]


def index(*editions: Edition) -> None:
    """Put editions into the index that have just been stored."""
    rows: list[list[str | int]] = [
        [one.pk, " ".join(readers_words(one)), " ".join(engine_words(one))] for one in editions
    ]
    with connection.cursor() as cursor:
        cursor.executemany(INSERT[connection.vendor], rows)


def drop(editions: Iterable[int]) -> None:
    """Take editions out of the index, by their ids."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM articles_search WHERE rowid = %s", [[pk] for pk in editions])


def match(column: str, phrases: Iterable[Sequence[str]], joined: str = "AND") -> tuple[str, list[str]]:
    """Return the SQL condition and its parameters for rows in which every phrase (words in a row) stands.

    `joined`: "AND", or "OR" for rows in which one of them stands.
    """
    wanted = [" ".join(phrase) for phrase in phrases]
    if connection.vendor == "postgresql":
        condition = f" {joined} ".join(f"{column} @@ phraseto_tsquery('simple', %s)" for _ in wanted)
        return condition, wanted
    # The words hold letters, digits and apostrophes only: nothing to escape inside the quotes of FTS5.
    quoted = f" {joined} ".join(f'"{phrase}"' for phrase in wanted)
    return "articles_search MATCH %s", [f"{{{column}}} : ({quoted})"]


def rows(column: str, phrases: Iterable[Sequence[str]], limit: int = 2**31, joined: str = "AND") -> list[int]:
    """Return the ids of at most `limit` editions in which every phrase stands, or with "OR" one of them."""
    condition, parameters = match(column, phrases, joined)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM articles_search WHERE {condition} LIMIT %s",  # noqa: S608
            [*parameters, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def editions_with(forms: Iterable[str]) -> set[int]:
    """Return the ids, as in `Release.indexed_as`, under which one of the forms stands, given as the engine's compiled
    folded forms."""
    wanted = sorted({tuple(word[:LONGEST] for word in SCANNED.findall(form)) for form in forms} - {()})
    found: set[int] = set()
    for start in range(0, len(wanted), SOME):
        found.update(rows("folded", wanted[start : start + SOME], joined="OR"))
    return found
