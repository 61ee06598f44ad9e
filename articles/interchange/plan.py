"""What a file would do to a register, worked out before anything is stored; and what makes us distrust it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..footnotes.fold import fold_form
from ..footnotes.registers import Registers, parse_organization
from ..footnotes.registers.dump import organization_to_dict
from ..footnotes.registers.person import identity
from ..footnotes.registers.private import masked
from ..footnotes.types import Organization, Register
from . import merge
from .difference import RegisterChange, entry, full_name, organization_lines
from .known import Known, is_another
from .refused import Fault, Unreadable
from .shape import Located, Usable

LISTED = 200  # of a kind, in a report
One = dict[str, Any]


@dataclass
class Plan:
    """`entries`: organizations as they will be stored. `distrust`: why the file is refused unless it is forced."""

    register: str
    added: list[RegisterChange] = field(default_factory=list)
    changed: list[RegisterChange] = field(default_factory=list)
    ended: list[RegisterChange] = field(default_factory=list)
    unchanged: int = 0
    passed_over: int = 0
    left_out: list[str] = field(default_factory=list)
    suspicious: list[str] = field(default_factory=list)
    distrust: list[str] = field(default_factory=list)
    entries: list[One] = field(default_factory=list)
    all_strong: bool = True

    @property
    def only_adds(self) -> bool:
        """True when nothing but new organizations comes, and all their names are strong."""
        return (
            bool(self.added) and not (self.changed or self.ended or self.distrust or self.left_out) and self.all_strong
        )

    def report(self) -> dict[str, Any]:
        """Return the plan in JSON values, for the history of imports."""
        kinds = {"added": self.added, "changed": self.changed, "ended": self.ended}
        return {
            **{kind: [[one.key, one.name, one.lines] for one in found[:LISTED]] for kind, found in kinds.items()},
            "counts": {kind: len(found) for kind, found in kinds.items()} | {"unchanged": self.unchanged},
            "left_out": [
                masked(line, is_name=True) for line in self.left_out[:LISTED]
            ],  # a fault repeats what it found
            "suspicious": self.suspicious[:LISTED],
            "distrust": self.distrust,
        }


@dataclass(frozen=True)
class Terms:
    """On which terms a register takes a file: its key, the newsroom's day, the share it may lose, whole or part."""

    register: str
    today: date
    shrink_percent: int
    partial: bool


def make_plan(read: Usable, ours: Registers, terms: Terms) -> Plan:
    """Work out what the file would do. Raises Unreadable for a file that says nothing of the register.

    Of an entry that was left out we keep what we have; where its key cannot be read, nothing at all ends.
    """
    theirs, file = read.registers, read.file
    plan = Plan(terms.register, left_out=[str(fault) for fault in read.faults])
    rows = {key: organization_to_dict(one) for key, one in ours.organizations.items()}
    on_list = [
        (number, one)
        for number, one in enumerate(theirs.organizations.values())
        if any(period.register == terms.register for period in one.designations)
    ]
    plan.passed_over = len(theirs.organizations) - len(on_list)
    if not on_list:
        nothing = Fault(0, "", _("No entry of the file is designated on “%s”.") % terms.register)
        raise Unreadable(*read.faults, nothing)
    met = lay_over(plan, on_list, rows, ours, file, terms)
    before = {key for key, one in rows.items() if merge.on_register(one, terms.register, terms.today)}
    kept = {ours.aliases.get(key, key) for key in read.left_out}
    if not terms.partial and "" not in kept:
        for key in sorted(before - met - kept):
            consider(plan, rows[key], merge.ended(rows[key], terms.register, terms.today), ours, terms)
    plan.suspicious += doubts(plan, ours, terms)
    current = sum(merge.on_register(organization_to_dict(one), terms.register, terms.today) for _n, one in on_list)
    distrust(plan, len(before), current, terms)
    return plan


