"""Names that pages print of themselves, rubrics and tagline, and what is written of a story as a whole; and in them the
names of who is designated.

At the head of a block each bears the block's mark. Elsewhere there is no room for a note, and each is followed by the
register's short formula in brackets.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..footnotes.annotate import Compiled, annotate, strip
from ..footnotes.render import render_inline
from ..footnotes.types import Field, Mark
from ..footnotes.wording import note_text
from ..models import CODES, KINDS, Topic
from .house import House

NAME = "name"  # the field of its marks


class NameForms(NamedTuple):
    """What pages can print of a name: `inline`; its marks; and the notes of one and of several such names."""

    inline: str
    marks: tuple[Mark, ...]
    notes: tuple[str, ...]


def marks_in_name(text: str, language: str, compiled: Compiled, publisher: str | None, on: date) -> tuple[Mark, ...]:
    """Return the marks of a name that pages print on a day; the outlet's own organization is never marked."""
    if not text:
        return ()
    found = annotate([Field(NAME, text)], compiled, language=language, as_of=on, publisher=publisher)
    return tuple(
        Mark(NAME, one.mark_at, one.start, one.end, one.organization, tuple(one.registers)) for one in found.mentions
    )


def without_typed_marks(text: str, language: str, house: House) -> str:
    """Return a text that pages print of themselves without the marks that somebody has typed into it."""
    return strip([Field(NAME, text)], house.compiled, language=language)[0].text


def unclear_in_name(text: str, language: str, house: House, on: date) -> list[str]:
    """Return the words of a text that pages print of themselves that may name somebody designated, and are not marked:
    there is no queue in which a person would answer for them."""
    if not text:
        return []
    found = annotate([Field(NAME, text)], house.compiled, language=language, as_of=on, publisher=house.publisher)
    return list(dict.fromkeys(one.surface for one in found.unclear))


def printed_names(house: House, on: date) -> dict[tuple[str, str], NameForms]:
    """Return what pages can print on a day of every name of rubrics, of the tagline and of what is written of stories,
    by language and text."""
    return {(language, text): printed_name(text, language, house, on) for language, text in names_in_use(house)}


def printed_name(text: str, language: str, house: House, on: date) -> NameForms:
    book = house.compiled.registers
    marks = marks_in_name(text, language, house.compiled, house.publisher, on)
    notes = (
        note_text(book, key, language, [mark.organization] * number)
        for mark in marks
        for key in mark.registers
        for number in (1, 2)
    )
    return NameForms(render_inline(text, marks, book, language), marks, tuple(notes))


def names_in_use(house: House) -> Iterator[tuple[str, str]]:
    for language in CODES:
        yield language, house.site.tagline(language)
        for kind in KINDS.values():
            for rubric in kind.model._default_manager.all():
                yield language, rubric.name(language)
        for topic in Topic.objects.all():
            yield language, topic.about(language)
