"""The frozen data the engine takes and gives.

All offsets are code points of `Field.text`, half-open. A register key in `registers` is in force; one that was lifted
and is printed in the past tense is written `key@until`, with the first day it no longer holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

GLYPH_STYLES = ("asterisks", "daggers", "numerals")
MENTION_STYLES = ("every", "first_per_field", "first_per_article")
PAIR_STYLES = ("after",)
BYLINE_STYLES = ("nothing", "mark")


@dataclass(frozen=True, slots=True)
class Field:
    """One text of an article: a headline, a caption, a body. `within`: of one that is read in the middle of another,
    as the caption of a picture in the body, the name of that field and the offset in it."""

    name: str
    text: str
    format: str = "text"
    within: tuple[str, int] | None = None


class Mention(NamedTuple):
    """A designated name that gets a mark at `mark_at`."""

    field: str
    start: int
    end: int
    mark_at: int
    surface: str
    organization: str
    registers: tuple[str, ...]
    rule: str
    why: str = ""
    context: str = ""


class Candidate(NamedTuple):
    """A name that is not marked, or is marked already; `mark_at` is where a mark would stand."""

    field: str
    start: int
    end: int
    surface: str
    organization: str
    registers: tuple[str, ...]
    rule: str
    reason: str
    mark_at: int
    why: str = ""
    context: str = ""


class Annotation(NamedTuple):
    """What `annotate` found in one article, each tuple in the order of the fields and offsets."""

    mentions: tuple[Mention, ...]
    unclear: tuple[Candidate, ...] = ()
    typed_marks: tuple[Candidate, ...] = ()
    rejected: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """What an edition stores of a mention."""

    field: str
    mark_at: int
    start: int
    end: int
    organization: str
    registers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """The house style of a site. `compound_after`: the languages that mark a hyphenated compound after the whole;
    `bylines`: what a person's name in a field `byline` or `byline_…` gets, who is then an author."""

    glyphs: str = "asterisks"
    mentions: str = "every"
    pairs: str = "after"
    compound_after: frozenset[str] = frozenset({"en"})
    bylines: str = "nothing"

    def __post_init__(self) -> None:
        for value, allowed in (
            (self.glyphs, GLYPH_STYLES),
            (self.mentions, MENTION_STYLES),
            (self.pairs, PAIR_STYLES),
            (self.bylines, BYLINE_STYLES),
        ):
            if value not in allowed:
                raise ValueError(f"{value!r} is not one of {', '.join(allowed)}")


@dataclass(frozen=True, slots=True)
class Wording:
    """One printed text: by Russian gender, or under "" for all; with the source it was copied from."""

    texts: Mapping[str, str]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """A list kept by an authority. `notes`: language → one, many, inline, lifted → wording."""

    key: str
    jurisdiction: str
    title: Mapping[str, str]
    keeper: Mapping[str, str]
    status: str
    archive: str = "today"
    lifted: str = "remove"
    notes: Mapping[str, Mapping[str, Wording]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Designation:
    """An organization on a register, `since` ≤ day < `until`; null: unknown start, no end."""

    register: str
    since: date | None = None
    until: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the file gives it; an empty string is "derive when compiling"."""

    text: str
    language: str
    strength: str = ""
    strong_in: tuple[str, ...] = ()
    kind: str = ""
    case: str = ""
    inflection: str = ""
    forms: tuple[str, ...] = ()
    not_forms: tuple[str, ...] = ()
    descriptor: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    other_meanings: tuple[str, ...] = ()
    spells_word: bool | None = None
    review: str = "rule"
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """The parts of a natural person's name, in the nominative; particles stand with the part they belong to.

    `patronymic`: "" for none. `gender`: "m" or "f". Nothing else is known of a person: no birth date, no address.
    """

    family: str
    given: str
    patronymic: str
    gender: str


@dataclass(frozen=True, slots=True)
class Resource:
    """What an entry publishes under: a `host`, a `path` on a host, an `account` at a `service`.

    `number`: the service's own of the account, where it has one. `register`: the key of the list that names it, or "".
    """

    kind: str
    value: str
    service: str = ""
    number: str = ""
    register: str = ""

    def row(self) -> dict[str, str]:
        """Return it as a file holds it, without what is empty.

        >>> Resource("host", "tern.example").row()
        {'kind': 'host', 'value': 'tern.example'}
        """
        extra = {"service": self.service, "number": self.number, "register": self.register}
        return {"kind": self.kind, "value": self.value, **{key: value for key, value in extra.items() if value}}


@dataclass(frozen=True, slots=True)
class Organization:
    """Who is designated, a body or a person, under which names. `descriptor`: language → (word, gender or "").

    `kind`: "organization" or "person"; `person` is there for a person only. `surname`: what a person's family name
    alone does in an article without the full name: "" nothing, "ask", "mark". `not_beside`: words and phrases beside
    which a person is never meant, whatever the form of the name: reviewed data of the entry. `resources` mark nothing:
    two entries that differ in nothing else are equal, and the compiled form has none.
    """

    key: str
    names: tuple[Name, ...]
    designations: tuple[Designation, ...]
    also_keys: tuple[str, ...] = ()
    descriptor: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    kind: str = "organization"
    person: Person | None = None
    surname: str = ""
    not_beside: tuple[str, ...] = ()
    resources: tuple[Resource, ...] = field(default=(), compare=False)

    def display_name(self, language: str) -> str:
        """Return the first name in the language, else the first name of all, else the key."""
        own = [name.text for name in self.names if name.language == language]
        return own[0] if own else self.names[0].text if self.names else self.key
