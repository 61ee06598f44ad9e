"""Whose a line is that no line stored before is known to be: our own entries, those of the register before others.

A line is one of ours for certain by a number, or by the official name where one entry alone bears it; all else is
offered as a pair, and a person says.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from ...footnotes.registers.person import apart, identity
from ...footnotes.types import Person
from ...lists import bodies
from ...lists.identity import ALIKE, conflicting, official, related
from ...lists.line import ListLine
from ...lists.text import clean, folded, plain
from ...lists.words import exact, listed
from ...models import KeeperLine, Organization, Register
from .lines import list_line

STARTER = Path(__file__).resolve().parents[2] / "fixtures" / "registers.json"
FULL = ("official", "long", "translation", "former", "proper")
Period = tuple[date | None, date | None]

# By what a line is found to be an entry's: the better first.
NUMBER = "number of the body or person"
OFFICIAL = "official name"
SHORTER = "official name without its legal form"
PERSON = "full name"
NAMES = "its names"
NAME_AND_DAY = "name and day"
NAME = "a name"
NEARLY = "nearly the same name on one day"
ELSEWHERE = "the same name on another register"
OTHER_NAME = "a known number with another name"
NAMESAKE = "another person of this name, whom the registers do not tell apart"
RANK = {
    one: at
    for at, one in enumerate(
        (
            NUMBER, OTHER_NAME, OFFICIAL, SHORTER, PERSON, NAMES, NAME_AND_DAY, NAME, NEARLY, ELSEWHERE, NAMESAKE,
        )
    )
}  # fmt: skip


@dataclass
class OwnEntry:
    """An entry of ours, as lines are held against it. `on`: its periods on the register; `elsewhere`: on others."""

    pk: int
    kind: str
    person: tuple[str, ...] | None
    officials: set[str] = field(default_factory=set)
    cores: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    on: list[Period] = field(default_factory=list)
    elsewhere: bool = False
    numbers: list[ListLine] = field(default_factory=list)

    def began(self, day: date | None) -> bool:
        """Say whether a period on the register begins on the day."""
        return day is not None and any(since == day for since, _until in self.on)

    def bears(self, names: list[dict[str, str]], line: ListLine) -> bool:
        """Say whether the entry has one of the names that a line was stored with, or is the person it speaks of."""
        if self.person is not None:
            return line.person is None or self.person == identity_of(line)
        return not names or any(folded(one["text"]) in self.names for one in names)

    def holds(self, today: date) -> bool:
        """Say whether it is on the register today or will be."""
        return any(until is None or until > today for _since, until in self.on)


@dataclass(frozen=True)
class Likely:
    """Whose a line may be: `sure` where no person has to say so."""

    entry: OwnEntry
    reason: str
    sure: bool


@cache
def listed_as() -> dict[str, tuple[str, ...]]:
    """Return the official lines of entries that come with the program, which are no names, by the entries' keys."""
    data = json.loads(STARTER.read_text(encoding="utf-8"))
    return {one["key"]: tuple(one["_listed_as"]) for one in data["organizations"] if one.get("_listed_as")}


