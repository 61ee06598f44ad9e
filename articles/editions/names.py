"""Names that pages print of themselves, rubrics and tagline, and in them the names of who is designated.

They stand where there is no room for a note, so each is followed by the register's short formula in brackets.
"""

from collections.abc import Iterator
from datetime import date

from ..footnotes.annotate import Compiled, annotate
from ..footnotes.render import render_inline
from ..footnotes.types import Field
from ..models import CODES, KINDS
from .house import House


def printed_name(text: str, language: str, compiled: Compiled, publisher: str | None, on: date) -> str:
    """Return a name as pages print it on a day; the outlet's own organization is never marked."""
    if not text:
        return text
    found = annotate([Field("name", text)], compiled, language=language, as_of=on, publisher=publisher)
    return render_inline(text, found.mentions, compiled.registers, language) if found.mentions else text


def printed_names(house: House, on: date) -> dict[tuple[str, str], str]:
    """Return every name of rubrics, and the tagline, as pages print it on a day: (language, name) → as printed."""
    return {
        (language, text): printed_name(text, language, house.compiled, house.publisher, on)
        for language, text in names_in_use(house)
    }


def names_in_use(house: House) -> Iterator[tuple[str, str]]:
    for language in CODES:
        yield language, house.site.tagline(language)
        for kind in KINDS.values():
            for rubric in kind.model._default_manager.all():
                yield language, rubric.name(language)
