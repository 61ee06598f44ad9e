"""One entry of the registers that is two: chosen names, designations and resources go to an entry of their own.

Where the new key was merged into the entry, its row comes back with the mentions and answers that were its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from ..footnotes.registers import RegisterFileError, parse_organization
from ..models import Organization
from ..publishing import Refused
from .by_hand import Decided, entries_as_seen, keep
from .merge import named
from .refused import worded
from .shape import KEY
from .uniting import is_same

One = dict[str, Any]


@dataclass(frozen=True)
class Chosen:
    """What goes to the new entry, by numbers in the order of the entry; `both`: designations that stay as well.

    `person`: the parts of the new entry's name, as in the register file; None for an organization.
    """

    key: str
    names: frozenset[int]
    designations: frozenset[int] = frozenset()
    both: frozenset[int] = frozenset()
    resources: frozenset[int] = frozenset()
    person: dict[str, str | None] | None = None


def separate_entry(key: str, chosen: Chosen, *, seen: str, by: User, at: datetime, reason: str) -> None:
    """Give what was chosen of the entry to a new one. `seen`: `state_of` of the entry.

    Raises Refused, with the field, for a choice that leaves nothing or takes nothing, and for what has changed since.
    """

    def decide() -> Decided:
        (entry,) = entries_as_seen(seen, key)
        refuse_taken(entry, chosen.key)
        stays, goes = parted(entry, chosen)
        names = [name["text"] for name in goes["names"]]
        return Decided([stays, goes], detail={"entry": key, "separated": chosen.key, "names": names})

    keep(decide, "entry separated", by=by, at=at, reason=reason)


def refuse_taken(entry: One, key: str) -> None:
    """Refuse what is no key, and the key of another entry, or of one merged into another."""
    if not KEY.fullmatch(key):
        expected = _("“%s” is no key: letters a–z, digits, “-” and “_” are expected, at most 120.")
        raise Refused("key", expected % key[:130])
    rows = Organization.objects.standing().exclude(key=entry["key"]).values_list("key", "data")
    taken = {one for other, data in rows for one in (other, *data.get("also_keys", ()))}
    if key == entry["key"] or key in taken:
        raise Refused("key", _("“%s” is the key of an entry already.") % key)


def parted(entry: One, chosen: Chosen) -> tuple[One, One]:
    """Return what stays of the entry, and the new one. Raises Refused."""
    periods = entry["designations"]
    go = chosen.designations | chosen.both
    stay = frozenset(range(len(periods))) - (chosen.designations - chosen.both)
    if not chosen.names:
        raise Refused("names", _("Choose at least one name that goes."))
    if len(chosen.names) == len(entry["names"]):
        raise Refused("names", _("At least one name has to stay."))
    if periods and not go:
        raise Refused(
            "designations", _("The new entry stands on no register: choose a designation that goes, or is both's.")
        )
    if periods and not stay:
        raise Refused("designations", _("At least one designation has to stay, or be both's."))
    stays = {**entry, "names": without(entry["names"], chosen.names), "designations": picked(periods, stay)}
    goes: One = {"key": chosen.key, "names": picked(entry["names"], chosen.names), "designations": picked(periods, go)}
    if entry.get("kind") == "person":
        goes |= {"kind": "person", "person": chosen.person or {}}
    resources = entry.get("resources", [])
    for one, some in ((stays, without(resources, chosen.resources)), (goes, picked(resources, chosen.resources))):
        one.pop("resources", None)
        one |= {"resources": some} if some else {}
    keys = [key for key in entry.get("also_keys", ()) if key != chosen.key]
    stays.pop("also_keys", None)
    refuse_unreadable(goes)
    return stays | ({"also_keys": keys} if keys else {}), goes


def picked(items: Sequence[One], numbers: frozenset[int]) -> list[One]:
    return [one for number, one in enumerate(items) if number in numbers]


def without(items: Sequence[One], numbers: frozenset[int]) -> list[One]:
    return [one for number, one in enumerate(items) if number not in numbers]


def refuse_unreadable(goes: One) -> None:
    """Refuse a new entry that the engine's reader refuses, at the part of the name that it names."""
    try:
        parse_organization({**goes, "designations": [], "resources": []}, {})
    except RegisterFileError as error:
        problem = error.problems[0]
        raise Refused(problem.field if problem.where == "person" else "", worded(problem)) from error


@dataclass(frozen=True)
class Proposed:
    """What is proposed to go: the key, and the numbers of what an entry merged earlier has brought."""

    key: str
    names: frozenset[int] = frozenset()
    designations: frozenset[int] = frozenset()
    both: frozenset[int] = frozenset()
    resources: frozenset[int] = frozenset()
    parts: dict[str, str] = field(default_factory=dict)


def proposed(entry: Organization, exported: One) -> Proposed:
    """Return what to propose: the entry merged last goes out again as it came; else a free key and nothing chosen."""
    merged = entry.merged.order_by("-pk").first()
    if merged is None:
        return Proposed(free_key(entry.key))
    was = merged.data.get("was", {})
    names = {(name["language"], name["text"]) for name in was.get("names", ())}
    go, both = numbers_of(exported["designations"], was)
    resources = {named(one) for one in was.get("resources", ())}
    return Proposed(
        merged.key,
        frozenset(n for n, one in enumerate(exported["names"]) if (one["language"], one["text"]) in names),
        go,
        both,
        frozenset(n for n, one in enumerate(exported.get("resources", ())) if named(one) in resources),
        {part: getattr(merged, part) for part in ("family", "given", "patronymic", "gender")},
    )


def numbers_of(periods: Sequence[One], was: One) -> tuple[frozenset[int], frozenset[int]]:
    """Return the numbers of the designations that an entry merged earlier has brought: its own, and those of both."""
    go: set[int] = set()
    both: set[int] = set()
    for number, brought in enumerate(was.get("designations", ())):
        found = next((n for n, one in enumerate(periods) if is_same(one, brought)), None)
        if found is not None:
            (both if number in was.get("both", ()) else go).add(found)
    return frozenset(go), frozenset(both)


def free_key(key: str) -> str:
    """Return a key that no row has, made of this one: `key-2`, `key-3` …"""
    taken = set(Organization.objects.filter(key__startswith=key[:110]).values_list("key", flat=True))
    return next(one for number in range(2, len(taken) + 3) if (one := f"{key[:110]}-{number}") not in taken)
