"""In how many articles that readers see each word is: kept when releases begin and end, as the archive's counts are.

What is counted are the words that the index has of a row, so that what is taken away is what was added. The numbers say
which way to the hits is shorter, and which word may have been meant; no word of an article under embargo is among them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection

from ..models import SearchPlace, SearchWord
from ..shown.sql import ask
from .keys import language_of
from .letters import sound_of
from .question import SearchQuestion, Term, needed

ROWS = 200  # of one statement
EVERY = ""  # the word that all articles have
TABLE = SearchWord._meta.db_table
UPSERT = f"""
    INSERT INTO {TABLE} (language, word, sound, number) VALUES {{rows}}
    ON CONFLICT (language, word) DO UPDATE SET number = {TABLE}.number + excluded.number
"""  # noqa: S608
WORDS = {
    "sqlite": "SELECT rowid, lemmas FROM articles_search WHERE rowid IN ({places})",
    "postgresql": "SELECT rowid, array_to_string(tsvector_to_array(lemmas), ' ') FROM articles_search "
    "WHERE rowid IN ({places})",
}
NUMBERS = f"SELECT word, number FROM {TABLE} WHERE language = %s AND word IN ({{places}}) AND number > 0"  # noqa: S608
Key = tuple[str, str]  # language, word


def recount(begun: Iterable[int], ended: Iterable[int]) -> None:
    """Count the words of some rows of the index, and those of others no more, in the caller's transaction. A row that
    is counted already, or not any more, changes nothing."""
    came, went = {*begun}, {*ended}
    own = SearchPlace.objects.select_for_update().order_by("row")
    counted = dict(own.filter(row__in=came ^ went).values_list("row", "counted"))
    more = sorted(row for row, is_counted in counted.items() if row in came and not is_counted)
    fewer = sorted(row for row, is_counted in counted.items() if row in went and is_counted)
    if more or fewer:
        changes = words_of(more)
        changes.subtract(words_of(fewer))
        _move(changes)
        SearchPlace.objects.filter(row__in=more).update(counted=True)
        SearchPlace.objects.filter(row__in=fewer).update(counted=False)


def words_of(rows: Sequence[int]) -> Counter[Key]:
    """Return in how many of the rows each word is; what has a digit in it is left out: there is no end to numbers."""
    found: Counter[Key] = Counter()
    for start in range(0, len(rows), ROWS):
        some = rows[start : start + ROWS]
        with connection.cursor() as cursor:
            cursor.execute(WORDS[connection.vendor].format(places=", ".join(["%s"] * len(some))), some)
            for row, words in cursor.fetchall():
                language = language_of(row)
                found.update((language, word) for word in {EVERY, *filter(str.isalpha, words.split())})
    return found


def _move(changes: Counter[Key]) -> None:
    """Add each number to its word, in one order, so that two transactions wait at most for one another."""
    ordered = sorted((key, number) for key, number in changes.items() if number)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), ROWS):
            some = ordered[start : start + ROWS]
            values = [v for (language, word), number in some for v in (language, word, sound_of(word), number)]
            cursor.execute(UPSERT.format(rows=", ".join(["(%s, %s, %s, %s)"] * len(some))), values)
    gone = [word for (_language, word), number in ordered if number < 0]
    for start in range(0, len(gone), ROWS):
        SearchWord.objects.filter(word__in=gone[start : start + ROWS], number__lte=0).delete()


def numbers_of(words: Iterable[str], language: str) -> dict[str, int]:
    """Return in how many articles each of the words is, without those that are in none."""
    wanted = sorted({*words})
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 1000):
        some = wanted[start : start + 1000]
        places = ", ".join(["%s"] * len(some))
        found.update(ask(NUMBERS.format(places=places), [language, *some]))
    return found


def estimate(question: SearchQuestion, language: str) -> tuple[int, int]:
    """Return how many articles may answer at most, by their words, and how many there are."""
    clauses = needed(question)
    words = {token for clause in clauses for term in clause for token in _tokens(term, question.wide)}
    numbers = numbers_of({EVERY, *words}, language)

    def held(term: Term) -> int:
        return min(sum(numbers.get(token, 0) for token in term.asked_for(word, question.wide)) for word in term.words)

    return min(sum(map(held, clause)) for clause in clauses), numbers.get(EVERY, 0)


def may_answer(question: SearchQuestion, language: str) -> bool:
    """Say whether one of the articles that are counted may answer: they have all words of one term of each clause. What
    has a digit in it is not counted, and may always be there."""
    clauses, wide = needed(question), question.wide
    tokens = {token for clause in clauses for term in clause for token in _tokens(term, wide, term.whole)}
    numbers = numbers_of(filter(str.isalpha, tokens), language)

    def has(term: Term, *words: str) -> bool:
        return all(any(not one.isalpha() or one in numbers for one in term.asked_for(word, wide)) for word in words)

    return all(
        any(has(term, *term.words) or (term.whole and has(term, term.whole)) for term in clause) for clause in clauses
    )


def _tokens(term: Term, wide: bool, *more: str) -> set[str]:
    return {token for word in (*term.words, *more) if word for token in term.asked_for(word, wide)}
