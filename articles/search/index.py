"""Puts editions into the index, and finds the editions that hold given words as the engine sees them.

A relabel changes no word: its release goes on with the row of the edition it follows (`Release.indexed_as`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection

from ..footnotes.fold import fold
from ..footnotes.html import markup_cuts
from ..models import Edition, SearchPlace
from ..models.printed import COLUMNS, PRINTED, texts_of
from .counts import recount
from .filings import file_editions
from .keys import key_of
from .words import LONGEST, MOST, analysed, plain

VALUES = {
    "sqlite": "VALUES (%s, %s, %s, %s)",
    "postgresql": "VALUES (%s, %s::tsvector, %s::tsvector, to_tsvector('simple', %s))",
}
SCANNED = re.compile(r"[^\W_]+")
SUMMARY, OPENING = 80, 40  # words of the summary and the body whose places are kept
OPENING_READ = 2_000  # characters of the body in which these are
SOME = 200  # phrases asked for in one query
LARGEST = 500_000  # bytes of different words that are kept of an edition: a tsvector holds a megabyte


def texts(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield every printed text of an edition that is searched, with its format."""
    columns = {column: getattr(edition, column) for column in COLUMNS}
    for row in PRINTED:
        if row.is_searched:
            yield from ((text, row.format) for _name, text in texts_of(columns, row))


def readers_texts(edition: Edition) -> list[str]:
    """Return the texts of an edition as readers see them, without markup."""
    return [plain(text) if kind == "html" else text for text, kind in texts(edition)]


def readers_words(edition: Edition) -> tuple[list[str], list[str]]:
    """Return a lemma for each word that readers may search for, in their order; and every lemma that it may have."""
    row, every = analysed("\n".join(readers_texts(edition)))  # of the whole, as a form has one sense in an article
    return fitting(row), fitting(sorted(every))


def fitting(words: Iterable[str]) -> list[str]:
    """Return the first words, as many as a tsvector holds whatever they are."""
    kept: list[str] = []
    known: set[str] = set()
    room = LARGEST
    for word in words:
        if word not in known:
            known.add(word)
            room -= len(word.encode())
        if room < 0 or len(kept) == MOST:
            break
        kept.append(word)
    return kept


def engine_words(edition: Edition) -> list[str]:
    """Return the words of all fields as the engine's automaton scans them, so that no form of a name is missed."""
    scans = [fold(text, markup_cuts(text) if kind == "html" else None).scan for text, kind in texts(edition)]
    return [word[:LONGEST] for scan in scans for word in SCANNED.findall(scan)][:MOST]


def index(*editions: Edition) -> None:
    """Put editions into the index that have just been stored and released.

    In the order of their rows: FTS5 writes a segment of its own for each row that does not follow the one before.
    """
    rows = {key_of(edition): edition for edition in editions}
    put(rows, "articles_search")
    SearchPlace.objects.bulk_create([place_of(row, one) for row, one in sorted(rows.items())])
    numbers = [one.pk for one in editions]
    file_editions(min(numbers), max(numbers))


def put(editions: Mapping[int, Edition], table: str) -> None:
    """Put editions into a table of the index, each under its number."""
    as_words = positioned if connection.vendor == "postgresql" else " ".join
    as_lemmas = quoted if connection.vendor == "postgresql" else " ".join
    rows: list[list[str | int]] = []
    for number, one in sorted(editions.items()):
        words, lemmas = readers_words(one)
        rows.append([number, as_words(words), as_lemmas(lemmas), " ".join(engine_words(one))])
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} (rowid, words, lemmas, folded) {VALUES[connection.vendor]}",
            rows,
        )


def place_of(row: int, edition: Edition) -> SearchPlace:
    """Return how an edition begins, for the order by relevance."""
    body = plain(edition.body[:OPENING_READ])
    return SearchPlace(
        row=row,
        headline=" ".join(analysed(edition.headline)[0]),
        summary=" ".join(analysed(edition.summary)[0][:SUMMARY]),
        opening=" ".join(analysed(body)[0][:OPENING]),
        authors=f" {' '.join(map(str, filter(None, edition.author_ids)))} ",
    )


def positioned(words: Sequence[str]) -> str:
    """Return words as a tsvector that says where they stand; those after the 16,383rd are all in one place there."""
    return " ".join(f"'{word}':{number}" for number, word in enumerate(words, start=1))


def quoted(words: Sequence[str]) -> str:
    """Return words as a tsvector."""
    return " ".join(f"'{word}'" for word in words)


def drop(numbers: Iterable[int]) -> None:
    """Take rows out of the index, by their numbers, as in `Release.indexed_as`."""
    numbers = list(numbers)
    recount([], numbers)
    SearchPlace.objects.filter(row__in=numbers).delete()
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM articles_search WHERE rowid = %s", [[number] for number in numbers])


def editions_with(forms: Iterable[str]) -> set[int]:
    """Return the numbers, as in `Release.indexed_as`, under which one of the forms stands, given as the engine's
    compiled folded forms."""
    wanted = sorted({tuple(word[:LONGEST] for word in SCANNED.findall(form)) for form in forms} - {()})
    found: set[int] = set()
    for start in range(0, len(wanted), SOME):
        found.update(_with_any(wanted[start : start + SOME]))
    return found


def count_with(forms: Iterable[str], most: int) -> int:
    """Return under how many numbers one of the forms stands, at most `most`: as far as it is counted."""
    wanted = sorted({tuple(word[:LONGEST] for word in SCANNED.findall(form)) for form in forms} - {()})[:SOME]
    return len(_with_any(wanted, most)) if wanted else 0


def _with_any(phrases: Iterable[Sequence[str]], most: int | None = None) -> list[int]:
    """Return the numbers of the rows, or of so many of them, in which one of the phrases stands as written."""
    wanted = [" ".join(phrase) for phrase in phrases]
    if connection.vendor == "postgresql":
        condition, parameters = " OR ".join("folded @@ phraseto_tsquery('simple', %s)" for _ in wanted), wanted
    else:
        # The words hold letters and digits only: nothing to escape inside the quotes of FTS5.
        phrases_of_fts5 = " OR ".join(f'"{phrase}"' for phrase in wanted)
        condition, parameters = "articles_search MATCH %s", [f"folded : ({phrases_of_fts5})"]
    with connection.cursor() as cursor:
        limit = f" LIMIT {int(most)}" if most is not None else ""
        cursor.execute(f"SELECT rowid FROM articles_search WHERE {condition}{limit}", parameters)  # noqa: S608
        return [row[0] for row in cursor.fetchall()]
