"""Entries as a person has decided on them, one act at a time: looked at, checked without a lock, stored if nothing else
has changed meanwhile. What is stored waits with the other changes of the rows."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from .. import registers as rows
from ..models import Organization, Register
from ..publishing import Refused
from ..publishing.events import log
from ..publishing.roles import require
from .planning import usable
from .store import TRIES, hold

One = dict[str, Any]


@dataclass(frozen=True)
class Decided:
    """`entries`: as they will be, in the form of the register file; `gone`: key → the entry as it was, merged into one
    of them; `detail`: for the log."""

    entries: list[One]
    gone: dict[str, One] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)


def state_of(*entries: Organization) -> str:
    """Return the SHA-256 of what the entries hold: a person decides on what was shown, and on nothing else."""
    held = [rows.exported_organization(one) for one in entries]
    return hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def entries_as_seen(seen: str, *keys: str) -> list[One]:
    """Return the entries of these keys in the form of the register file. Raises Refused when they are not those that
    were looked at; `seen`: their `state_of`."""
    found = {one.key: one for one in Organization.objects.standing().filter(key__in=keys)}
    for key in keys:
        if key not in found:
            raise Refused("", _("There is no entry “%s” any more.") % key)
    if seen != state_of(*(found[key] for key in keys)):
        raise changed_since()
    return [rows.exported_organization(found[key]) for key in keys]


def changed_since() -> Refused:
    return Refused("", _("The entries have changed since they were looked at: look again, then decide."))


def keep(decide: Callable[[], Decided], kind: str, *, by: User, at: datetime, reason: str) -> None:
    """Store what `decide` gives, which reads the rows and raises Refused, and log it as `kind`.

    Raises Refused where all registers together could not be used so.
    """
    require(by, "change_organization")
    for _try in range(TRIES):
        state = rows.state_of_rows()
        decided = decide()
        stored = checked(decided)
        with transaction.atomic():
            hold(at)
            if rows.state_of_rows() != state:
                continue
            rows.store_organizations(stored, {one.key: one for one in Register.objects.all()})
            for key, was in decided.gone.items():
                Organization.objects.filter(key=key).update(data={"was": was})
            log(kind, by=by, at=at, reason=reason.strip()[:300], **decided.detail)
            return
    raise changed_since()


def checked(decided: Decided) -> list[One]:
    """Return the entries as the engine's reader writes them. Raises Refused for registers that cannot be used."""
    exported = rows.export_registers()
    after = {
        one["key"]: one for one in (*exported["organizations"], *decided.entries) if one["key"] not in decided.gone
    }
    parsed = usable({**exported, "organizations": list(after.values())}).to_dict()
    wanted = {one["key"] for one in decided.entries}
    return [one for one in parsed["organizations"] if one["key"] in wanted]
