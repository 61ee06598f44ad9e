"""The other names of who is named in a query, as the registers have them: one name finds the articles with any."""

from collections.abc import Iterator

from ..editions import marks_in_name
from ..models import Name
from ..registers import loaded
from ..search import SearchQuestion
from ..search.question import Term
from ..search.stop import WORDS as STOP_WORDS
from ..search.words import folded, is_ordinary
from .frame import Frame

MOST_NAMES = 8  # of one body or person
LONGEST = 8  # words of a name: longer ones stand in a register only
FOUND_BY = ("", "strong")  # strengths of names that mean nobody else
QUOTES = '"“”„«»'
INSIDE = "'’ʼ`"  # signs that words keep


def with_other_names(question: SearchQuestion, written: str, frame: Frame, language: str) -> SearchQuestion:
    """Return the question with the other names of each body and person that it names as alternatives."""
    if not question or frame.version is None or frame.day is None:
        return question
    named = [
        (words, entry)
        for surface, entry, is_exact in _named(written, frame, language)
        if (words := tuple(folded(surface))) and (is_exact or not _is_common(surface))
    ]
    others = _names({key for _words, key in named}, language) if named else {}
    clauses = list(question.clauses)
    for words, key in named:
        _add(clauses, words, others.get(key, []))
    return SearchQuestion(tuple(clauses), question.unwanted, question.wide)


def _is_common(name: str) -> bool:
    """Say whether a name is, to the index, which knows no capitals and no signs, a word of everybody's: `IS`, `Guys+`.

    >>> [_is_common(name) for name in ("IS", "Guys+", "«Причал»", "ИГ", "ISIS", "Da’esh", "Islamic State")]
    [True, True, True, False, False, False, False]
    """
    words = folded(name)
    if len(words) != 1:
        return False
    loses_sign = any(not one.isalnum() and one not in INSIDE for one in name.strip(QUOTES))
    return loses_sign or words[0] in STOP_WORDS or is_ordinary(words[0])


def _named(written: str, frame: Frame, language: str) -> list[tuple[str, str, bool]]:
    """Return which words of a query name whom (the key of an entry on a register), and whether their capitals say so;
    readers do not always type these, and where all is in capitals they say nothing."""
    if frame.version is None or frame.day is None:
        return []
    compiled = loaded(*frame.version)
    for text in dict.fromkeys((written, written.upper(), written.title())):
        if len(text) == len(written) and (found := marks_in_name(text, language, compiled, None, frame.day)):
            typed = [(written[mark.start : mark.end], mark.organization) for mark in found]
            return [
                (surface, entry, text == written and (surface == written or not written.isupper()))
                for surface, entry in typed
            ]
    return []


def _names(keys: set[str], language: str) -> dict[str, list[Term]]:
    """Return the names of entries that mean nobody else, as terms; those of the language before others. A name that
    holds a shorter one is found by that."""
    rows = Name.objects.filter(organization__key__in=keys, strength__in=FOUND_BY).order_by("position", "pk")
    found: dict[str, list[Term]] = {}
    own_first = sorted(rows.values_list("language", "organization__key", "text"), key=lambda row: row[0] != language)
    for _language, key, text in own_first:
        words, names = tuple(folded(text)), found.setdefault(key, [])
        if not 0 < len(words) <= LONGEST or len(names) >= MOST_NAMES or _is_common(text):
            continue
        if not any(_holds(words, name.words) for name in names):
            names.append(Term(words, is_other=True))
    return found


def _holds(words: tuple[str, ...], some: tuple[str, ...]) -> bool:
    return any(words[start : start + len(some)] == some for start in range(len(words) - len(some) + 1))


def _add(clauses: list[tuple[Term, ...]], words: tuple[str, ...], names: list[Term]) -> None:
    """Put other names beside the clauses that are one: the words themselves, in whatever order, stay the first. A stop
    word, which is everywhere, gives way to them."""
    for start, end in _stretches(clauses, words):
        own = clauses[start] if end - start == 1 else (Term(words, is_loose=True),)
        known = {term.words for term in own}
        kept = () if names and STOP_WORDS.issuperset(words) else own
        clauses[start:end] = [(*kept, *_new(names, known))]
        return


def _new(names: list[Term], known: set[tuple[str, ...]]) -> Iterator[Term]:
    return (name for name in names if name.words not in known)


def _stretches(clauses: list[tuple[Term, ...]], words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield from where to where clauses of one term each are made of these words."""
    for start in range(len(clauses)):
        held: tuple[str, ...] = ()
        for end in range(start, len(clauses)):
            held += clauses[end][0].words
            if held == words:
                yield start, end + 1
