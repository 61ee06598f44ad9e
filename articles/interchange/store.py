"""Take a file into a register, all of it in one transaction or nothing.

It is planned before the transaction, which holds SQLite's only writer no longer than the rows take to be written; a
plan made against rows that have changed since is made anew.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from .. import registers as rows
from ..models import Batch, Heartbeat, Register, Site
from ..models.busy import is_busy
from ..models.freeze import is_frozen
from ..publishing import Refused
from ..publishing.events import log
from ..publishing.relabel import apply_version, lacking
from ..publishing.roles import require
from .mapping import Mapping
from .plan import Plan
from .planning import Planned, planned

LOCK = "registers"
TRIES = 5  # plans made against rows that somebody changes meanwhile
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Imported:
    """`batch`: the relabel that additions have started by themselves, if any."""

    plan: Plan
    batch: Batch | None = None


class ChangedSince(Exception):
    """The rows are no longer those that the file was planned against."""


def import_register(
    content: bytes,
    register: str,
    mapping: Mapping | None,
    *,
    by: User | None,
    at: datetime,
    partial: bool = False,
    force: str = "",
    seen: str = "",
    sha256: str = "",
    settle: Callable[[Plan], None] = lambda plan: None,
) -> Imported:
    """Store the file in the register. Raises Unreadable for a faulty file, Refused for one that is distrusted.

    `force`: why it is stored although it is distrusted. `seen`: the state of the rows that a person has looked at;
    for another one it is refused. `sha256`: of the file as it came, of which the content may be a part. `settle`:
    called in the transaction that stores. What is stored waits as pending changes, unless it only adds, every name is
    strong, the register lets additions apply by themselves, and nothing else waits.
    """
    if by is not None:
        require(by, "change_register")
    for _try in range(TRIES):
        found = planned(content, register, mapping, partial=partial, at=at)
        found = replace(found, sha256=sha256 or found.sha256)
        if seen and seen != found.state:
            break
        if found.plan.distrust and not force.strip():
            raise Refused("force", " ".join(found.plan.distrust))
        try:
            state = store(found, by=by, at=at, force=force, settle=settle)
        except ChangedSince:
            continue
        return Imported(found.plan, applied_or_waiting(found, state, by=by, at=at))
    raise Refused("", _("The registers have changed since the file was looked at: look again, then store it."))


@transaction.atomic
def store(found: Planned, *, by: User | None, at: datetime, force: str, settle: Callable[[Plan], None]) -> str:
    """Store what was planned; return the state of the rows then. Raises ChangedSince, with nothing stored."""
    hold(at)
    if rows.state_of_rows() != found.state:
        raise ChangedSince
    if found.new_register is not None:
        rows.store_registers(found.new_register)
    rows.store_organizations(found.plan.entries, {one.key: one for one in Register.objects.all()})
    if found.is_whole:
        Register.objects.filter(key=found.register).update(checked_at=at)
    detail: dict[str, Any] = {"register": found.register, "sha256": found.sha256}
    if found.plan.distrust:
        detail["forced"] = force.strip()[:300]
    log("register imported", by=by, at=at, **detail, **found.plan.report()["counts"])
    settle(found.plan)
    return rows.state_of_rows()


def applied_or_waiting(found: Planned, state: str, *, by: User | None, at: datetime) -> Batch | None:
    """Do what `apply_additions` does; where others write to the database for too long the additions wait for a person.

    The file is stored: nobody is to be told that it is not.
    """
    try:
        return apply_additions(found, state, by=by, at=at)
    except OperationalError as error:
        if not is_busy(error):
            raise
        logger.warning("The additions to %s are stored and wait: the database was busy", found.register)
        return None


def apply_additions(found: Planned, state: str, *, by: User | None, at: datetime) -> Batch | None:
    """Put additions in force by themselves where the register lets them; None where they wait for a person.

    They are compiled without a lock, and put in force only if the rows are still those that the import has left.
    """
    lets = Register.objects.filter(key=found.register, apply_additions=True).exists()
    if is_frozen() or not (lets and found.plan.only_adds and found.is_first) or rows.state_of_rows() != state:
        return None
    version = rows.compile_version(at)
    if lacking(rows.book_of(version), Site.current().used):  # the desk has to give wordings first
        return None
    with transaction.atomic():
        hold(at)
        if rows.state_of_rows() != state:
            return None
        return apply_version(version, by=by, at=at, reason=_("Imported additions."))


def hold(at: datetime) -> None:
    """Wait until no other import is at work, in the caller's transaction."""
    Heartbeat.objects.get_or_create(job=LOCK, defaults={"beat_at": at})
    Heartbeat.objects.filter(job=LOCK).update(beat_at=at)
