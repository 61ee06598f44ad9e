"""A register version as a process holds it: `scan` finds forms, `entry` says what they stand for.

Nothing is read before it is needed: names, forms and organizations stay lines of bytes until a text asks for them, so
that loading costs little more than the automaton.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from articles.footnotes.automaton import scanner
from articles.footnotes.automaton.lines import Lines, Organizations
from articles.footnotes.automaton.name import NameData, name_data
from articles.footnotes.automaton.person import PERSON, PersonForm, person_data, person_form
from articles.footnotes.automaton.stored import CUE, OTHER_MEANING, unpack
from articles.footnotes.registers import Registers, parse_registers

_KEPT_DAYS = 64


@dataclass(frozen=True, slots=True)
class FormTarget:
    """One name that a form stands for. `written`: the only way to write it, or ""; `capitals`: offsets of the
    letters that must be capitals."""

    name: NameData
    written: str
    capitals: tuple[int, ...]


# What few forms stand for: numbers of names to which it gives another meaning; persons whose family name or pseudonym
# it may be.
Rare = tuple[tuple[int, ...], tuple[PersonForm, ...]]
# All a form stands for: names, numbers of names for which it is a cue; whether the first letter of all names is a
# capital (an ordinary word is dropped by this alone, several words may still be the name in other letters); and the
# rare things, None for most. A plain tuple, because it is taken apart for every word found.
Entry = tuple[tuple[FormTarget, ...], tuple[int, ...], bool, Rare | None]


class Entries(dict[int, Entry]):
    """Form → what it stands for; made by `read` when first asked."""

    def __init__(self, read: Callable[[int], Entry]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, form: int) -> Entry:
        self[form] = entry = self._read(form)
        return entry


class InForce(dict[str, tuple[str, ...]]):
    """Organization → its registers on the days asked for, in the order of statuses; looked up when first asked.

    A lifted designation whose register keeps the past tense is `key@until`.
    """

    def __init__(self, book: Registers, days: Mapping[str, str]) -> None:
        super().__init__()
        self._book, self._days = book, days

    def __missing__(self, key: str) -> tuple[str, ...]:
        organization = self._book.organizations.get(key)
        found: dict[str, str] = {}
        for one in organization.designations if organization else ():
            if one.register not in self._days:  # of a jurisdiction that is not in force
                continue
            day = date.fromisoformat(self._days[one.register])
            if (one.since is None or one.since <= day) and (one.until is None or day < one.until):
                found[one.register] = one.register
            elif one.until and one.until <= day and self._book.registers[one.register].lifted == "past_tense":
                found.setdefault(one.register, f"{one.register}@{one.until.isoformat()}")
        self[key] = ordered = tuple(found[register] for register in sorted(found, key=self._book.status_rank))
        return ordered


class Compiled:
    """A loaded register version."""

    def __init__(self, sections: list[bytes]) -> None:
        automaton, organizations, names, forms, head = sections
        self._head: dict[str, Any] = json.loads(head)
        self._organization_lines, self._name_lines, self._form_lines = Lines(organizations), Lines(names), Lines(forms)
        self._names: dict[int, NameData] = {}
        self.entries = Entries(self._entry)
        self._in_force: dict[tuple[date, date], InForce] = {}
        self.scan = scanner.load(automaton, self.forms)
        self.form_count: int = self._head["forms"]
        self.head_count: int = self.form_count + self._head["roots"]
        self.heads: dict[str, str] = self._head["heads"]
        self.own_formulas: tuple[str, ...] = tuple(self._head["formulas"])
        self.publisher: str | None = self._head["file"].get("publisher")

    @cached_property
    def registers(self) -> Registers:
        """The registers as the file gave them; an organization is read when it is first asked for."""
        book = parse_registers({**self._head["file"], "publisher": None, "organizations": []})
        organizations = Organizations(self._head["keys"], self._organization_lines, book.registers)
        return Registers(
            book.registers,
            organizations,
            book.status_order,
            self.publisher,
            book.own_notice,
            self._head["aliases"],
            book.jurisdictions,
        )

    def in_force(self, as_of: date, published_on: date) -> InForce:
        """Return who is on which registers: by today's day, or by the day of publication, as each register says."""
        found = self._in_force.get((as_of, published_on))
        if found is None:
            if len(self._in_force) >= _KEPT_DAYS:
                self._in_force.clear()
            book = self.registers
            days = {
                key: (published_on if register.archive == "publication_day" else as_of).isoformat()
                for key, register in book.registers.items()
                if book.applies(key)
            }
            found = self._in_force[as_of, published_on] = InForce(book, days)
        return found

    def key(self, organization: str | None) -> str | None:
        """Return the lasting key for a key, which may be that of a merged entry."""
        aliases: dict[str, str] = self._head["aliases"]
        return aliases.get(organization, organization) if organization else None

    @cached_property
    def also_keys(self) -> dict[str, tuple[str, ...]]:
        """The entries into which others were merged, each with the keys of these."""
        found: dict[str, tuple[str, ...]] = {}
        for merged, key in self._head["aliases"].items():
            found[key] = (*found.get(key, ()), merged)
        return found

    def knows(self, organization: str) -> bool:
        """Say whether a key is that of an organization or of an entry merged into one."""
        return self.key(organization) in self.registers.organizations

    def forms(self) -> list[str]:
        """Return all that is looked for, by number: `form_count` surface forms, the roots of formulas, and from
        `head_count` on the plurals of `heads`."""
        return [line.partition(b"\t")[0].decode() for line in self._form_lines]

    def forms_of(self, organizations: Collection[str]) -> list[str]:
        """Return the folded surface forms of all names of these organizations, none of their cues."""
        by_key = self.forms_by_organization() if organizations else {}
        return sorted({form for key in organizations for form in by_key.get(key, ())})

    def forms_by_organization(self) -> dict[str, list[str]]:
        """Return the folded surface forms of all names by organization, with one pass over them."""
        owners = {str(n).encode(): json.loads(line)["o"] for n, line in enumerate(self._name_lines)}
        marks = (CUE.encode(), OTHER_MEANING.encode())
        found: dict[str, list[str]] = {}
        for line in self._form_lines:
            form, *rows = line.split(b"\t")
            parts = (row.partition(b":") for row in rows)
            for key in {owners[number] for number, _, written in parts if written not in marks}:
                found.setdefault(key, []).append(form.decode())
        return found

    def name(self, number: int) -> NameData:
        """Return a name by its number."""
        if number not in self._names:
            row = json.loads(self._name_lines[number])
            person = person_data(row["p"]) if "p" in row else None
            self._names[number] = name_data(number, row, self._head["words"], person)
        return self._names[number]

    def _entry(self, form: int) -> Entry:
        """Read what a form stands for; several names when organizations share one."""
        text, *lines = self._form_lines[form].decode().split("\t")
        rows = [row.partition(":") for row in lines]
        names = [row for row in rows if row[2] not in (CUE, OTHER_MEANING) and row[2][:1] != PERSON]
        targets = tuple(_target(self.name(int(row[0])), row[2]) for row in names)
        against = tuple(int(row[0]) for row in rows if row[2] == OTHER_MEANING)
        people = tuple(person_form(self.name(int(row[0])), row[2]) for row in rows if row[2][:1] == PERSON)
        return (
            targets,
            tuple(int(row[0]) for row in rows if row[2] == CUE),
            " " not in text and all(0 in one.capitals or one.written[:1].isupper() for one in targets),
            (against, people) if against or people else None,
        )

    def entry(self, form: int) -> Entry:
        """Return what a form stands for, kept in `entries`."""
        return self.entries[form]


def _target(name: NameData, written: str) -> FormTarget:
    if written.startswith("="):
        return FormTarget(name, written[1:], ())
    return FormTarget(name, "", tuple(i for i, char in enumerate(written) if char == "^"))


def load_compiled(data: bytes) -> Compiled:
    """Return the register version stored in the bytes. Raises CompiledFormError."""
    return Compiled(unpack(data))
