"""What differs between two states of the registers, as a person reads it: organizations, names, periods, wordings."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..footnotes.registers import Registers
from ..footnotes.types import Designation, Name, Organization, Person, Register, Resource, Wording
from ..models import Name as NameRow
from ..models import Organization as OrganizationRow


@dataclass(frozen=True)
class RegisterChange:
    """One organization or register; `lines`: what is new (+), gone (−) or different (~) about it."""

    key: str
    name: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Difference:
    added: list[RegisterChange]
    changed: list[RegisterChange]
    gone: list[RegisterChange]
    registers: list[RegisterChange]

    @property
    def total(self) -> int:
        """Return how many organizations and registers differ."""
        return len(self.added) + len(self.changed) + len(self.gone) + len(self.registers)


def differences(before: Registers, after: Registers) -> Difference:
    """Return what was added, changed or taken away from one state to the other."""
    old, new = before.organizations, after.organizations
    kept = [(old[key], new[key]) for key in new if key in old]
    return Difference(
        added=[entry(one, organization_lines(None, one)) for key, one in new.items() if key not in old],
        changed=[entry(b, organization_lines(a, b)) for a, b in kept if differ(a, b)],
        gone=[entry(one, []) for key, one in old.items() if key not in new],
        registers=list(register_entries(before, after)),
    )


def differ(before: Organization, after: Organization) -> bool:
    """Say whether a person sees a difference; resources mark nothing, so that entries are equal without them."""
    return before != after or before.resources != after.resources


def entry(organization: Organization, lines: list[str]) -> RegisterChange:
    return RegisterChange(organization.key, organization.display_name(get_language() or "en"), lines)


def organization_lines(before: Organization | None, after: Organization) -> list[str]:
    """Return what is new, gone or different about one organization."""
    return [
        *name_lines(before.names if before else (), after.names),
        *period_lines(before.designations if before else (), after.designations),
        *resource_lines(before.resources if before else (), after.resources),
        *other_lines(before, after),
    ]


def name_lines(before: tuple[Name, ...], after: tuple[Name, ...]) -> Iterator[str]:
    old = {(name.language, name.text): name for name in before}
    new = {(name.language, name.text): name for name in after}
    for key in old.keys() - new.keys():
        yield _("− name “%s”") % key[1]
    for key, name in new.items():
        if key not in old:
            yield _("+ name “%(name)s”: %(strength)s") % {"name": name.text, "strength": strength(name)}
        elif name != old[key]:
            yield _("~ name “%(name)s”: %(what)s") % {"name": name.text, "what": name_change(old[key], name)}
    if old.keys() == new.keys() and [*old] != [*new]:
        yield _("~ the order of the names")


def strength(name: Name) -> str:
    words = {key: str(label) for key, label in NameRow.STRENGTHS}
    return words.get(name.strength, _("by rule, from the name itself"))


def name_change(before: Name, after: Name) -> str:
    if before.strength != after.strength:
        return f"{strength(before)} → {strength(after)}"
    differing = [one.name for one in fields(Name) if getattr(before, one.name) != getattr(after, one.name)]
    return ", ".join(differing)


def period_lines(before: tuple[Designation, ...], after: tuple[Designation, ...]) -> Iterator[str]:
    old = {(one.register, one.since): one for one in before}
    new = {(one.register, one.since): one for one in after}
    for key in sorted(old.keys() - new.keys(), key=str):
        yield _("− on %(register)s, %(period)s") % {"register": key[0], "period": period(old[key])}
    for key, one in new.items():
        values = {"register": one.register, "period": period(one)}
        if key not in old:
            yield _("+ on %(register)s, %(period)s") % values
        elif old[key].until != one.until:
            yield _("~ on %(register)s, %(before)s → %(period)s") % {**values, "before": period(old[key])}
        elif old[key].source != one.source:
            yield _("~ the source of the designation on %(register)s") % values


def resource_lines(before: tuple[Resource, ...], after: tuple[Resource, ...]) -> Iterator[str]:
    old = {(one.kind, one.service, one.value): one for one in before}
    new = {(one.kind, one.service, one.value): one for one in after}
    for key in old.keys() - new.keys():
        yield _("− resource “%s”") % address(old[key])
    for key, one in new.items():
        if key not in old:
            yield _("+ resource “%s”") % address(one)
        elif one != old[key]:
            yield _("~ resource “%s”") % address(one)
    if old.keys() == new.keys() and [*old] != [*new]:
        yield _("~ the order of the resources")


def address(one: Resource) -> str:
    return f"{one.service}/{one.value}" if one.service else one.value


def period(one: Designation) -> str:
    """Return a period in words; its end is the first day on which it no longer holds."""
    since = _("since %s") % shown(one.since) if one.since else _("start unknown")
    return since + ", " + _("until %s") % shown(one.until) if one.until else since


def shown(day: date) -> str:
    return formats.date_format(day, "j E Y")


def other_lines(before: Organization | None, after: Organization) -> Iterator[str]:
    if before is None:
        return
    if before.descriptor != after.descriptor:
        yield _("~ what the organization is called (descriptor)")
    yield from person_lines(before, after)
    for key in after.also_keys:
        if key not in before.also_keys:
            yield _("+ the entry “%s” is merged into it") % key
    for key in before.also_keys:
        if key not in after.also_keys:
            yield _("− the entry “%s” is no longer merged into it") % key


def person_lines(before: Organization, after: Organization) -> Iterator[str]:
    """Yield what differs about who an entry is, and about what the name of a person does."""
    if before.kind != after.kind:
        yield _("~ now a person") if after.person else _("~ no longer a person")
    elif before.person != after.person and before.person and after.person:
        values = {"before": full_name(before.person), "after": full_name(after.person)}
        yield _("~ the parts of the name: %(before)s → %(after)s") % values
    if before.surname != after.surname:
        words = {key: str(label) for key, label in OrganizationRow.SURNAMES}
        values = {"before": words[before.surname], "after": words[after.surname]}
        yield _("~ the family name alone: %(before)s → %(after)s") % values
    for word in after.not_beside:
        if word not in before.not_beside:
            yield _("+ never this person beside “%s”") % word
    for word in before.not_beside:
        if word not in after.not_beside:
            yield _("− never this person beside “%s”") % word


def full_name(person: Person) -> str:
    """Return the parts as the desk reads them, the gender last."""
    return " ".join(filter(None, (person.family, person.given, person.patronymic, f"({person.gender})")))


def register_entries(before: Registers, after: Registers) -> Iterator[RegisterChange]:
    language = get_language() or "en"
    for key, one in after.registers.items():
        old = before.registers.get(key)
        title = str(one.title.get(language) or key)
        if old is None:
            yield RegisterChange(key, title, [_("+ a new register")])
        elif old != one:
            yield RegisterChange(key, title, list(register_lines(old, one)))
    for key in before.registers.keys() - after.registers.keys():
        yield RegisterChange(key, key, [_("− the register is gone")])
    if before.jurisdictions != after.jurisdictions:
        values = {"before": jurisdictions(before), "after": jurisdictions(after)}
        line = _("~ jurisdictions in force: %(before)s → %(after)s") % values
        yield RegisterChange("", _("All registers"), [line])
    if before.status_order != after.status_order:
        yield RegisterChange("", _("All registers"), [_("~ the order of statuses")])
    if before.own_notice != after.own_notice:
        yield RegisterChange("", _("All registers"), [_("~ the outlet's own notice")])


def jurisdictions(registers: Registers) -> str:
    return ", ".join(registers.jurisdictions) or _("all")


def register_lines(before: Register, after: Register) -> Iterator[str]:
    plain: dict[str, Any] = {
        "status": _("status"),
        "jurisdiction": _("jurisdiction"),
        "title": _("title"),
        "keeper": _("keeper"),
        "archive": _("by which state the archive is marked"),
        "lifted": _("what a lifted designation leaves"),
    }
    for name, label in plain.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"~ {label}: {old} → {new}" if isinstance(new, str) else f"~ {label}"
    for language in before.notes.keys() | after.notes.keys():
        yield from wording_lines(language, before.notes.get(language, {}), after.notes.get(language, {}))


def wording_lines(language: str, before: Any, after: Any) -> Iterator[str]:
    for kind in dict.fromkeys([*before, *after]):
        old, new = before.get(kind), after.get(kind)
        if old != new:
            values = {"kind": kind, "language": language, "before": wording(old), "after": wording(new)}
            yield _("~ wording “%(kind)s” (%(language)s): “%(before)s” → “%(after)s”") % values


def wording(one: Wording | None) -> str:
    return " / ".join(one.texts.values()) if one else ""