class OwnEntries:
    """Our entries, found by their names, numbers and days."""

    def __init__(self, register: Register) -> None:
        self.all = {one.pk: one for one in load(register)}
        self._by: dict[str, dict[object, list[OwnEntry]]] = {
            "official": defaultdict(list), "core": defaultdict(list), "name": defaultdict(list),
            "person": defaultdict(list), "day": defaultdict(list), "number": defaultdict(list),
        }  # fmt: skip
        for one in self.all.values():
            self._enter(one)

    def _enter(self, one: OwnEntry) -> None:
        for kind, keys in (("official", one.officials), ("core", one.cores), ("name", one.names)):
            for key in keys:
                self._by[kind][key].append(one)
        if one.person:
            self._by["person"][one.person].append(one)
        for since, _until in one.on:
            if since:
                self._by["day"][since].append(one)
        for line in one.numbers:
            for number in (("ogrn", line.raw.ogrn), ("inn", line.raw.private.get("inn"))):
                if number[1] and one not in self._by["number"][number]:
                    self._by["number"][number].append(one)

    def of(self, line: ListLine) -> list[Likely]:
        """Return whose the line may be, the likeliest first; the register's own entries before others."""
        found = self._by_number(line) + (self._of_person(line) if line.person else self._of_body(line))
        shared = Counter(one.entry.pk for one in found)
        found.sort(key=lambda one: (RANK[one.reason], not one.entry.began(line.raw.since), -shared[one.entry.pk]))
        best: dict[int, Likely] = {}
        for one in found:
            best.setdefault(one.entry.pk, one)
        return alone(list(best.values()), line)

    def _by_number(self, line: ListLine) -> list[Likely]:
        """Return whose number the line has; one with a wholly other name stops the line."""
        keys = [("ogrn", line.raw.ogrn), ("inn", line.raw.private.get("inn"))]
        entries = [one for key in keys if key[1] for one in self._by["number"].get(key, ())]
        return [
            Likely(one, NUMBER, sure=True)
            if any(related(other, line) for other in one.numbers)
            else Likely(one, OTHER_NAME, sure=False)
            for one in entries
            if one.kind == line.kind
        ]

    def _of_person(self, line: ListLine) -> list[Likely]:
        out = []
        for one in self._by["person"].get(identity_of(line), ()):
            if any(conflicting(other, line) for other in one.numbers):
                out += [] if apart_on(one, line) else [Likely(one, NAMESAKE, sure=bool(one.on))]
                continue
            days = [since for since, _until in one.on if since]
            same = not days or line.raw.since is None or one.began(line.raw.since)
            out.append(Likely(one, PERSON if one.on else ELSEWHERE, bool(one.on) and same))
        return out

    def _of_body(self, line: ListLine) -> list[Likely]:
        out: list[Likely] = []

        def add(keys: set[str], kind: str, reason: str) -> None:
            for key in keys:
                for one in self._by[kind].get(key, ()):
                    sure = " " in key or one.began(line.raw.since) or not any(since for since, _until in one.on)
                    out.append(self._found(one, reason, sure=sure))

        own = folded(line.raw.name)
        add(officials_of(line), "official", OFFICIAL)
        add(cores_of(line), "core", SHORTER)
        for key in names_of(line) | {own}:
            for one in self._by["name"].get(key, ()):
                together = one.began(line.raw.since)
                if together or len(key) > 4:
                    out.append(self._found(one, NAME_AND_DAY if together else NAME, sure=together))
        out += [
            self._found(one, NEARLY, sure=False)
            for one in self._by["day"].get(line.raw.since, ())
            if any(nearly(official(line), name) for name in one.officials)
        ]
        return [*self._by_names(out, line), *(one for one in out if one.entry.kind == line.kind)]

    def _by_names(self, found: list[Likely], line: ListLine) -> list[Likely]:
        """Return those of which the name in front, of several words, or two full names are ours."""
        first = official(line)
        full = {folded(one.text) for one in line.names if one.kind in FULL and " " in one.text}
        names = {pk: self.all[pk].names for pk in {one.entry.pk for one in found if one.reason == NAME}}
        pks = [pk for pk, own in names.items() if (" " in first and first in own) or len(full & own) > 1]
        return [self._found(self.all[pk], NAMES) for pk in pks if self.all[pk].kind == line.kind]

    @staticmethod
    def _found(entry: OwnEntry, reason: str, *, sure: bool = True) -> Likely:
        if not entry.on:
            return Likely(entry, ELSEWHERE, sure=False)
        return Likely(entry, reason, sure)


def identity_of(line: ListLine) -> tuple[str, ...]:
    """Return by what a person is known to be one of our entries'."""
    parts = line.person or dict.fromkeys(("family", "given", "patronymic", "gender"), "")
    return identity(Person(parts["family"], parts["given"], parts["patronymic"] or "", parts["gender"]))


def apart_on(one: OwnEntry, line: ListLine) -> bool:
    """Say whether the register lists both, each since another known day: only then can it hold two of one name."""
    return apart([("", since) for since, _until in one.on], [("", line.raw.since)])


