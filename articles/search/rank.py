"""The order by relevance: a rule of ours, from where the words of a question stand, so that every database gives one.

Points for each thing asked for, by the best place in which it stands; more where the headline has all of them, in the
reader's order, and little else. Equal ones stand newest first. All numbers are whole: nothing is rounded.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..models import SearchPlace
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
    places = {
        row: rest
        for row, *rest in SearchPlace.objects.filter(row__in=[one.row for one in found]).values_list(
            "row", "headline", "summary", "opening"
        )
    }
    scored = []
    for number, one in enumerate(sorted(found, key=lambda one: one.row, reverse=True)):
        headline, summary, opening = places.get(one.row, ("", "", ""))
        points = score(wanted, headline.split(), summary.split(), opening.split())
        scored.append((-points, number, one))
    return [one for _points, _number, one in sorted(scored, key=lambda entry: entry[:2])]


def authors_of(found: Sequence[HitRow]) -> dict[int, list[int]]:
    """Return the ids of the authors whose names each of the hits prints, by the numbers of the rows."""
    rows = SearchPlace.objects.filter(row__in=[one.row for one in found]).values_list("row", "authors")
    return {row: [int(author) for author in authors.split()] for row, authors in rows} if found else {}


# The terms of a clause: each row of lemmas in which one may stand, with the share of its points, in twelfths.
Clause = dict[tuple[str, ...], int]
WHOLE, SUPPOSED, OTHER = 12, 8, 9


def _rows(clause: tuple[Term, ...], wide: bool) -> Clause:
    """Return the rows of lemmas that answer a clause: what was typed before other names, what it most likely means
    before words of which a form looks alike."""
    found: Clause = {}
    for term in clause:
        whole = [(form,) for form in row_forms(term.whole, wide)] if term.whole else []
        single = [(form,) for word in term.words for form in row_forms(word, wide)]
        likely = {lemma for word in term.words for lemma in term.asked_for(word, wide)}
        for row in whole + (single if term.is_loose else rows_of(term, wide)):
            share = OTHER if term.is_other else WHOLE if row in whole or likely.issuperset(row) else SUPPOSED
            found[row] = max(share, found.get(row, 0))
    return found


def score(wanted: Sequence[Clause], headline: list[str], summary: list[str], opening: list[str]) -> int:
    """Return the points of an article, by the words of its headline, its summary and the beginning of its body.

    >>> harbour, strike = {("harbor",): WHOLE}, {("strike",): WHOLE}
    >>> score([harbour], ["harbor", "strike"], [], []) > score([harbour], ["old", "harbor", "strike"], [], [])
    True
    >>> score([harbour, strike], ["harbor", "strike"], [], []) > score([harbour, strike], ["strike", "harbor"], [], [])
    True
    """
    points, heads = 0, list[HeadMatch]()
    for clause in wanted:
        head, beneath, behind = (_best(clause, words) for words in (headline, summary, opening))
        here = HEADLINE + (FIRST if head.place == 0 else 0) if head else SUMMARY if beneath else OPENING
        best = head or beneath or behind
        points += here * best.share // WHOLE if best else 0
        points += ANYWHERE * (1 + bool(beneath) + bool(behind))
        heads += [head] if head else []
    points += SHARE * sum(one.length for one in heads) // max(1, len(headline))
    return points + (IN_ORDER if len(heads) == len(wanted) > 1 and _in_order(heads) else 0)


class HeadMatch(NamedTuple):
    """Where something stands in a text: at which word, how many there are, with what share of the points."""

    place: int
    length: int
    share: int


def _in_order(heads: Sequence[HeadMatch]) -> bool:
    """Say whether each stands behind the one before, with a word or two between at most."""
    return all(0 < after.place - before.place <= before.length + 2 for before, after in pairwise(heads))


def _best(clause: Clause, words: list[str]) -> HeadMatch | None:
    """Return the standing of the likeliest thing, the first of these; None where none stands there."""
    there = {*words}
    found = [
        HeadMatch(place, len(row), share)
        for row, share in clause.items()
        if row[0] in there and (place := _place(row, words)) is not None
    ]
    return max(found, key=lambda one: (one.share, -one.place), default=None)


def _place(row: tuple[str, ...], words: list[str]) -> int | None:
    start = 0
    while row[0] in words[start:]:
        place = words.index(row[0], start)
        if tuple(words[place : place + len(row)]) == row:
            return place
        start = place + 1
    return None