def lay_over(
    plan: Plan,
    on_list: list[tuple[int, Organization]],
    rows: dict[str, One],
    ours: Registers,
    file: Located,
    terms: Terms,
) -> set[str]:
    """Lay each entry of the file over ours; return the keys of ours that the file names."""
    met: dict[str, int] = {}
    known = Known(ours)
    for number, one in on_list:
        key, where = known.key_of(one, met), f"organizations[{number}]"
        before = ours.organizations.get(key)
        if before is not None and is_another(before, one):
            values = {"key": key, "name": before.display_name(get_language() or "en")}
            message = _("“%(key)s” is the key of somebody else here (%(name)s), who is left as is.") % values
            plan.left_out.append(str(Fault(file.line_of(where), f"{where}.key", message)))
            met.setdefault(key, number)
            continue
        if key in met:
            lines = [file.line_of(f"organizations[{one}]") for one in (met[key], number)]
            message = _("This is “%(key)s”, which line %(line)d names too.") % {"key": key, "line": lines[0]}
            raise Unreadable(Fault(lines[1], "key", message))
        met[key] = number
        plan.suspicious += other_parts(before, one)
        theirs = organization_to_dict(one)
        if key != one.key and ours.organization(one.key):
            theirs["key"] = key  # the file has given the key of one to another
        consider(plan, rows.get(key), merge.merged(rows.get(key), theirs, terms.register, terms.today), ours, terms)
    return set(met)


def other_parts(before: Organization | None, one: Organization) -> Iterator[str]:
    """Yield that a file calls a person otherwise than we do: a file never changes the parts of a name."""
    if before is not None and before.person and one.person and identity(before.person) != identity(one.person):
        values = {"key": before.key, "ours": full_name(before.person), "theirs": full_name(one.person)}
        yield (
            _("The file calls “%(key)s” %(theirs)s; the parts of the name stay %(ours)s until you change them.")
            % values
        )


def consider(plan: Plan, before: One | None, after: One, ours: Registers, terms: Terms) -> None:
    """Enter one organization into the plan, under what becomes of it."""
    if before == after:
        plan.unchanged += 1
        return
    old = parsed(before, ours, terms) if before else None
    new = parsed(after, ours, terms)
    line = entry(new, organization_lines(old, new))
    plan.entries.append(after)
    if before is None:
        plan.added.append(line)
    elif merge.is_ending(before, after, terms.register, terms.today):
        plan.ended.append(line)
    else:
        plan.changed.append(line)


def parsed(one: One, ours: Registers, terms: Terms) -> Organization:
    known: Mapping[str, Register] = ours.registers
    if terms.register not in known:
        known = {**known, terms.register: Register(terms.register, "", {}, {}, "")}
    return parse_organization(one, known)


def doubts(plan: Plan, ours: Registers, terms: Terms) -> Iterator[str]:
    """Yield what a person should look at; note whether all new names are strong."""
    from ..footnotes.compile.derive import derive  # loads the dictionary, only where something is imported

    bearers: dict[str, str] = {}
    for key, organization in ours.organizations.items():
        for name in organization.names:
            bearers.setdefault(fold_form(name.text), key)
    unknown = 0
    for one in plan.entries:
        old = ours.organizations.get(one["key"])
        known = {(name.language, name.text) for name in old.names} if old else set()
        new = parsed(one, ours, terms)
        for name in new.names:
            if (name.language, name.text) in known:
                continue
            derived = derive(name).strength
            plan.all_strong &= derived == "strong"
            values = {"name": name.text, "organization": new.display_name(get_language() or "en")}
            if derived == "ask":
                yield (_("“%(name)s” is a single word: at each mention a person is asked (%(organization)s).") % values)
            elif derived != "strong":
                yield _("“%(name)s” is short or ambiguous and needs a cue (%(organization)s).") % values
            other = bearers.get(fold_form(name.text))
            if other not in (None, one["key"]):
                values["other"] = str(other)
                yield _("“%(name)s” is also a name of “%(other)s” (%(organization)s).") % values
        for period in new.designations:
            if period.register == terms.register and old is None:
                unknown += period.since is None
                if period.since and period.since > terms.today:
                    yield _("%s is designated from a day to come.") % new.display_name(get_language() or "en")
    if unknown:
        yield _("New entries of which the file does not say since when: %d.") % unknown
    if plan.passed_over:
        yield _("Entries of the file that are not on this register, passed over: %d.") % plan.passed_over


def distrust(plan: Plan, before: int, current: int, terms: Terms) -> None:
    """Say why the file should be refused: it is much shorter than the register, or ends much of it."""
    if not before:
        return
    values = {"before": before, "now": current, "ended": len(plan.ended), "share": terms.shrink_percent}
    if not terms.partial and (before - current) * 100 > terms.shrink_percent * before:
        plan.distrust.append(
            _("The register has %(before)d entries, the file only %(now)d: more than %(share)d %% would be lost.")
            % values
        )
    if len(plan.ended) * 100 > terms.shrink_percent * before:
        plan.distrust.append(
            _("It would end %(ended)d of %(before)d designations at once: more than %(share)d %%.") % values
        )
