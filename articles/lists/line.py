"""The records: a line of a keeper's file as it was read, and what is proposed to be kept of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..footnotes.types import Resource
from .refused import Said

KINDS = ("official", "long", "short", "abbreviation", "translation", "former", "pseudonym", "proper")


@dataclass
class Raw:
    """A line as read: text only where it may be kept; `private` and `secret` never leave memory.

    `aliases`: (text, kind or "", strength or "") that the file states by itself. `private`: what must be stored
    nowhere (birth dates, numbers, addresses); of it only a keyed digest is kept. `parts`: family name, given name and
    patronymic where the file has a column for each, else nothing.
    """

    where: dict[str, Any]
    row: int
    name: str
    kind: str = ""
    aliases: list[tuple[str, str, str]] = field(default_factory=list)
    since: date | None = None
    until: date | None = None
    decided: date | None = None
    published: date | None = None
    order: str = ""
    resources: list[Resource] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    registration: str = ""
    ogrn: str = ""
    private: dict[str, str] = field(default_factory=dict)
    questions: list[Said] = field(default_factory=list)
    gender: str = ""
    parts: tuple[str, str, str] | None = None
    machine: bool = False


@dataclass(frozen=True)
class Proposal:
    """A name that is proposed: its kind is one of KINDS, its strength `strong` or `weak`."""

    text: str
    kind: str
    strength: str
    language: str

    def row(self) -> dict[str, str]:
        return {"text": self.text, "kind": self.kind, "language": self.language, "strength": self.strength}


@dataclass
class ListLine:
    """A line that was understood. `digest`: a keyed digest of the whole line, in letters only."""

    raw: Raw
    line: str
    kind: str
    names: list[Proposal]
    person: dict[str, Any] | None
    digest: str
    questions: list[Said]

    def row(self, file: str) -> dict[str, Any]:
        """Return the line as it is printed: exactly what would be stored."""
        raw = self.raw
        days = {"since": raw.since, "until": raw.until, "decided": raw.decided, "published": raw.published}
        out: dict[str, Any] = {
            "file": file,
            "where": raw.where,
            "line": self.line,
            "kind": self.kind,
            "names": [one.row() for one in self.names],
            **{key: day.isoformat() if day else None for key, day in days.items()},
            "resources": [one.row() for one in raw.resources],
            "digest": self.digest,
        }
        optional = {
            "person": self.person,
            "order": raw.order,
            "registration": raw.registration,
            "ogrn": raw.ogrn,
            "members": raw.members,
            "questions": [str(one) for one in self.questions],
        }
        return out | {key: value for key, value in optional.items() if value}
