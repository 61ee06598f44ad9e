"""A file's lines held against what was stored of the register before: added, ended, changed, gone, stopped, unchanged.

Only rows are compared, so it can be done again at any time; what was answered stays where the question is the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from ...footnotes.registers.person import apart
from ...lists.accept import identity_of
from ...lists.difference import DOUBTFUL, ListDifference, difference
from ...lists.identity import Pair, conflicting, match
from ...lists.line import ListLine
from ...models import KeeperLine, ListFile, ListRow, Site
from ...publishing import Refused
from .entries import NAMESAKE, OTHER_NAME, OwnEntries, OwnEntry
from .lines import day, lines_of, list_lines, same_told
from .proposing import name_key, propose
from .state import changed_since, hold, state_of, version_of

BATCH = 500
TRIES = 3  # comparisons that somebody's answer overtakes
SETTLED = (
    "change", "asked", "entry_id", "keeper_line_id", "with_position", "reason", "answer", "ends_on", "names",
    "frequency", "names_confirmed", "names_by_id", "answered_at", "answered_by_id",
)  # fmt: skip
TWIN = "the same name in this file"
RETURNED = "on the list before"
Row = ListRow | KeeperLine


class Side:
    """Rows of one side with the lines made of them; `row_of` finds the row of a line."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: list[Any] = list(rows)
        self.lines = list_lines(self.rows)
        self._rows = {id(line): row for line, row in zip(self.lines, self.rows, strict=True)}

    def row_of(self, line: ListLine) -> Any:
        return self._rows[id(line)]


def first_compared(file: ListFile, rows: list[ListRow], *, at: datetime) -> list[ListRow]:
    """Return the rows of a file just read, with what changes, and those that are gone; nothing is stored."""
    file.seen = state_of(file.register)
    whole = [*rows, *compared(file, rows, at=at)]
    file.counts = counted((row.change, row.is_open) for row in whole)
    return whole


def compare(file: ListFile, *, at: datetime) -> None:
    """Hold the file that waits against the rows as they are now; answers to questions that are still the same stay.

    It is worked out without a lock, and again where somebody has answered meanwhile. Raises Refused.
    """
    for _try in range(TRIES):
        answered, seen = version_of(file), state_of(file.register)
        before = {place(row): row for row in file.rows.all()}
        rows = [row for row in before.values() if row.change != "gone"]
        kept = {row.pk: settled(row) for row in rows}
        answers = {key: answer_of(row) for key, row in before.items()}
        gone = compared(file, rows, at=at)
        for row in [*rows, *gone]:
            carry(row, *answers.get(place(row), (None, {}, [])))
        differing = [row for row in rows if kept[row.pk] != settled(row)]
        with transaction.atomic():
            hold(file)
            if version_of(file) == answered + 1:  # that of this comparison
                file.seen = seen
                file.rows.filter(change="gone").delete()
                columns = [column.removesuffix("_id") for column in SETTLED]
                ListRow.objects.bulk_update(differing, columns, batch_size=BATCH)
                ListRow.objects.bulk_create(gone, batch_size=BATCH)
                keep_counts(file)
                return
    raise Refused("", changed_since())


def settled(row: ListRow) -> tuple[object, ...]:
    return tuple(getattr(row, column) for column in SETTLED)


def carry(row: ListRow, question: object, given: dict[str, Any], names: list[dict[str, Any]]) -> None:
    """Let an answer stay where the question is the same, and what was said of names where they are proposed again."""
    if question == question_of(row):
        for column, value in given.items():
            setattr(row, column, value)
    said = {(one["language"], one["text"]): one for one in names}
    fresh = {(one["language"], one["text"]) for one in row.names}
    for one in row.names:
        old = said.get((one["language"], one["text"]))
        if old and old["state"] == one["state"]:
            one.update(old)
    row.names += [one for key, one in said.items() if key not in fresh and one.get("by_hand") and one["take"]]
    if given.get("names_confirmed") and all(key in said for key in fresh):
        row.names_confirmed, row.names_by_id = True, given["names_by_id"]


def place(row: ListRow) -> tuple[object, ...]:
    """Return what tells one row of a file from another."""
    return ("gone", row.keeper_line_id, row.entry_id) if row.change == "gone" else (row.position,)


def question_of(row: ListRow) -> tuple[object, ...]:
    return row.change, row.asked, row.entry_id, row.keeper_line_id, row.with_position, row.reason


def answer_of(row: ListRow) -> tuple[tuple[object, ...], dict[str, Any], list[dict[str, Any]]]:
    """Return what was asked of a row, what was answered, and its names."""
    columns = ("answer", "ends_on", "answered_at", "answered_by_id", "frequency", "names_confirmed", "names_by_id")
    return question_of(row), {column: getattr(row, column) for column in columns}, row.names