def alone(found: list[Likely], line: ListLine) -> list[Likely]:
    """Return the same; the first is sure only where no other entry is found by as much."""
    if len(found) > 1 and found[0].sure:
        first, second = found[0], found[1]
        alike = first.reason == second.reason and first.entry.began(line.raw.since) == second.entry.began(
            line.raw.since
        )
        if alike:
            return [Likely(first.entry, first.reason, sure=False), *found[1:]]
    return found


def nearly(one: str, other: str) -> bool:
    alike = SequenceMatcher(None, one, other)
    return alike.real_quick_ratio() >= ALIKE and alike.quick_ratio() >= ALIKE and alike.ratio() >= ALIKE


def officials_of(line: ListLine) -> set[str]:
    """Return the folded names by which the keeper calls the body itself."""
    return {folded(line.raw.name), *(folded(one.text) for one in line.names if one.kind in ("official", "long"))}


def cores_of(line: ListLine) -> set[str]:
    return {core for one in line.names if one.kind in ("official", "long") and (core := core_of(one.text))}


def names_of(line: ListLine) -> set[str]:
    return {folded(one.text) for one in line.names if one.strength == "strong"} - {""}


def core_of(name: str) -> str:
    """Return a folded name without the words for its legal form: of `АНО «Ряска»` as of its long form it is `ряска`."""
    text = re.sub(r"[^\w\s/-]", " ", plain(name))
    rest = re.sub(r"\s+", " ", text).strip()
    while (found := legal_form().match(rest)) and found.end() < len(rest):
        rest = rest[found.end() :]
    return folded(" ".join(re.findall(r"[^\W_]+", rest)))


@cache
def legal_form() -> re.Pattern[str]:
    """Return a pattern of a legal form in front of a name in small letters, in full or as its letters."""
    full = "|".join(sorted(map(re.escape, listed("legal_forms")), key=len, reverse=True))
    short = "|".join(sorted((re.escape(plain(one)) for one in exact("forms_short")), key=len, reverse=True))
    own = bodies.ADJECTIVE
    return re.compile(rf"(?:(?:{own} )*(?:{full})|(?:{own} ){{1,4}}(?:{bodies.form_heads()})|{short}) ")


def load(register: Register) -> Iterable[OwnEntry]:
    """Yield every entry with what lines are held against."""
    numbers: dict[int, list[ListLine]] = defaultdict(list)
    for line in KeeperLine.objects.exclude(organization=None).select_related("organization"):
        if line.organization and (line.ogrn or line.numbers):
            numbers[line.organization.merged_into_id or line.organization.pk].append(list_line(line))
    rows = Organization.objects.standing().prefetch_related("names", "designations").order_by("key")
    for row in rows:
        one = OwnEntry(row.pk, row.kind, person_of(row), numbers=numbers.get(row.pk, []))
        for period in row.designations.all():
            if period.register_id == register.pk:
                one.on.append((period.designated_from, period.designated_until))
            else:
                one.elsewhere = True
        if one.kind == "organization":
            texts = [(name.text, name.data.get("kind", "")) for name in row.names.all()]
            add_names(one, texts, listed_as().get(row.key, ()))
        yield one


def person_of(row: Organization) -> tuple[str, ...] | None:
    if not row.is_person:
        return None
    return identity(Person(row.family, row.given, row.patronymic, row.gender))


def add_names(one: OwnEntry, texts: list[tuple[str, str]], official_lines: Iterable[str]) -> None:
    """Enter the names of an entry: which of them are official, their cores, and all that may be said of it."""
    for text, kind in texts:
        one.names.add(folded(text))
        if kind in ("official", "long") or folded(text) == folded(texts[0][0]):
            one.officials.add(folded(text))
            one.cores.add(core_of(text))
    for text in official_lines:
        one.officials.add(folded(clean(text)))
        for name, kind in bodies.names_of(clean(text), [], machine=False)[0]:
            if kind == "official":
                one.officials.add(folded(name))
                one.cores.add(core_of(name))
    for group in (one.officials, one.cores, one.names):
        group.discard("")
