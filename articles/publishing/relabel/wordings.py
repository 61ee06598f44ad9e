"""Which wordings a register lacks: it cannot be put in force before the desk has given them, each with its source."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from ...footnotes.registers import Registers
from ...footnotes.types import Register
from ...models import Site
from ..errors import Refused

FORMS = ("one", "many", "inline", "lifted")
# What a body is called, and no person.
BODY = re.compile(
    r"организаци|объединени|движени|сообществ|учрежден|компани|юридическ|группировк"
    r"|organi[sz]ation|association|movement|compan(?:y|ies)|entit(?:y|ies)|institution",
    re.IGNORECASE,
)


class Lacking(NamedTuple):
    """A register, a language of the outlet, and the forms of the wording that are not there, such as `person_one`."""

    register: str
    language: str
    forms: tuple[str, ...]


def lacking(book: Registers, used: tuple[str, ...]) -> list[Lacking]:
    """Return what registers in force lack that have entries: an empty note, or a false one, would be printed.

    A wording that speaks of an organization says nothing true of a person, who then needs one of the `person_` forms.
    """
    bodies, persons = bearers(book)
    found = []
    for key, register in book.registers.items():
        for language in used if book.applies(key) else ():
            forms = tuple(missing(register, language, key in bodies, key in persons))
            if forms:
                found.append(Lacking(key, language, forms))
    return found


def bearers(book: Registers) -> tuple[set[str], set[str]]:
    """Return the keys of the registers that have organizations, and of those that have persons."""
    bodies: set[str] = set()
    persons: set[str] = set()
    for one in book.organizations.values():
        keys = {period.register for period in one.designations}
        (persons if one.person is not None else bodies).update(keys)
    return bodies, persons


def missing(register: Register, language: str, has_bodies: bool, has_persons: bool) -> Iterator[str]:
    wordings = register.notes.get(language, {})
    for form in FORMS:
        if form == "lifted" and register.lifted != "past_tense":
            continue
        plain, own = wordings.get(form), wordings.get(f"person_{form}")
        if plain is None and (has_bodies or (has_persons and own is None)):
            yield form
        elif has_persons and own is None and plain is not None and any(map(BODY.search, plain.texts.values())):
            yield f"person_{form}"


def require_wordings(book: Registers) -> None:
    """Raise Refused when a register lacks a wording that readers would miss."""
    found = lacking(book, Site.current().used)
    if found:
        places = "; ".join(f"{one.register} ({one.language}): {', '.join(one.forms)}" for one in found)
        raise Refused("", _("Registers lack wordings of their notes, so they cannot be applied: %s") % places)
