"""What storing a file would do to the entries: its answered rows laid over ours, in the shape of a register file.

Nothing ends because a line is missing: an entry gets an end only where the keeper prints one or a person has said so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ... import registers as rows
from ...footnotes.fold import fold_form
from ...footnotes.registers import Registers
from ...footnotes.registers.dump import organization_to_dict
from ...footnotes.registers.problems import Problem, Reader
from ...footnotes.registers.resource import parse_resource
from ...lists.accept import descriptors_of, name_entry
from ...lists.line import Proposal
from ...models import KeeperLine, ListFile, ListRow, Site
from ...models.keeper_list import Told
from ...publishing import Refused
from .. import merge
from ..difference import Difference, differences
from ..plan import Plan, Terms, consider, distrust, doubts
from ..planning import Planned, usable, with_plan
from ..shape import Located, parse_file
from ..waiting import in_force
from .keys import new_key
from .lines import lines_of, list_line
from .state import state_of_file

ENTRY = re.compile(r"^organizations\[(\d+)\]")
One = dict[str, Any]


@dataclass
class Plans:
    """`planned`: as of any import. `seen`: the state that it was made of. `rows`: those that are stored, and `keys` of
    their entries by the rows' ids. `others`: what waits already and would be put in force with it. `left_out`: rows of
    entries that have a mistake."""

    planned: Planned
    seen: str
    rows: list[ListRow] = field(default_factory=list)
    keys: dict[int, str] = field(default_factory=dict)
    others: Difference | None = None
    left_out: list[ListRow] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        return self.planned.plan


@dataclass
class EntryPiece:
    """An entry that the file touches: all its rows, and ours as it is now."""

    key: str
    ours: One | None
    rows: list[ListRow] = field(default_factory=list)
    names: list[One] = field(default_factory=list)

    @property
    def is_news(self) -> bool:
        """Say whether a row changes something, or may."""
        return any(row.change != "unchanged" and not stays(row) for row in self.rows)


def plan_of_file(file: ListFile, *, at: datetime) -> Plans:
    """Work out what storing the file would do; nothing is stored. Raises Refused, Unreadable."""
    if file.state != "waiting":
        raise Refused("", _("This file was stored or dropped already."))
    seen, state = state_of_file(file), rows.state_of_rows()
    exported = rows.export_registers()
    ours = usable(exported)
    today = at.astimezone(Site.current().zone).date()
    terms = Terms(file.register.key, today, file.register.shrink_percent, partial=True)
    answered = stored_rows(file)
    keys, pieces = pieced(answered, {one["key"]: one for one in exported["organizations"]})
    nameless = [piece for piece in pieces if not piece.names]
    named = [piece for piece in pieces if piece.names]
    plan, out = laid_over(named, file, exported, ours, terms)
    plan.suspicious = [*map(no_name, nameless), *doubts(plan, ours, terms)]
    holding = sum(merge.on_register(one, terms.register, today) for one in exported["organizations"])
    distrust(plan, holding, holding, terms)
    usable(with_plan(exported, plan, None))
    others = differences(in_force(), ours)
    planned = Planned(plan, terms.register, state, file.sha256, None, others.total == 0, file.is_whole)
    keys = without(keys, {piece.key for piece in nameless} | out)
    left = [row for piece in pieces if piece.key in out for row in piece.rows]
    return Plans(planned, seen, answered, keys, others if others.total else None, left)


def laid_over(
    pieces: list[EntryPiece], file: ListFile, exported: One, ours: Registers, terms: Terms
) -> tuple[Plan, frozenset[str]]:
    """Return the plan, and the keys of what is left out of it with a mistake. Raises Unreadable, with rows."""
    plan, lines = Plan(terms.register), lines_by_entry(file)
    if not pieces:
        return plan, frozenset()
    theirs = [entry_of(piece, file, lines.get(piece.key, []), terms.today) for piece in pieces]
    places = dict(enumerate(pieces))
    read = parse_file(Located({"organizations": theirs}, lambda where: line_of(where, places)), exported)
    plan.left_out = [str(fault) for fault in read.faults]
    for one in read.registers.organizations.values():
        before = ours.organizations.get(one.key)
        consider(plan, organization_to_dict(before) if before else None, organization_to_dict(one), ours, terms)
    return plan, read.left_out


def without(keys: dict[int, str], out: Iterable[str]) -> dict[int, str]:
    left = set(out)
    return {pk: key for pk, key in keys.items() if key not in left}


def no_name(piece: EntryPiece) -> str:
    """Say of a line that it gives no entry: no name of it is taken, or none is Russian or English."""
    return (
        _("“%s” matches no text: no name of it is taken. It is remembered, and no entry is made.") % piece.rows[0].line
    )


def line_of(where: str, places: dict[int, EntryPiece]) -> int:
    """Return the row of the keeper's file of which an entry is made."""
    found = ENTRY.match(where)
    piece = places.get(int(found[1])) if found else None
    row = piece.rows[0].where.get("row") if piece and piece.rows else None
    return int(row) if row else 0


