"""Take a file into a register, all of it in one transaction or nothing; a second import waits for the first."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from .. import registers as rows
from ..footnotes.registers import RegisterFileError, Registers, parse_registers
from ..models import Batch, Heartbeat, Register, Site
from ..publishing import Refused
from ..publishing.events import log
from ..publishing.relabel import apply_version
from ..publishing.roles import require
from .difference import differences
from .mapping import Mapping
from .plan import Plan, Terms, make_plan
from .reading import read_register
from .refused import Fault, Unreadable, unusable
from .shape import parse_file
from .waiting import in_force

LOCK = "registers"


@dataclass(frozen=True)
class Imported:
    """`batch`: the relabel that additions have started by themselves, if any."""

    plan: Plan
    batch: Batch | None = None


def plan_of(content: bytes, register: str, mapping: Mapping | None, *, partial: bool, at: datetime) -> Plan:
    """Work out what the file would do to the register; nothing is stored. Raises Unreadable, Refused."""
    return planned(content, register, mapping, partial=partial, at=at)[0]


@transaction.atomic
def import_register(
    content: bytes,
    register: str,
    mapping: Mapping | None,
    *,
    by: User | None,
    at: datetime,
    partial: bool = False,
    force: str = "",
) -> Imported:
    """Store the file in the register. Raises Unreadable for a faulty file, Refused for one that is distrusted.

    `force`: why it is stored although it is distrusted. What is stored waits as pending changes, unless it only
    adds, every name is strong, the register lets additions apply by themselves, and nothing else waits.
    """
    if by is not None:
        require(by, "change_register")
    hold(at)
    plan, theirs, ours = planned(content, register, mapping, partial=partial, at=at)
    if plan.distrust and not force.strip():
        raise Refused("force", " ".join(plan.distrust))
    waited = differences(in_force(), ours).total > 0
    stored = register_row(register, theirs)
    rows.store_organizations(plan.entries, {one.key: one for one in Register.objects.all()})
    check_rows()
    Register.objects.filter(pk=stored.pk).update(checked_at=at)
    detail: dict[str, Any] = {"register": register, "sha256": hashlib.sha256(content).hexdigest()}
    if plan.distrust:
        detail["forced"] = force.strip()[:300]
    log("register imported", by=by, at=at, **detail, **plan.report()["counts"])
    if stored.apply_additions and plan.only_adds and not waited:
        return Imported(plan, apply_version(rows.compile_version(at), by=by, at=at, reason=_("Imported additions.")))
    return Imported(plan)


def hold(at: datetime) -> None:
    """Wait until no other import is at work, in the caller's transaction."""
    Heartbeat.objects.get_or_create(job=LOCK, defaults={"beat_at": at})
    Heartbeat.objects.filter(job=LOCK).update(beat_at=at)


def planned(
    content: bytes, register: str, mapping: Mapping | None, *, partial: bool, at: datetime
) -> tuple[Plan, Registers, Registers]:
    file = read_register(content, register, mapping)
    exported = rows.export_registers()
    ours = check_rows(exported)
    theirs = parse_file(file, exported)
    if register not in theirs.registers:
        message = _("There is no register “%s”: make it in the admin, or name it in the file.") % register
        raise Unreadable(Fault(0, "registers", message))
    row = Register.objects.filter(key=register).first() or Register()
    terms = Terms(
        register,
        at.astimezone(Site.current().zone).date(),
        row.shrink_percent,
        partial or bool(mapping and mapping.partial),
    )
    return make_plan(theirs, ours, file, terms), theirs, ours


def check_rows(exported: dict[str, Any] | None = None) -> Registers:
    """Return the rows as the engine's registers. Raises Refused when they cannot be used."""
    try:
        return parse_registers(exported if exported is not None else rows.export_registers())
    except RegisterFileError as error:
        raise Refused("", _("The registers cannot be used like this: %s") % unusable(error)) from error


def register_row(key: str, theirs: Registers) -> Register:
    """Return the register's row; one that the file brings is made as the file says, one that is there stays."""
    row = Register.objects.filter(key=key).first()
    if row is not None:
        return row
    data = theirs.to_dict()
    new = next(one for one in data["registers"] if one["key"] == key)
    for name in ("title", "keeper"):
        if not all(isinstance(new[name].get(language, ""), str) for language in rows.LANGUAGES):
            raise Unreadable(Fault(0, f"registers.{key}.{name}", _("A text for each language is expected.")))
    return rows.store_registers({**data, "registers": [new]})[key]
