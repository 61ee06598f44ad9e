"""What a family name at a place is for one person: a full name, initials, somebody else, the family name alone."""

from articles.footnotes.automaton import PersonForm
from articles.footnotes.rules.hit import Passage
from articles.footnotes.rules.persons.alone import read_alone, read_couple
from articles.footnotes.rules.persons.left import read_left
from articles.footnotes.rules.persons.reading import Reading
from articles.footnotes.rules.persons.right import read_right
from articles.footnotes.rules.persons.tokens import tokens_after, tokens_before


def read_parts(passage: Passage, start: int, end: int, form: PersonForm) -> Reading:
    """Return the reading of a family name at [start, end) for the person whose it may be."""
    before, after = tokens_before(passage, start), tokens_after(passage, end)
    person = form.name.person
    assert person is not None
    couple = read_couple(start, end, form, person, before)
    if couple:
        return couple
    found = None
    if form.own or form.other:
        found = read_left(end, form, person, before) or read_right(passage, start, end, form, person, after)
    if found:
        return found
    return read_alone(passage, start, end, form, person, before, after)
