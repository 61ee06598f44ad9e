"""What waits: the rows as people and files have left them, against the version in force; and how it is dropped."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from .. import registers as rows
from ..footnotes.registers import Registers, parse_registers
from ..publishing import Refused
from ..publishing.events import log
from ..publishing.roles import require
from .difference import Difference, differences

NOTHING = Registers({}, {})


def in_force() -> Registers:
    """Return the registers that editions are marked by, resources too; empty ones before the first version."""
    try:
        version = rows.current_version()
    except rows.NoRegisters:
        return NOTHING
    return rows.book_of(version)


def waiting() -> Difference:
    """Return what differs between the version in force and the rows. Raises RegisterFileError for unusable rows."""
    return differences(in_force(), parse_registers(rows.export_registers()))


@transaction.atomic
def discard(*, by: User, at: datetime, reason: str) -> None:
    """Make the rows again what is in force. Raises Refused before the first version."""
    require(by, "change_register")
    before = in_force()
    if before is NOTHING:
        raise Refused("", _("No version is in force yet."))
    rows.restore(before.to_dict())
    log("registers discarded", by=by, at=at, reason=reason)
