"""The one shape that every importer gives: the dict of a register file; and its check, faults named by line."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..footnotes.registers import Problem, RegisterFileError, Registers, parse_usable
from ..footnotes.registers.parse import faulty_entries
from ..footnotes.statuses import STATUS_ORDER
from ..footnotes.types import Organization
from ..models.fields import CONTROL
from .refused import Fault, Unreadable, worded

ENTRY = re.compile(r"^organizations\[(\d+)\]")
KEY = re.compile(r"[-a-zA-Z0-9_]{1,120}")
LONGEST_NAME = 800
LONGEST_SOURCE = 500
MOST_NAMES = 300
MOST_RESOURCES = 300
NOT_TAKEN = ("publisher", "own_notice", "jurisdictions")  # of the outlet, not of a list
LISTED = 60  # faults: the lines of so many are looked up


@dataclass(frozen=True)
class Located:
    """A file's dict, and the line at which a place of it, such as `organizations[3].names[0]`, stands."""

    data: Any
    line_of: Callable[[str], int]


@dataclass(frozen=True)
class Usable:
    """What can be read of a file: `file` is without the entries left out; `faults` of these; their keys, "" unknown."""

    registers: Registers
    file: Located
    faults: tuple[Fault, ...] = ()
    left_out: frozenset[str] = frozenset()


def parse_file(file: Located, rows: dict[str, Any]) -> Usable:
    """Return the file's registers and entries; the rows' registers count as known to it. Raises Unreadable.

    A person with a mistake is left out, and so is what is kept of nobody.
    """
    data = file.data
    if not isinstance(data, dict) or not isinstance(data.get("organizations"), list):
        raise Unreadable(
            Fault(1, "organizations", _("This is no register file: a list of entries, “organizations”, is expected."))
        )
    try:
        parsed, told = parse_usable(with_rows(data, rows), persons_only=True)
    except RegisterFileError as error:
        raise Unreadable(*faults(error.problems, file)) from error
    left, out = without_faulty(file, faulty_entries(told))
    problems = list(limits(parsed, left.data["organizations"]))
    if problems:
        raise Unreadable(*faults(problems, left))
    return Usable(parsed, left, tuple(faults(told, file)), out)


def without_faulty(file: Located, faulty: set[int]) -> tuple[Located, frozenset[str]]:
    """Return the file without these entries, its places counted anew, and the keys of what was left out."""
    if not faulty:
        return file, frozenset()
    entries = file.data["organizations"]
    kept = [number for number in range(len(entries)) if number not in faulty]
    keys = [entries[number].get("key") for number in faulty]

    def line_of(where: str) -> int:
        return file.line_of(ENTRY.sub(lambda place: f"organizations[{kept[int(place[1])]}]", where))

    data = {**file.data, "organizations": [entries[number] for number in kept]}
    return Located(data, line_of), frozenset(key if isinstance(key, str) else "" for key in keys)


def with_rows(data: dict[str, Any], rows: dict[str, Any]) -> dict[str, Any]:
    """Return the file's dict with the rows' registers and statuses; what has another shape is for the parser."""
    whole = {key: value for key, value in data.items() if key not in NOT_TAKEN}
    own, order = data.get("registers", []), data.get("status_order", list(STATUS_ORDER))
    if isinstance(own, list):
        named = [one.get("key") for one in own if isinstance(one, dict)]
        whole["registers"] = [*own, *(one for one in rows["registers"] if one["key"] not in named)]
    if isinstance(order, list):
        whole["status_order"] = [*order, *(status for status in rows["status_order"] if status not in order)]
    return whole


def faults(problems: list[Problem], file: Located) -> list[Fault]:
    found = [Fault(file.line_of(one.where), one.place, worded(one)) for one in problems[:LISTED]]
    return found + [Fault(0, one.place, worded(one)) for one in problems[LISTED:]]


def limits(parsed: Registers, items: list[dict[str, Any]]) -> Iterator[Problem]:
    """Yield what the schema allows and the rows cannot hold."""
    for number, (key, one) in enumerate(parsed.organizations.items()):
        where = f"organizations[{number}]"
        for bad in (text for text in (key, *one.also_keys) if not KEY.fullmatch(text)):
            expected = _("“%s” is no key: letters a–z, digits, “-” and “_” are expected, at most 120.")
            yield Problem(where, "key", expected % printable(bad)[:130])
        if len(one.names) > MOST_NAMES:
            yield Problem(where, "names", _("There are more than %d names.") % MOST_NAMES)
        seen: set[tuple[str, str]] = set()
        for position, name in enumerate(one.names):
            if len(name.text) > LONGEST_NAME:
                yield Problem(f"{where}.names[{position}]", "text", _("The name is longer than %d.") % LONGEST_NAME)
            if (name.language, name.text) in seen:
                yield Problem(f"{where}.names[{position}]", "text", _("The name stands here twice."))
            seen.add((name.language, name.text))
        for position, period in enumerate(one.designations):
            if len(period.source) > LONGEST_SOURCE:
                message = _("The source is longer than %d.") % LONGEST_SOURCE
                yield Problem(f"{where}.designations[{position}]", "source", message)
            if period.since and period.since == period.until:
                yield Problem(f"{where}.designations[{position}]", "until", _("The period is empty."))
        yield from limits_of_resources(where, one)
        if any(CONTROL.search(text) for text in texts(items[number])):
            yield Problem(where, "", _("There is a character that no text holds."))


def limits_of_resources(where: str, one: Organization) -> Iterator[Problem]:
    """Yield a resource that stands twice, and that there are too many."""
    if len(one.resources) > MOST_RESOURCES:
        yield Problem(where, "resources", _("There are more than %d resources.") % MOST_RESOURCES)
    seen: set[tuple[str, str, str]] = set()
    for position, resource in enumerate(one.resources):
        named = (resource.kind, resource.service, resource.value)
        if named in seen:
            yield Problem(f"{where}.resources[{position}]", "value", _("The resource stands here twice."))
        seen.add(named)


def texts(data: Any) -> Iterator[str]:
    """Yield every string of the data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)


def printable(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)
