"""The order by relevance: a rule of ours, from where the words of a question stand, so that every database gives one.

Points for each thing asked for, by the best place in which it stands; more where the headline has all of them, in the
reader's order, and little else. Equal ones stand newest first. All numbers are whole: nothing is rounded.
"""

from collections.abc import Sequence

from ..models import SearchPlace
from .match import rows_of
from .newest import Row
from .question import SearchQuestion, Term, needed
from .words import row_forms

HEADLINE, SUMMARY, OPENING, ANYWHERE = 120, 50, 40, 10  # points of one thing asked for
FIRST = 10  # more, where the headline begins with it
SHARE = 60  # for a headline of nothing else, less by the share of other words
IN_ORDER = 60  # where the headline has everything, one behind the other


def ranked(question: SearchQuestion, found: Sequence[Row]) -> list[Row]:
    """Return the hits, the most relevant first. `found`: newest first, at most some thousand."""
    wanted = [[_rows(term, question.wide) for term in clause] for clause in needed(question)]
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


def authors_of(found: Sequence[Row]) -> dict[int, list[int]]:
    """Return the ids of the authors whose names each of the hits prints, by the numbers of the rows."""
    rows = SearchPlace.objects.filter(row__in=[one.row for one in found]).values_list("row", "authors")
    return {row: [int(author) for author in authors.split()] for row, authors in rows} if found else {}


Clause = list[list[tuple[str, ...]]]  # the terms of a clause: for each the rows of lemmas in which it may stand


def _rows(term: Term, wide: bool) -> list[tuple[str, ...]]:
    whole = [(form,) for form in row_forms(term.whole, wide)] if term.whole else []
    if term.is_loose:
        return whole + [(form,) for word in term.words for form in row_forms(word, wide)]
    return whole + rows_of(term, wide)


def score(wanted: Sequence[Clause], headline: list[str], summary: list[str], opening: list[str]) -> int:
    """Return the points of an article, by the words of its headline, its summary and the beginning of its body.

    >>> harbour, strike = [[("harbor",)]], [[("strike",)]]
    >>> score([harbour], ["harbor", "strike"], [], []) > score([harbour], ["old", "harbor", "strike"], [], [])
    True
    >>> score([harbour, strike], ["harbor", "strike"], [], []) > score([harbour, strike], ["strike", "harbor"], [], [])
    True
    """
    points, heads = 0, list[tuple[int, int]]()
    for clause in wanted:
        head = _first(clause, headline)
        in_summary, in_opening = _first(clause, summary) is not None, _first(clause, opening) is not None
        if head is not None:
            heads.append(head)
            points += HEADLINE + (FIRST if head[0] == 0 else 0) + (in_summary + in_opening) * ANYWHERE
        elif in_summary:
            points += SUMMARY + in_opening * ANYWHERE
        else:
            points += OPENING if in_opening else ANYWHERE
    if heads:
        points += SHARE * sum(length for _place, length in heads) // max(1, len(headline))
    if len(heads) == len(wanted) > 1 and _in_order(heads):
        points += IN_ORDER
    return points


def _in_order(heads: Sequence[tuple[int, int]]) -> bool:
    """Say whether each stands behind the one before, with a word or two between at most."""
    return all(
        0 < after[0] - before[0] <= before[1] + 2 for before, after in zip(heads, heads[1:], strict=False)
    )


def _first(clause: Clause, words: list[str]) -> tuple[int, int] | None:
    """Return where one of the terms stands first, and how many words it has; None where none does."""
    found: tuple[int, int] | None = None
    for rows in clause:
        for row in rows:
            place = _place(row, words)
            if place is not None and (found is None or place < found[0]):
                found = place, len(row)
    return found


def _place(row: tuple[str, ...], words: list[str]) -> int | None:
    start = 0
    while row[0] in words[start:]:
        place = words.index(row[0], start)
        if tuple(words[place : place + len(row)]) == row:
            return place
        start = place + 1
    return None