def counted(rows: Iterable[tuple[str, bool]]) -> dict[str, int]:
    """Return how many lines change in which way, and how many questions are open, of (change, whether it is open)."""
    counts = dict.fromkeys([*(key for key, _label in ListRow.CHANGES), "open"], 0)
    for change, is_open in rows:
        counts[change] += 1
        counts["open"] += is_open
    return counts


def keep_counts(file: ListFile) -> None:
    """Write into the file's row how many lines change in which way, and how many questions are open."""
    counts = counted(())
    is_open = Count("pk", filter=Q(asked=True, answer=""))
    for change, every, asked in (
        file.rows.order_by().values_list("change").annotate(every=Count("pk"), asked_for=is_open)
    ):
        counts[change] = every
        counts["open"] += asked
    file.counts = counts
    file.save(update_fields=["counts", "seen"])


def difference_of(file: ListFile) -> dict[str, list[ListRow]]:
    """Return the rows of a file by what changes, in the file's order."""
    found: dict[str, list[ListRow]] = {key: [] for key, _label in ListRow.CHANGES}
    rows = file.rows.select_related("entry", "keeper_line__organization", "answered_by__user")
    for row in rows.order_by("position", "pk"):
        found[row.change].append(row)
    return found


def compared(file: ListFile, rows: list[ListRow], *, at: datetime) -> list[ListRow]:
    """Enter into the rows what changes; return a row for each line that is gone."""
    today = at.astimezone(Site.current().zone).date()
    known = lines_of(file.register)
    listed = Side(one for one in known if one.state == "listed")
    new = Side(rows)
    for row in rows:
        clear(row)
    found = difference(listed.lines, new.lines)
    enter_pairs(found, listed, new)
    rest = returned(found.added, Side(one for one in known if one.state != "listed"), new)
    entries = OwnEntries(file.register)
    follow_separated(new, entries)
    enter_own(rest, entries, new)
    enter_twins([line for line in rest if new.row_of(line).entry_id is None], new)
    gone = []
    if file.is_whole:
        gone = [gone_row(file, listed.row_of(line), today) for line in found.gone]
        gone += unnamed(file, known, rows, entries, today)
    propose(rows)
    for row in rows:
        first = row.change == "changed" and row.keeper_line is None
        if first and changes_nothing(row, entries.all[row.entry_id or 0]):
            row.change = "unchanged"
        elif row.change == "unchanged" and row.keeper_line is not None:
            bring_back(row, row.keeper_line, entries)
    return gone


def bring_back(row: ListRow, line: KeeperLine, entries: OwnEntries) -> None:
    """Let a line that is as it was stored change our entry again where that was taken back, or discarded, since."""
    entry = entries.all.get(row.entry_id or 0)
    if entry is None:
        row.change = "added" if any(name["take"] for name in row.names) else "unchanged"
    elif not changes_nothing(row, entry):
        open_end = row.data["until"] and any(until is None for _since, until in entry.on)
        row.change = "ended" if open_end else "changed"
    if row.change != "unchanged" and all(name_key(name) in line.names for name in row.names):
        row.names_confirmed = True


def changes_nothing(row: ListRow, entry: OwnEntry) -> bool:
    """Say whether a line that is now known as an entry's says nothing that the entry does not."""
    since, until = day(row.data["since"]), day(row.data["until"])
    known = any(end == until and since in (None, begin) for begin, end in entry.on)
    return known and not any(name["state"] == "new" and name["take"] for name in row.names)


def clear(row: ListRow) -> None:
    row.change, row.asked, row.reason, row.answer = "added", False, "", ""
    row.entry = row.keeper_line = row.with_position = row.ends_on = None
    row.answered_at = row.answered_by = None


def enter_pairs(found: ListDifference, listed: Side, new: Side) -> None:
    """Enter what is told by lines that were stored before."""
    for change, pairs in (
        ("ended", found.ended), ("changed", found.changed), ("unchanged", found.unchanged), ("stopped", found.stopped),
    ):  # fmt: skip
        for pair in pairs:
            row = enter_pair(pair, listed, new)
            row.change = change
            row.asked = change == "stopped" or (change != "unchanged" and pair.reason in DOUBTFUL)


def enter_pair(pair: Pair, listed: Side, new: Side) -> ListRow:
    row: ListRow = new.row_of(pair.new)
    row.keeper_line = listed.row_of(pair.old)
    row.entry = row.keeper_line.organization
    row.reason = pair.reason
    return row


def returned(added: list[ListLine], left: Side, new: Side) -> list[ListLine]:
    """Enter lines that the list had once before; return what is left."""
    if not left.rows:
        return added
    found = match(left.lines, added)
    for pair in found.pairs:
        row = enter_pair(pair, left, new)
        row.reason = RETURNED
        row.asked = row.entry is None
    return [line for line in added if new.row_of(line).keeper_line is None]


