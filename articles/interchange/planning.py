"""A file planned against the rows, without a lock: all that takes long is done before anybody has to wait.

What was planned holds for the state of the rows that it was planned against, and is stored for no other.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from .. import registers as rows
from ..footnotes.registers import RegisterFileError, Registers, parse_registers
from ..models import CODES, Register, Site
from ..publishing import Refused
from .difference import differences
from .mapping import Mapping
from .plan import Plan, Terms, make_plan
from .reading import read_register
from .refused import Fault, Unreadable, unusable
from .shape import parse_file
from .waiting import in_force


@dataclass(frozen=True)
class Planned:
    """`state`: of the rows that the plan was made against. `new_register`: the file's dict with the register alone,
    where the rows have none. `is_first`: nothing else waited to be put in force. `sha256`: of the file. `is_whole`: it
    is the whole list, read whole: storing it is a check of the register."""

    plan: Plan
    register: str
    state: str
    sha256: str
    new_register: dict[str, Any] | None
    is_first: bool
    is_whole: bool = True


def plan_of(content: bytes, register: str, mapping: Mapping | None, *, partial: bool, at: datetime) -> Plan:
    """Work out what the file would do to the register; nothing is stored. Raises Unreadable, Refused."""
    return planned(content, register, mapping, partial=partial, at=at).plan


def planned(content: bytes, register: str, mapping: Mapping | None, *, partial: bool, at: datetime) -> Planned:
    """Plan the file against the rows as they are now. Raises Unreadable, Refused when the rows cannot be used so."""
    file = read_register(content, register, mapping)
    state = rows.state_of_rows()  # before the rows are read: what changes meanwhile makes the plan one of the past
    exported = rows.export_registers()
    ours = usable(exported)
    usable_file = parse_file(file, exported)
    theirs = usable_file.registers
    if register not in theirs.registers:
        message = _("There is no register “%s”: make it in the admin, or name it in the file.") % register
        raise Unreadable(Fault(0, "registers", message))
    row = Register.objects.filter(key=register).first()
    terms = Terms(
        register,
        at.astimezone(Site.current().zone).date(),
        (row or Register()).shrink_percent,
        partial or bool(mapping and mapping.partial),
    )
    plan = make_plan(usable_file, ours, terms)
    new = None if row else brought_register(register, theirs)
    usable(with_plan(exported, plan, new))
    is_first = differences(in_force(), ours).total == 0
    return Planned(plan, register, state, hashlib.sha256(content).hexdigest(), new, is_first, not terms.partial)


def usable(exported: dict[str, Any]) -> Registers:
    """Return rows in the file's form as the engine's registers. Raises Refused when they cannot be used."""
    try:
        return parse_registers(exported)
    except RegisterFileError as error:
        raise Refused("", _("The registers cannot be used like this: %s") % unusable(error)) from error


def with_plan(exported: dict[str, Any], plan: Plan, new: dict[str, Any] | None) -> dict[str, Any]:
    """Return the rows in the file's form as they will be once the plan is stored."""
    organizations = {one["key"]: one for one in (*exported["organizations"], *plan.entries)}
    after = {**exported, "organizations": list(organizations.values())}
    if new is not None:
        after["registers"] = [*exported["registers"], *new["registers"]]
        after["status_order"] = list(dict.fromkeys((*exported["status_order"], *new["status_order"])))
    return after


def brought_register(key: str, theirs: Registers) -> dict[str, Any]:
    """Return the file's dict with the one register that it brings. Raises Unreadable."""
    data = theirs.to_dict()
    new = next(one for one in data["registers"] if one["key"] == key)
    for name in ("title", "keeper"):
        if not all(isinstance(new[name].get(language, ""), str) for language in CODES):
            raise Unreadable(Fault(0, f"registers.{key}.{name}", _("A text for each language is expected.")))
    return {**data, "registers": [new], "organizations": []}
