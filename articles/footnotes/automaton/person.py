"""What the rules need to know of a person, ready for use, and what a form of a person's name may be."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from articles.footnotes.automaton.name import NameData
from articles.footnotes.person.given import GivenNames

PERSON = "@"  # in place of how a name is written: the form is a family name or a pseudonym, and says which
LATIN = "x"  # in place of cases: a form in Latin letters has none


@dataclass(frozen=True, slots=True)
class PersonData:
    """The parts beside a family name, folded and without spaces or hyphens.

    `given`, `patronymic`: form → letters of its cases; `given_latin`, `patronymic_latin`: keys of Latin spellings;
    `given_initials`: what each of the given name's parts may be shortened to, by spelling; `initials`: the same of the
    patronymic; `halves`: what half of a double given name may be; `distinct`: a woman whose family name is not a
    man's; `word`: the family name is an ordinary word; `beside`: words beside which somebody else is meant; `known`:
    the given names that anybody may have.
    """

    gender: str
    given: dict[str, str]
    patronymic: dict[str, str]
    given_latin: frozenset[str]
    patronymic_latin: frozenset[str]
    given_initials: tuple[tuple[str, ...], ...]
    initials: frozenset[str]
    halves: frozenset[str]
    surname: str
    distinct: bool
    word: bool
    beside: tuple[str, ...]
    known: GivenNames


class PersonForm(NamedTuple):
    """What a form may be: the family name in some cases of the person's gender (`own`), of the other one, in the
    plural; or a pseudonym: "strong", or "word" for a single ordinary word. `capital`: it is never written small;
    `ordinary`: the form is an ordinary word."""

    name: NameData
    own: str
    other: str
    plural: str
    pseudonym: str
    capital: bool
    ordinary: bool


def person_data(row: dict[str, Any], known: GivenNames) -> PersonData:
    """Return the data of a stored row."""
    return PersonData(
        gender=row["sex"],
        given=row["given"],
        patronymic=row["patr"],
        given_latin=frozenset(row["given_latin"]),
        patronymic_latin=frozenset(row["patr_latin"]),
        given_initials=tuple(tuple(one) for one in row["given_initials"]),
        initials=frozenset(row["initials"]),
        halves=frozenset(row["halves"]),
        surname=row.get("surname", ""),
        distinct=bool(row.get("distinct")),
        word=bool(row.get("word")),
        beside=tuple(row.get("beside", ())),
        known=known,
    )


def written(own: str, other: str, plural: str, *, ordinary: bool = False) -> str:
    """Return how a form of a family name is stored."""
    return f"{PERSON}{own}|{other}|{plural}|{'w' if ordinary else ''}"


def written_pseudonym(strength: str, *, capital: bool) -> str:
    """Return how a form of a pseudonym is stored; `strength`: "strong" or "word"."""
    return f"{PERSON}~{strength}|{'^' if capital else ''}"


def person_form(name: NameData, stored: str) -> PersonForm:
    """Return what a stored form says."""
    parts = stored[1:].split("|")
    if parts[0].startswith("~"):
        return PersonForm(name, "", "", "", parts[0][1:], parts[1] == "^", False)
    own, other, plural, flags = parts
    return PersonForm(name, own, other, plural, "", True, "w" in flags)