def follow_separated(new: Side, entries: OwnEntries) -> None:
    """Let lines whose names went to an entry of their own, when theirs was separated, be that one's."""
    for line in new.lines:
        row = new.row_of(line)
        entry = entries.all.get(row.entry_id or 0)
        if entry is None or row.keeper_line is None or entry.bears(row.keeper_line.data["names"], line):
            continue
        sure = next((one for one in entries.of(line) if one.sure and one.entry.on), None)
        if sure is not None:
            row.entry_id = sure.entry.pk


def enter_own(lines: list[ListLine], entries: OwnEntries, new: Side) -> None:
    """Enter which added lines are, or may be, entries of ours."""
    if not entries.all:
        return
    holders: dict[int, list[ListLine]] = defaultdict(list)
    for line in new.lines:
        row = new.row_of(line)
        if row.entry_id:
            holders[row.entry_id].append(line)
    for line in sorted(lines, key=lambda one: one.raw.row):
        row = new.row_of(line)
        for one in entries.of(line):
            others = holders.get(one.entry.pk, [])
            if others and is_another(line, others):
                continue
            row.entry_id = one.entry.pk
            row.reason = one.reason
            row.asked = not one.sure or (bool(others) and not follows(line, others))
            row.change = "doubtful" if row.asked else changes(line, one.entry, first=not others)
            row.change = "stopped" if one.reason == OTHER_NAME else row.change
            if not row.asked:
                holders[one.entry.pk].append(line)
            break


def changes(line: ListLine, entry: OwnEntry, *, first: bool) -> str:
    """Return what a line does that is the first to be known as an entry of ours; "unchanged" is told by its names."""
    if not entry.on or not first:
        return "added"
    since, until = line.raw.since, line.raw.until
    if until and any(end is None and (since is None or begin in (None, since)) for begin, end in entry.on):
        return "ended"
    return "changed"


def is_another(line: ListLine, others: list[ListLine]) -> bool:
    """Say whether a person is another than the one whose lines these are: both are listed, since other days."""
    if line.person is None:
        return False
    return any(apart([("", other.raw.since)], [("", line.raw.since)]) and overlap(line, other) for other in others)


def overlap(one: ListLine, other: ListLine) -> bool:
    """Say whether the periods of two lines overlap; one without a first day holds on every day."""
    (since, until), (begun, ended) = ((line.raw.since or date.min, line.raw.until or date.max) for line in (one, other))
    return since < ended and begun < until


def follows(line: ListLine, others: list[ListLine]) -> bool:
    """Say whether the line is a further period of what the others are lines of, or names it in the same way."""
    return not any(overlap(line, other) for other in others) or any(
        identity_of(line, {"key": ""}) == identity_of(other, {"key": ""}) for other in others
    )


def enter_twins(lines: list[ListLine], new: Side) -> None:
    """Enter which added lines are of one entry: a body that returned, an item or a person that is named twice."""
    first: dict[object, list[ListLine]] = defaultdict(list)
    for line in lines:
        key = (line.kind, identity_of(line, {"key": id(line)}))
        row = new.row_of(line)
        twin = next((other for other in first[key] if not is_another(line, [other])), None)
        if twin is None:
            first[key].append(line)
            continue
        row.with_position = new.row_of(twin).position
        row.reason = NAMESAKE if line.person and conflicting(twin, line) else TWIN


def gone_row(file: ListFile, line: KeeperLine, today: date) -> ListRow:
    """Return the row of a line that the file no longer has: a person is asked, unless it had ended already."""
    until = line.data.get("until")
    return ListRow(
        file=file,
        position=0,
        where=line.data.get("where", {}),
        change="gone",
        asked=not (until and until <= today.isoformat()),
        entry=line.organization,
        keeper_line=line,
        **same_told(line),
    )


def unnamed(
    file: ListFile, known: list[KeeperLine], rows: list[ListRow], entries: OwnEntries, today: date
) -> list[ListRow]:
    """Return a row for each entry of ours that is on the register and that no line, of now or before, is of."""
    met = {row.entry_id for row in rows} | {line.organization_id for line in known}
    return [entry_row(file, pk) for pk, one in entries.all.items() if pk not in met and one.holds(today)]


def entry_row(file: ListFile, pk: int) -> ListRow:
    """Return the row of an entry that no line of the keeper's list names."""
    from ...models import Organization

    entry = Organization.objects.get(pk=pk)
    name = entry.shown_name()
    return ListRow(
        file=file, position=0, change="gone", asked=True, entry=entry, kind=entry.kind, name=name, line=name,
        data=nothing(), digest="", numbers={},
    )  # fmt: skip


def nothing() -> dict[str, Any]:
    """Return the data of a line of which nothing is known."""
    days = dict.fromkeys(("since", "until", "decided", "published"))
    return {"where": {}, "names": [], "resources": [], **days}
