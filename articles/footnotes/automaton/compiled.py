"""A register version as bytes, and what a process loads from them.

Sections, each with its length before it: head (JSON), organizations, names and forms (a line each, read when first
needed, so that loading costs nothing for them), the automaton. Load only bytes whose digest stands in their row.
"""

import json
import struct
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from articles.footnotes.automaton import scanner
from articles.footnotes.automaton.name import NameData, name_data
from articles.footnotes.registers import Registers, parse_registers

_MAGIC = b"FOOTNOTES1\n"
_SECTIONS = 5


class CompiledFormError(ValueError):
    """The bytes are not a compiled register version of this engine."""


class FormTarget(NamedTuple):
    """One name that a form stands for. `written`: the only way to write it, or ""; `capitals`: offsets of the
    letters that must be capitals."""

    name: NameData
    written: str
    capitals: tuple[int, ...]


class Compiled:
    """A loaded register version: `scan` finds forms, `targets` says what they stand for."""

    def __init__(self, sections: list[bytes]) -> None:
        head, organizations, names, forms, automaton = sections
        self._head: dict[str, Any] = json.loads(head)
        self._organization_lines, self._name_lines = organizations, names.split(b"\n")
        self._form_lines = forms.split(b"\n") if forms else []
        self._designations: dict[str, list[tuple[str, str | None, str | None]]] = self._head["designations"]
        self._names: dict[int, NameData] = {}
        self._targets: dict[int, tuple[FormTarget, ...]] = {}
        self.scan = scanner.load(automaton, self.forms)

    def status_on(self, organization: str, days: dict[str, date]) -> tuple[str, ...]:
        """Return the registers an organization is on, each judged on its own day (`days`: register → day).

        In the order of statuses; a lifted designation whose register keeps the past tense is `key@until`.
        """
        lists = self.lists
        found: dict[str, str] = {}
        for one in self._designations[organization]:
            register, since, until = one
            day = days[register].isoformat()
            if (since is None or since <= day) and (until is None or day < until):
                found[register] = register
            elif until and until <= day and lists.registers[register].lifted == "past_tense":
                found.setdefault(register, f"{register}@{until}")
        if len(found) < 2:
            return tuple(found.values())
        return tuple(found[key] for key in sorted(found, key=lists.status_rank))

    @cached_property
    def lists(self) -> Registers:
        """The registers without their organizations: policies, wordings, order of statuses, publisher."""
        return parse_registers({**self._head["file"], "publisher": None, "organizations": []})

    @cached_property
    def own_formulas(self) -> tuple[str, ...]:
        """The folded wordings of the registers' notes, by which a printed status is recognized."""
        return tuple(self._head["formulas"])

    @property
    def publisher(self) -> str | None:
        """The outlet's own organization, when the file names one."""
        publisher: str | None = self._head["file"].get("publisher")
        return publisher

    def key(self, organization: str | None) -> str | None:
        """Return the lasting key for a key, which may be that of a merged entry."""
        aliases: dict[str, str] = self._head["aliases"]
        return aliases.get(organization, organization) if organization else None

    def knows(self, organization: str) -> bool:
        """Say whether a key is that of an organization or of an entry merged into one."""
        return self.key(organization) in self._designations

    def forms(self) -> list[str]:
        """Return all folded surface forms, by number."""
        return [line.partition(b"\t")[0].decode() for line in self._form_lines]

    def form_count(self) -> int:
        """Return how many folded surface forms there are."""
        return len(self._form_lines)

    def name(self, number: int) -> NameData:
        """Return a name by its number."""
        if number not in self._names:
            self._names[number] = name_data(number, json.loads(self._name_lines[number]), self._head["words"])
        return self._names[number]

    def targets(self, form: int) -> tuple[FormTarget, ...]:
        """Return the names a form stands for, several when organizations share a name."""
        found = self._targets.get(form)
        if found is None:
            rows = self._form_lines[form].decode().split("\t")[1:]
            found = tuple(_target(self.name(int(row.partition(":")[0])), row.partition(":")[2]) for row in rows)
            self._targets[form] = found
        return found

    @cached_property
    def registers(self) -> Registers:
        """The registers as the file gave them: organizations, designations, wordings."""
        file = dict(self._head["file"])
        file["organizations"] = json.loads(b"[" + self._organization_lines.replace(b"\n", b",") + b"]")
        return parse_registers(file)


def _target(name: NameData, written: str) -> FormTarget:
    if written.startswith("="):
        return FormTarget(name, written[1:], ())
    return FormTarget(name, "", tuple(i for i, char in enumerate(written) if char == "^"))


def pack(
    head: dict[str, Any],
    organizations: list[dict[str, Any]],
    names: list[dict[str, Any]],
    forms: list[tuple[str, list[tuple[int, str]]]],
) -> bytes:
    """Return the bytes of a register version; forms are (folded form, [(number of the name, written)])."""
    lines = ["\t".join([form, *(f"{number}:{written}" for number, written in targets)]) for form, targets in forms]
    sections = [
        json.dumps(head, ensure_ascii=False).encode(),
        _json_lines(organizations),
        _json_lines(names),
        "\n".join(lines).encode(),
        scanner.build([form for form, _ in forms]),
    ]
    return _MAGIC + b"".join(struct.pack("<Q", len(section)) + section for section in sections)


def _json_lines(rows: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def load_compiled(data: bytes) -> Compiled:
    """Return the register version stored in the bytes. Raises CompiledFormError."""
    if not data.startswith(_MAGIC):
        raise CompiledFormError("no compiled registers of this version of the engine")
    sections, at = [], len(_MAGIC)
    view = memoryview(data)
    for _ in range(_SECTIONS):
        if at + 8 > len(data):
            raise CompiledFormError("the compiled registers are cut off")
        (length,) = struct.unpack_from("<Q", data, at)
        sections.append(bytes(view[at + 8 : at + 8 + length]))
        at += 8 + length
    if at != len(data):
        raise CompiledFormError("the compiled registers are cut off")
    return Compiled(sections)