def stored_rows(file: ListFile) -> list[ListRow]:
    """Return the rows that are stored as they are answered. Raises Refused while a question is open."""
    found = list(file.rows.select_related("entry", "keeper_line").order_by("position", "pk"))
    open_ones = [row for row in found if row.is_open]
    if open_ones:
        raise Refused("open", _("Lines that wait for an answer: %d. Answer them, or leave them out.") % len(open_ones))
    return [row for row in found if row.answer != "skip"]


def pieced(answered: list[ListRow], ours: dict[str, One]) -> tuple[dict[int, str], list[EntryPiece]]:
    """Return the key of the entry of each row, and the entries that the file touches with their rows and names."""
    keys: dict[int, str] = {}
    by_position: dict[int, str] = {}
    pieces: dict[str, EntryPiece] = {}
    taken = set(ours) | {also for one in ours.values() for also in one.get("also_keys", ())}
    for row in answered:
        key = key_of(row, by_position, taken)
        if not key:
            continue
        keys[row.pk] = key
        if row.position:
            by_position[row.position] = key
        pieces.setdefault(key, EntryPiece(key, ours.get(key))).rows.append(row)
    touched = [piece for piece in pieces.values() if piece.is_news]
    for piece in touched:
        piece.names = names_of(piece)
    return keys, touched


def stays(row: ListRow) -> bool:
    """Say whether a line is gone and nothing ends by it: it had ended, or a person keeps it."""
    return row.change == "gone" and row.answer != "end"


def key_of(row: ListRow, by_position: dict[int, str], taken: set[str]) -> str:
    """Return the key of our entry that the row is of, a new one for what we have not."""
    if row.entry is not None and row.answer != "other":
        return row.entry.key
    if row.change == "gone":
        return ""
    if row.with_position and row.answer != "other" and row.with_position in by_position:
        return by_position[row.with_position]
    key = new_key(row, taken)
    taken.add(key)
    return key


def lines_by_entry(file: ListFile) -> dict[str, list[KeeperLine]]:
    """Return the lines stored before of each entry, those that the file does not name anew."""
    told = file.rows.exclude(keeper_line=None).exclude(answer__in=("skip", "other"))
    named = set(told.values_list("keeper_line", flat=True))
    found: dict[str, list[KeeperLine]] = defaultdict(list)
    for line in lines_of(file.register):
        if line.organization and line.pk not in named:
            found[line.organization.key].append(line)
    return found


