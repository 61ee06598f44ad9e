"""Puts editions into the index, and finds the editions that hold given words as written."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from ..models import Edition
from .words import folded, plain, stem

INSERT = {
    "sqlite": "INSERT INTO articles_search (rowid, words, folded) VALUES (%s, %s, %s)",
    "postgresql": "INSERT INTO articles_search (rowid, words, folded) "
    "VALUES (%s, to_tsvector('simple', %s), to_tsvector('simple', %s))",
}


def texts(edition: Edition) -> Iterator[str]:
    """Yield every printed text of an edition, without markup."""
    yield edition.headline
    yield edition.summary
    yield plain(edition.body)
    yield from (str(edition.photo.get(name, "")) for name in ("caption", "alt", "credit"))
    yield from map(str, edition.bylines)
    yield edition.source_line
    yield from (str(edition.origin.get(name) or "") for name in ("outlet", "translator"))
    yield from (str(correction.get("text", "")) for correction in edition.corrections)


def index(edition: Edition) -> None:
    """Put an edition into the index, in place of what stood there of it."""
    words = [word for text in texts(edition) for word in folded(text)]
    row = [edition.pk, " ".join(map(stem, words)), " ".join(words)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search WHERE rowid = %s", [edition.pk])
        cursor.execute(INSERT[connection.vendor], row)


def match(column: str, phrases: Iterable[Sequence[str]]) -> tuple[str, list[str]]:
    """Return the SQL condition and its parameters for rows in which every phrase (words in a row) stands."""
    wanted = [" ".join(phrase) for phrase in phrases]
    if connection.vendor == "postgresql":
        condition = " AND ".join(f"{column} @@ phraseto_tsquery('simple', %s)" for _ in wanted)
        return condition, wanted
    # The words hold letters, digits and apostrophes only: nothing to escape inside the quotes of FTS5.
    quoted = " AND ".join(f'"{phrase}"' for phrase in wanted)
    return "articles_search MATCH %s", [f"{{{column}}} : ({quoted})"]


def rows(column: str, phrases: Iterable[Sequence[str]], limit: int) -> list[int]:
    """Return the ids of at most `limit` editions in which every phrase stands."""
    condition, parameters = match(column, phrases)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM articles_search WHERE {condition} LIMIT %s",  # noqa: S608
            [*parameters, limit],
        )
        return [row[0] for row in cursor.fetchall()]


def editions_with(name: str, limit: int = 2**31) -> list[int]:
    """Return the ids of the editions that hold the words of `name` in a row, as written but for folding."""
    words = folded(name)
    return rows("folded", [words], limit) if words else []
