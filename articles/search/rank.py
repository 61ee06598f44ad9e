"""The order by relevance: a rule of ours, from where the words of a question stand, so that every database gives one.

Points for each thing asked for, by the best place in which it stands; more where the headline has all of them, in the
reader's order, and little else. Equal ones stand newest first. All numbers are whole: nothing is rounded.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from ..shown.sql import among, as_value, ask
from .match import rows_of
from .question import SearchQuestion, Term, needed
from .rows import HitRow
from .words import row_forms

HEADLINE, SUMMARY, OPENING, ANYWHERE = 120, 50, 40, 10  # points of one thing asked for
FIRST = 10  # more, where the headline begins with it
SHARE = 60  # for a headline of nothing else, less by the share of other words
IN_ORDER = 60  # where the headline has everything, one behind the other


def ranked(question: SearchQuestion, found: Sequence[HitRow]) -> list[HitRow]:
    """Return the hits, the most relevant first. `found`: newest first, at most some thousand."""
    wanted = [_rows(clause, question.wide) for clause in needed(question)]
    places = {row: rest for row, *rest in _places(found)}
    scored = []
    for number, one in enumerate(sorted(found, key=lambda one: one.row, reverse=True)):
        scored.append((-score(wanted, *places.get(one.row, ("", "", ""))), number, one))
    return [one for _points, _number, one in sorted(scored, key=lambda entry: entry[:2])]


def _places(found: Sequence[HitRow]) -> list[tuple[Any, ...]]:
    """Read row, headline, summary and opening of the hits."""
    asked = f"SELECT row, headline, summary, opening FROM articles_searchplace WHERE row {among()}"  # noqa: S608
    return ask(asked, [as_value(one.row for one in found)])


# The terms of a clause: each row of lemmas in which one may stand, as a text has it, with the share of its points, in
# twelfths, and its number of words.
Clause = list[tuple[str, int, int]]
WHOLE, SUPPOSED, OTHER = 12, 8, 9


def _rows(clause: tuple[Term, ...], wide: bool) -> Clause:
    """Return the rows of lemmas that answer a clause: what was typed before other names, what it most likely means
    before words of which a form looks alike."""
    found: dict[tuple[str, ...], int] = {}
    for term in clause:
        whole = [(form,) for form in row_forms(term.whole, wide)] if term.whole else []
        single = [(form,) for word in term.words for form in row_forms(word, wide)]
        likely = {lemma for word in term.words for lemma in term.asked_for(word, wide)}
        for row in whole + (single if term.is_loose else rows_of(term, wide)):
            share = OTHER if term.is_other else WHOLE if row in whole or likely.issuperset(row) else SUPPOSED
            found[row] = max(share, found.get(row, 0))
    return [_standing(row, share) for row, share in found.items()]


def _standing(row: Sequence[str], share: int) -> tuple[str, int, int]:
    """Return a row as it stands in a text between blanks."""
    return f" {' '.join(row)} ", share, len(row)


def score(wanted: Sequence[Clause], headline: str, summary: str, opening: str) -> int:
    """Return the points of an article, by the lemmas of its headline, its summary and the beginning of its body.

    >>> harbour, strike = [_standing(["harbor"], WHOLE)], [_standing(["strike"], WHOLE)]
    >>> score([harbour], "harbor strike", "", "") > score([harbour], "old harbor strike", "", "")
    True
    >>> score([harbour, strike], "harbor strike", "", "") > score([harbour, strike], "strike harbor", "", "")
    True
    """
    points, heads = 0, list[HeadMatch]()
    headline, summary, opening = f" {headline} ", f" {summary} ", f" {opening} "
    for clause in wanted:
        head, beneath, behind = _best(clause, headline), _best(clause, summary), _best(clause, opening)
        here = HEADLINE + (FIRST if head.place == 0 else 0) if head else SUMMARY if beneath else OPENING
        best = head or beneath or behind
        points += here * best.share // WHOLE if best else 0
        points += ANYWHERE * (1 + bool(beneath) + bool(behind))
        heads += [head] if head else []
    points += SHARE * sum(one.length for one in heads) // max(1, headline.count(" ") - 1)
    return points + (IN_ORDER if len(heads) == len(wanted) > 1 and _in_order(heads) else 0)


class HeadMatch(NamedTuple):
    """Where something stands in a text: at which word, how many there are, with what share of the points."""

    place: int
    length: int
    share: int


def _in_order(heads: Sequence[HeadMatch]) -> bool:
    """Say whether each stands behind the one before, with a word or two between at most."""
    return all(0 < after.place - before.place <= before.length + 2 for before, after in pairwise(heads))


def _best(clause: Clause, text: str) -> HeadMatch | None:
    """Return the standing of the likeliest thing, the first of these; None where none stands there. `text`: its words
    with a blank around each."""
    best: HeadMatch | None = None
    for row, share, length in clause:
        if (begin := text.find(row)) >= 0:
            one = HeadMatch(text.count(" ", 0, begin), length, share)
            if best is None or (share, -one.place) > (best.share, -best.place):
                best = one
    return best
