"""A file that was answered is stored, checked or dropped: in one transaction, what was shown or nothing."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ...lists.text import folded
from ...models import KeeperLine, ListFile, ListRow, Organization, Register
from ...publishing import Refused
from ...publishing.events import log
from ...publishing.roles import require, staff_id
from ..difference import Difference, differences
from ..plan import Plan
from ..planning import usable
from ..store import ChangedSince, Imported, applied_or_waiting, store
from ..store import hold as hold_imports
from ..waiting import in_force
from .compare import compare
from .lines import same_told
from .plan import plan_of_file
from .proposing import name_key
from .state import changed_since, state_of, version_of

BATCH = 500
LINE = (
    "kind", "name", "line", "data", "digest", "numbers", "organization_id", "folded", "registration", "ogrn", "names",
    "state", "last_file_id", "last_seen",
)  # fmt: skip


def fresh(file: ListFile, *, at: datetime) -> bool:
    """Hold a file that waits against the rows again if they have changed since; say whether they had."""
    if file.state != "waiting" or file.seen == state_of(file.register):
        return False
    compare(file, at=at)
    return True


def beside(file: ListFile) -> Difference | None:
    """Return what waits already beside the file, and would be put in force with it; None where nothing does."""
    from ... import registers as rows

    found = differences(in_force(), usable(rows.export_registers()))
    return found if found.total else None


def store_file(file: ListFile, seen: str, *, by: User | None, at: datetime, reason: str = "") -> Imported:
    """Store the file as it was answered and shown: `seen` is that of its plan. `reason`: why in spite of warnings.

    What is stored waits as pending changes, unless the register lets additions through. Raises Refused.
    """
    if by is not None:
        require(by, "change_register")
    file = ListFile.objects.select_related("register").get(pk=file.pk)
    if file.seen != state_of(file.register):
        raise Refused("", changed_since())
    plans = plan_of_file(file, at=at)
    if seen != plans.seen:
        raise Refused("", changed_since())
    if plans.plan.distrust and not reason.strip():
        raise Refused("force", " ".join(plans.plan.distrust))
    answered = version_of(file)
    lines = remembered(file, plans.rows, {row.pk for row in plans.left_out}, at=at)

    def settle(plan: Plan) -> None:
        forced = reason.strip()[:300] if plan.distrust else ""
        end(file, "stored", by=by, at=at, report=plan.report(), forced=forced)
        if version_of(file) != answered:
            raise Refused("", changed_since())
        keep_lines(file, lines, plans.keys)
        free_numbers(plans.rows)
        counts = {key: count for key, count in file.counts.items() if count}
        log("list stored", by=by, at=at, register=file.register.key, file=file.pk, **counts)

    try:
        state = store(plans.planned, by=by, at=at, force=reason, settle=settle)
    except ChangedSince as error:
        raise Refused("", changed_since()) from error
    return Imported(plans.plan, applied_or_waiting(plans.planned, state, by=by, at=at))


@transaction.atomic
def checked(file: ListFile, *, by: User, at: datetime) -> None:
    """Say that the register was held against the keeper's whole list and nothing is new. Raises Refused."""
    require(by, "change_register")
    hold_imports(at)
    file = ListFile.objects.select_related("register").get(pk=file.pk)
    if file.partial:
        raise Refused("partial", _("The file holds only a part of the list: it is no check."))
    if not file.is_whole:
        raise Refused("", _("Lines of the file were not read: it is no check."))
    if file.seen != state_of(file.register):
        raise Refused("", changed_since())
    rows = list(file.rows.select_related("entry", "keeper_line").order_by("position", "pk"))
    if any(is_news(row) for row in rows):
        raise Refused("", _("Something is new in this file: it has to be stored, not only checked."))
    keys = {row.pk: row.entry.key for row in rows if row.entry}
    end(file, "checked", by=by, at=at)
    keep_lines(file, remembered(file, rows, set(), at=at), keys)
    Register.objects.filter(pk=file.register_id).update(checked_at=at)
    log("list checked", by=by, at=at, register=file.register.key, file=file.pk, unchanged=len(rows))


