"""Put a compiled register version in force and let the archive follow; take it back; begin what a date begins."""

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ...editions import House
from ...models import Batch, RegisterVersion, Site
from ...registers import (
    NoRegisters,
    begin_version,
    book_of,
    compile_version,
    current_version,
    drop_compiled,
    loaded,
    restore,
)
from ..errors import Refused
from ..events import log
from ..force import change_version
from ..frozen import refuse_frozen
from ..roles import require, staff_id
from .batch import start_batch
from .candidates import candidate_articles, changed_organizations, changed_registers, prints_other_notice, turning
from .printed import is_renamed, touch_printed
from .wordings import require_wordings


def apply_version(
    version: RegisterVersion, *, by: User | None, at: datetime, reason: str = "", kind: str = "change"
) -> Batch:
    """Put the version in force from `at` on and start the batch that brings the articles concerned under it.

    Raises Refused for one of which a register lacks a wording of its notes.
    """
    if by is not None:
        require(by, "change_register")
    for one in (current_version(), version):
        book = loaded(one.pk, one.digest).registers  # while nobody waits: the transaction finds them in memory
    if kind != "reverse":  # what was in force before may come back as it was
        require_wordings(book)
    today = at.astimezone(Site.current().zone).date()
    renamed = is_renamed(House.under(current_version()), House.under(version), (today, today))
    return put_in_force(version, by=by, at=at, reason=reason, kind=kind, renamed=renamed)


@transaction.atomic
def put_in_force(
    version: RegisterVersion, *, by: User | None, at: datetime, reason: str, kind: str, renamed: bool
) -> Batch:
    """Do what `apply_version` says, in one transaction. `renamed`: names that pages print of themselves are others."""
    change_version()
    refuse_frozen()
    previous = current_version()
    if previous.pk == version.pk:
        raise Refused("", _("This version is in force already."))
    begin_version(version, at, applied_by=staff_id(by) if by else None, reason=reason[:300])
    before, after = loaded(previous.pk, previous.digest), loaded(version.pk, version.digest)
    organizations = changed_organizations(before.registers, after.registers)
    registers = changed_registers(before.registers, after.registers)
    whole = prints_other_notice(before.registers, after.registers, organizations)
    articles = None if whole else candidate_articles((before, after), organizations, registers, at)
    drop_compiled()
    touch_printed(at, renamed=renamed)
    log("registers applied", by=by, at=at, version=version.number, organizations=sorted(organizations), reason=reason)
    return start_batch(
        version,
        kind="house" if whole else kind,
        articles=articles,
        organizations=sorted(organizations),
        by=by,
        at=at,
        previous=previous,
    )


@transaction.atomic
def follow_house(*, by: User | None, at: datetime) -> Batch | None:
    """Bring the whole archive under the outlet's own settings, in the transaction that changes them, and print as it
    would be printed now what earlier versions have issued.

    Whoever issues an edition under the old ones is waited for; whoever begins later waits for the transaction's end.
    """
    change_version()
    try:
        version = current_version()
    except NoRegisters:
        return None
    return start_batch(version, kind="house", articles=None, organizations=[], by=by, at=at)


@transaction.atomic
def reverse(batch: Batch, *, by: User, at: datetime, reason: str) -> Batch:
    """Put the registers back as they were before the batch, and the archive with them."""
    require(by, "change_register")
    if batch.previous_version is None:
        raise Refused("", _("This relabel brought no change of the registers that could be taken back."))
    if current_version().pk != batch.register_version_id:
        raise Refused("", _("The registers have changed since then: take back the later change first."))
    Batch.objects.filter(pk=batch.pk, finished_at=None).update(finished_at=at, stopped_at=at)
    previous = batch.previous_version
    restore(book_of(previous).to_dict())
    return apply_version(compile_version(at), by=by, at=at, reason=reason, kind="reverse")


def relabel_all(*, by: User | None, at: datetime) -> Batch:
    """Start a relabel of the whole archive under the version in force."""
    if by is not None:
        require(by, "change_register")
    return start_batch(current_version(), kind="full", articles=None, organizations=[], by=by, at=at)


def follow_dates(since: date, until: date, at: datetime) -> Batch | None:
    """Start a batch for the designations that begin or end after the day `since`, up to and on the day `until`.

    One of the outlet's own brings the notice that it prints at the head of every article, or takes it away.
    """
    try:
        version = current_version()
    except NoRegisters:
        return None
    compiled = loaded(version.pk, version.digest)
    organizations = turning(compiled, since, until)
    if not organizations:
        return None
    house = House.under(version)
    touch_printed(at, renamed=is_renamed(house, house, (since, until)))
    publisher = Site.current().publisher
    whole = publisher is not None and publisher.key in organizations
    articles = None if whole else candidate_articles((compiled,), organizations, set(), at)
    kind = "house" if whole else "dates"
    return start_batch(version, kind=kind, articles=articles, organizations=sorted(organizations), by=None, at=at)