def entry_of(piece: EntryPiece, file: ListFile, lines: list[KeeperLine], today: date) -> One:
    """Return the entry as it will be: ours, with what its lines say of the register."""
    first = piece.rows[0]
    one: One = dict(piece.ours) if piece.ours else {"key": piece.key}
    person = list_line(first).person
    if piece.ours is None and person and first.kind == "person":
        one |= {"kind": "person", "person": person}
    one["names"] = piece.names
    key = file.register.key
    ours = piece.ours["designations"] if piece.ours else []
    others = [period for period in ours if period["register"] != key]
    own = [period for period in ours if period["register"] == key]
    theirs = periods_of(piece, lines, key, today)
    periods = merge.merged_periods(own, theirs)
    one["designations"] = ours if merge.same(own, periods) else [*others, *periods]
    stated = [each for line in [*piece.rows, *lines] if not gone(line) for each in line.data["resources"]]
    theirs_too = {"resources": [each for each in unique(stated) if is_resource(each)]}
    return one | merge.merged_resources(list(one.get("resources", ())), theirs_too, key)


def gone(line: Told) -> bool:
    return line.change == "gone" if isinstance(line, ListRow) else getattr(line, "state", "") != "listed"


def unique(resources: list[One]) -> list[One]:
    """Return the resources, each once."""
    return list({merge.named(one): one for one in reversed(resources)}.values())[::-1]


def is_resource(data: One) -> bool:
    """Say whether a register file can hold the resource: a keeper's cell may hold what is no address."""
    problems: list[Problem] = []
    parse_resource(Reader(data, "", problems), {})
    return not problems


def periods_of(piece: EntryPiece, lines: list[KeeperLine], register: str, today: date) -> list[One]:
    """Return the periods on the register that the lines of an entry state, each once, the earliest first."""
    stated = [(line.data["since"], line.data["until"]) for line in lines]
    for row in piece.rows:
        until = row.data["until"]
        if row.change == "gone" and not stays(row):
            until = (row.ends_on or today).isoformat()
        if row.change == "gone" and row.keeper_line is None:
            stated += own_periods(piece, register, None if stays(row) else until)
        else:
            stated.append((row.data["since"], until))
    found = [(since, until) for since, until in dict.fromkeys(stated) if not (since and until and until <= since)]
    found.sort(key=lambda one: (one[0] or "", one[1] or "9999"))
    return [{"register": register, "since": since, "until": until, "source": ""} for since, until in found]


def own_periods(piece: EntryPiece, register: str, until: str | None) -> list[tuple[str | None, str | None]]:
    """Return the periods of an entry of ours that no line is of, ended on the day if one is given."""
    own = [one for one in (piece.ours or {"designations": []})["designations"] if one["register"] == register]
    if until is None:
        return [(one["since"], one["until"]) for one in own]
    return [(one["since"], one["until"] if one["until"] and one["until"] < until else until) for one in own]


def names_of(piece: EntryPiece) -> list[One]:
    """Return the names of the entry as it will be: ours without those that were dropped, then those that are taken."""
    names = list(piece.ours["names"]) if piece.ours else []
    known = {(name["language"], fold_form(name["text"])) for name in names}
    for row in piece.rows:
        line = list_line(row)
        dropped = {(one["language"], one["text"]) for one in row.names if one["state"] == "left" and not one["take"]}
        if len(dropped) < len(names):
            names = [name for name in names if (name["language"], name["text"]) not in dropped]
        descriptors = descriptors_of(line)
        for one in row.names:
            key = (one["language"], fold_form(one["text"]))
            if (
                not one["take"]
                or (one["state"] in ("known", "left", "refused") and not one.get("by_hand"))
                or key in known
            ):
                continue
            known.add(key)
            proposal = Proposal(one["text"], one["kind"], one["strength"], one["language"])
            names.append(reviewed(name_entry(proposal, line, descriptors), one))
    return names


def reviewed(name: One, row: One) -> One:
    """Return a new name: as a person has confirmed it, or as any file brings it."""
    if row.get("by_hand"):
        strength = {} if name.get("kind") == "pseudonym" or "strength" not in name else {"strength": row["strength"]}
        name = name | strength | {"review": "hand"}
        return {key: name[key] for key in merge.ordered(name)}
    name = name | {"review": "rule"}
    return {key: name[key] for key in merge.ordered(name)}