def is_news(row: ListRow) -> bool:
    """Say whether a row changes anything or asks: a line that had ended and left the list does not."""
    return row.change != "unchanged" and (row.change != "gone" or row.asked)


@transaction.atomic
def drop(file: ListFile, *, by: User | None, at: datetime) -> None:
    """Drop a file that waits: nothing was stored, and of its lines nothing is kept. Raises Refused."""
    if by is not None:
        require(by, "change_register")
    end(file, "dropped", by=by, at=at)
    file.rows.all().delete()
    log("list dropped", by=by, at=at, register=file.register.key, file=file.pk)


def end(file: ListFile, state: str, *, by: User | None, at: datetime, **columns: Any) -> None:
    """Let a file that waits end in a state, in the caller's transaction; the second of two is refused."""
    who = staff_id(by) if by is not None else None
    waits = ListFile.objects.filter(pk=file.pk, state="waiting")
    if not waits.update(state=state, ended_at=at, ended_by=who, **columns):
        raise Refused("", _("This file was stored or dropped already."))
    file.state, file.ended_at = state, at


def remembered(file: ListFile, rows: list[ListRow], out: set[int], *, at: datetime) -> list[tuple[int, KeeperLine]]:
    """Return the lines as they will be remembered, by their rows' ids: made before anybody has to wait for them."""
    made = [(row.pk, line_of(row, file, at)) for row in rows if row.pk not in out]
    return [(pk, line) for pk, line in made if line is not None]


def keep_lines(file: ListFile, lines: list[tuple[int, KeeperLine]], keys: dict[int, str]) -> None:
    """Store what was confirmed of each line, with its entry; what does not change is no longer kept as the file's."""
    entries = dict(Organization.objects.filter(key__in=set(keys.values())).values_list("key", "pk"))
    for pk, line in lines:
        line.organization_id = entries.get(keys.get(pk, ""))
    KeeperLine.objects.bulk_create([line for _pk, line in lines if not line.pk], batch_size=BATCH)
    KeeperLine.objects.bulk_create(
        [line for _pk, line in lines if line.pk],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[column.removesuffix("_id") for column in LINE],
    )
    file.rows.filter(change="unchanged").delete()


def line_of(row: ListRow, file: ListFile, at: datetime) -> KeeperLine | None:
    """Return the line as it will be remembered; None where nothing is to be."""
    line = row.keeper_line if row.answer != "other" else None
    if row.change == "gone":
        return gone_line(row, line, file)
    if line is None:
        line = KeeperLine(register_id=file.register_id)
    for column, value in same_told(row).items():
        setattr(line, column, value)
    line.folded = folded(row.name)
    line.registration = row.data.get("registration", "")[:60]
    line.ogrn = row.data.get("ogrn", "")[:20]
    line.names = {**line.names, **decisions(row)}
    line.state, line.last_file_id, line.last_seen = "listed", file.pk, at
    return line


def gone_line(row: ListRow, line: KeeperLine | None, file: ListFile) -> KeeperLine | None:
    """Return the line that is gone as it will be remembered: ended, or kept and not asked about again."""
    if line is None:
        if row.answer != "keep":
            return None
        line = KeeperLine(register_id=file.register_id, folded=folded(row.name), **same_told(row))
    line.state = "kept" if row.answer == "keep" else "left"
    if row.answer == "end" and row.ends_on:
        line.data = {**line.data, "until": row.ends_on.isoformat()}
    return line


def decisions(row: ListRow) -> dict[str, Any]:
    """Return what was decided of each name, to be remembered for the line."""
    kept = ("take", "strength", "kind", "text", "language")
    return {name_key(name): {column: name[column] for column in kept} for name in row.names}


def free_numbers(rows: list[ListRow]) -> None:
    """Take a number from the line that it identified until a person said that another body has it now."""
    lines = [row.keeper_line for row in rows if row.change == "stopped" and row.answer == "other" and row.keeper_line]
    for line in lines:
        line.data = {key: value for key, value in line.data.items() if key not in ("registration", "ogrn")}
        line.numbers = {key: value for key, value in line.numbers.items() if key != "inn"}
        line.registration = line.ogrn = ""
    KeeperLine.objects.bulk_update(lines, ["data", "numbers", "registration", "ogrn"])
