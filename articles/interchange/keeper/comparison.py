"""The keeper's list beside ours, line by line, for a person who holds both on paper: where they differ, and what only
one of them has. Nothing is decided and nothing stored by it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ...footnotes.types import Designation
from ...models import KeeperLine, ListFile, ListRow, Organization
from ...publishing import Refused
from ..difference import period
from .lines import day, lines_of
from .proposing import name_key

Days = tuple[date | None, date | None]


@dataclass(frozen=True)
class ComparedLine:
    """A line of the keeper's with the entry of ours that it is of, if any. `theirs`, `ours`: periods in words."""

    place: str
    line: str
    theirs: str
    key: str = ""
    names: list[str] = field(default_factory=list)
    ours: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ComparedEntry:
    """An entry of ours that no line is of."""

    key: str
    names: list[str]
    ours: list[str]


@dataclass(frozen=True)
class Comparison:
    """`same`, `differing`: lines of entries of ours; `theirs`: lines that we have not; `ours`: entries in force that no
    line is of; None for a file that is not the whole list."""

    file: ListFile
    same: list[ComparedLine]
    differing: list[ComparedLine]
    theirs: list[ComparedLine]
    ours: list[ComparedEntry] | None

    @property
    def total(self) -> int:
        """Return how many lines the keeper's list has."""
        return len(self.same) + len(self.differing) + len(self.theirs)


def comparison_of(file: ListFile, today: date) -> Comparison:
    """Hold the lines of a file beside our entries as they are now.

    Raises Refused for a file that was dropped, and for one after which another was stored: its lines are not kept.
    """
    lines = told_lines(file)
    entries = entries_of(file, lines)
    compared = [(line, entries.get(line.entry_id or 0)) for line in lines]
    both = [compared_line(line, entry, file) for line, entry in compared if entry is not None]
    return Comparison(
        file,
        same=[one for one in both if not one.differs],
        differing=[one for one in both if one.differs],
        theirs=[compared_line(line, None, file) for line, entry in compared if entry is None],
        ours=only_ours(file, {line.entry_id for line in lines}, entries, today) if file.is_whole else None,
    )


@dataclass(frozen=True)
class ToldLine:
    """What a line says, whichever row it is kept in. `refused`: names that a person has said are none."""

    entry_id: int | None
    place: dict[str, Any]
    line: str
    data: dict[str, Any]
    refused: frozenset[str]


def told_lines(file: ListFile) -> list[ToldLine]:
    """Return the lines of a file: of one that waits its rows, else what is remembered of each."""
    if file.state == "waiting":
        rows = file.rows.exclude(change="gone").select_related("entry__merged_into").order_by("position", "pk")
        return [told_row(row) for row in rows]
    found = [line for line in lines_of(file.register) if line.last_file_id == file.pk]
    if file.state == "dropped" or not found:
        raise Refused("", _("The lines of this file are no longer kept: compare with the last one that was taken."))
    return [told_line(line) for line in found]


def told_row(row: ListRow) -> ToldLine:
    entry = (row.entry.merged_into or row.entry) if row.entry is not None else None
    is_ours = entry is not None and row.answer != "other" and not row.is_open
    refused = frozenset(name_key(name) for name in row.names if not name["take"])
    return ToldLine(entry.pk if entry is not None and is_ours else None, row.where, row.line, row.data, refused)


def told_line(line: KeeperLine) -> ToldLine:
    refused = frozenset(key for key, said in line.names.items() if not said.get("take"))
    return ToldLine(line.organization_id, line.data.get("where", {}), line.line, line.data, refused)


def entries_of(file: ListFile, lines: Iterable[ToldLine]) -> dict[int, Organization]:
    """Return the entries of the lines and of the register, by their ids, in few queries."""
    named = {line.entry_id for line in lines if line.entry_id}
    listed = Organization.objects.standing().filter(designations__register=file.register_id)
    pks = named | set(listed.values_list("pk", flat=True))
    found: dict[int, Organization] = {}
    ordered = sorted(pks)
    for start in range(0, len(ordered), 1000):
        rows = Organization.objects.filter(pk__in=ordered[start : start + 1000])
        found |= {row.pk: row for row in rows.prefetch_related("names", "designations")}
    return found


def periods_on(entry: Organization, file: ListFile) -> list[Days]:
    return [
        (one.designated_from, one.designated_until)
        for one in entry.designations.all()
        if one.register_id == file.register_id
    ]


def in_words(days: Days) -> str:
    return period(Designation("", *days))


def compared_line(line: ToldLine, entry: Organization | None, file: ListFile) -> ComparedLine:
    stated = day(line.data.get("since")), day(line.data.get("until"))
    place, theirs = place_of(line.place), in_words(stated)
    if entry is None:
        return ComparedLine(place, line.line, theirs)
    own = periods_on(entry, file)
    names = list(entry.names.all())
    differs = [*days_that_differ(stated, own), *names_that_differ(line, entry)]
    return ComparedLine(
        place, line.line, theirs, entry.key, [name.text for name in names], list(map(in_words, own)), differs
    )


def place_of(where: dict[str, Any]) -> str:
    """Return where the line stands in the keeper's file: its number, else its row."""
    return next((str(where[key]) for key in ("number", "id", "reference", "row") if where.get(key)), "")


def days_that_differ(stated: Days, own: list[Days]) -> list[str]:
    """Say in which days the line differs from all of our periods; a day that the keeper does not print is none."""
    since, until = stated
    if not own:
        return [_("The entry is not on this register.")]
    if any((since is None or since == begin) and until == end for begin, end in own):
        return []
    nearest = next((one for one in own if one[0] == since), own[-1])
    values = {"theirs": in_words(stated), "ours": in_words(nearest)}
    return [_("Theirs: %(theirs)s; ours: %(ours)s.") % values]


def names_that_differ(line: ToldLine, entry: Organization) -> list[str]:
    """Name what the line calls it and we do not, unless a person has refused that name."""
    known = {name_key({"language": name.language, "text": name.text}) for name in entry.names.all()}
    missing = [name["text"] for name in line.data.get("names", ()) if name_key(name) not in known | line.refused]
    return [_("Names that we have not: %s.") % "; ".join(dict.fromkeys(missing))] if missing else []


def only_ours(
    file: ListFile, named: set[int | None], entries: dict[int, Organization], today: date
) -> list[ComparedEntry]:
    """Return our entries that are on the register today or will be, and that no line is of."""
    found = []
    for pk, entry in entries.items():
        own = periods_on(entry, file)
        if pk not in named and any(until is None or until > today for _since, until in own):
            names = [name.text for name in entry.names.all()]
            found.append(ComparedEntry(entry.key, names, list(map(in_words, own))))
    return sorted(found, key=lambda one: one.key)
