"""The languages that the house knows, said once: a row for each. Addresses, menus, forms, choices are derived.

Which of them an outlet publishes in stands in its row (`Site.languages`). What has a text in each has a column for
each, such as `name_en` and `name_ru`, and is read with `in_language`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Language:
    """`code`: as addresses have it; `label`: its name at the desk; `own_name`: in itself, for menus; `locale`: of Open
    Graph; `invitation`: to read a page in it, in itself; `only`: what an outlet is that publishes in it alone."""

    code: str
    label: Any
    own_name: str
    locale: str
    invitation: str
    only: Any


KNOWN = {
    language.code: language
    for language in (
        Language("en", _("English"), "English", "en_GB", "Read in English", _("English only")),
        Language("ru", _("Russian"), "Русский", "ru_RU", "Читать по-русски", _("Russian only")),
    )
}
CODES = tuple(KNOWN)
LANGUAGES = tuple((language.code, language.label) for language in KNOWN.values())  # choices of a column
ALL = " ".join(CODES)  # `Site.languages` of an outlet that publishes in every one
PATTERN = "|".join(CODES)  # a part of an address

_desk: ContextVar[tuple[str, ...]] = ContextVar("languages of the desk", default=CODES)


@lru_cache(maxsize=8)
def codes_of(languages: str) -> tuple[str, ...]:
    """Return the codes that a `Site.languages` names, in the order of the table; all if it names none."""
    named = languages.split()
    return tuple(code for code in CODES if code in named) or CODES


def in_language(row: Any, name: str, language: str) -> str:
    """Return a row's text in a language: of `name` "caption" in Russian what stands in `caption_ru`.

    Of a language that the house does not know, the text in the first that it knows.
    """
    text: str = getattr(row, f"{name}_{language if language in KNOWN else CODES[0]}")
    return text


def columns(name: str, codes: Iterable[str] = CODES) -> tuple[str, ...]:
    """Return the columns that hold a text in these languages.

    >>> columns("name")
    ('name_en', 'name_ru')
    """
    return tuple(f"{name}_{code}" for code in codes)


@contextmanager
def desk_of(codes: Sequence[str]) -> Iterator[None]:
    """While this lasts, let the desk show texts in these languages: those that the outlet publishes in."""
    before = _desk.set(tuple(codes))
    try:
        yield
    finally:
        _desk.reset(before)


def desk_used() -> tuple[str, ...]:
    """Return the codes of the languages that the outlet publishes in, as the desk knows them within `desk_of`."""
    return _desk.get()


def desk_codes() -> tuple[str, ...]:
    """Return every code: first the desk's own, then those that the outlet publishes in."""
    return tuple(dict.fromkeys((desk_language(), *desk_used(), *CODES)))


def desk_language() -> str:
    """Return the language in which the desk names what the outlet prints: that of the desk itself, if it is used."""
    used, own = desk_used(), get_language()
    return own if own in used else used[0]
