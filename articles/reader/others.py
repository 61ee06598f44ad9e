"""The other names of who is named in a query, as the registers have them: one name finds the articles with any."""

from collections.abc import Iterator

from ..editions import marks_in_name
from ..footnotes.types import Mark
from ..models import Name
from ..registers import loaded
from ..search import SearchQuestion
from ..search.question import Term
from ..search.words import folded
from .frame import Frame

MOST_NAMES = 8  # of one body or person
LONGEST = 8  # words of a name: longer ones stand in a register only
FOUND_BY = ("", "strong")  # strengths of names that mean nobody else


def with_other_names(question: SearchQuestion, written: str, frame: Frame, language: str) -> SearchQuestion:
    """Return the question with the other names of each body and person that it names as alternatives."""
    if not question or frame.version is None or frame.day is None:
        return question
    named = [(folded(written[mark.start : mark.end]), mark.organization) for mark in _marks(written, frame, language)]
    others = _names({key for _words, key in named}) if named else {}
    clauses = list(question.clauses)
    for words, key in named:
        _add(clauses, tuple(words), others.get(key, []))
    return SearchQuestion(tuple(clauses), question.unwanted, question.wide)


def _marks(written: str, frame: Frame, language: str) -> tuple[Mark, ...]:
    """Return where a query names who is on a register; readers do not always type capitals."""
    if frame.version is None or frame.day is None:
        return ()
    compiled = loaded(*frame.version)
    for text in dict.fromkeys((written, written.upper(), written.title())):
        if len(text) == len(written) and (found := marks_in_name(text, language, compiled, None, frame.day)):
            return found
    return ()


def _names(keys: set[str]) -> dict[str, list[Term]]:
    """Return the names of entries that mean nobody else, as terms."""
    rows = Name.objects.filter(organization__key__in=keys, strength__in=FOUND_BY).order_by("position", "pk")
    found: dict[str, list[Term]] = {}
    for key, text in rows.values_list("organization__key", "text"):
        words = tuple(folded(text))
        if 0 < len(words) <= LONGEST and len(names := found.setdefault(key, [])) < MOST_NAMES:
            names.append(Term(words, is_other=True))
    return found


def _add(clauses: list[tuple[Term, ...]], words: tuple[str, ...], names: list[Term]) -> None:
    """Put other names beside the clauses that are one: the words themselves, in whatever order, stay the first."""
    for start, end in _stretches(clauses, words):
        own = clauses[start] if end - start == 1 else (Term(words, is_loose=True),)
        known = {term.words for term in own}
        clauses[start:end] = [(*own, *_new(names, known))]
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
