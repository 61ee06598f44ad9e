"""What a family name at a place is for one person: a full name, initials, somebody else, the family name alone."""

from collections.abc import Iterable
from itertools import takewhile

from articles.footnotes.automaton import PersonForm
from articles.footnotes.rules.hit import Passage
from articles.footnotes.rules.persons.alone import read_alone
from articles.footnotes.rules.persons.couples import read_couple
from articles.footnotes.rules.persons.left import read_left
from articles.footnotes.rules.persons.reading import Reading
from articles.footnotes.rules.persons.right import read_right
from articles.footnotes.rules.persons.tokens import WORD, Token, begins_line, tokens_after, tokens_before


def read_parts(passage: Passage, start: int, end: int, forms: Iterable[PersonForm]) -> list[Reading]:
    """Return the readings of a family name at [start, end), one for each person whose it may be."""
    before, after = tokens_before(passage, start), tokens_after(passage, end)
    return [_read(passage, start, end, form, before, after) for form in forms]


def _read(passage: Passage, start: int, end: int, form: PersonForm, before: list[Token], after: list[Token]) -> Reading:
    person = form.name.person
    assert person is not None
    couple = read_couple(passage, start, end, form, person, before, after)
    if couple:
        return couple
    found = None
    if form.own or form.other:
        found = read_left(end, form, person, before)
        if found is None:
            found = read_right(passage, start, end, form, person, after)
        elif _begins_line_of_list(passage, found, start, after):
            before = []
            found = read_right(passage, start, end, form, person, _on_line(passage, after), first=True)
    if found:
        return found
    return read_alone(passage, start, end, form, person, before, after)


def _begins_line_of_list(passage: Passage, found: Reading, start: int, after: list[Token]) -> bool:
    """Say whether a family name begins a line, a name behind it, and the line above ends in a family name and a given
    name: these are that line's, not this one's."""
    if (
        not after
        or after[0].text[0].islower()
        or not begins_line(passage, start)
        or begins_line(passage, after[0].start)
    ):
        return False
    above = tokens_before(passage, found.start)
    return bool(above) and above[0].kind == WORD and not above[0].text.islower()  # аль-Ольхов, too


def _on_line(passage: Passage, tokens: list[Token]) -> list[Token]:
    """Return the tokens up to the end of the line."""
    return list(takewhile(lambda one: not begins_line(passage, one.start), tokens))
