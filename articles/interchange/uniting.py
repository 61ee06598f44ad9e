"""Two entries of the registers that are one: what both hold becomes one entry's, the other key leads to it.

The row of the other key stays, empty: mentions, answers and keepers' lines go on naming it and lead to the entry, so
that all of it comes back when the change is dropped or taken back.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from ..footnotes.registers.person import MOST_WORDS
from ..footnotes.types import Designation
from ..models import Site
from ..publishing import Refused
from ..registers import day
from .by_hand import Decided, entries_as_seen, keep
from .difference import period
from .merge import named

One = dict[str, Any]


def merge_entries(kept: str, other: str, *, seen: str, by: User, at: datetime, reason: str) -> None:
    """Give the entry `kept` all that the entry `other` holds, and its key; both are keys. `seen`: `state_of` of both.

    Raises Refused for two that cannot be one, and when they have changed since they were looked at.
    """

    def decide() -> Decided:
        if kept == other:
            raise Refused("", _("These are the same entry."))
        both = {one["key"]: one for one in entries_as_seen(seen, *sorted((kept, other)))}
        whole = united(both[kept], both[other])
        if Site.objects.filter(publisher__key=other).exists():
            raise Refused("keep", _("“%s” is the outlet's own entry: let this key stay.") % other)
        detail = {"entry": kept, "merged": other, "names": [name["text"] for name in both[other]["names"]]}
        return Decided([whole], {other: brought(both[kept], both[other])}, detail)

    keep(decide, "entries merged", by=by, at=at, reason=reason)


def brought(kept: One, other: One) -> One:
    """Return what the other entry brings, for whoever separates it again; `both`: designations that were the kept
    entry's as well, by their numbers. Names and resources that it had as well are left out: they were its own."""
    names = {(name["language"], name["text"]) for name in kept["names"]}
    resources = set(map(named, kept.get("resources", ())))
    periods = other["designations"]
    return {
        "names": [name for name in other["names"] if (name["language"], name["text"]) not in names],
        "designations": periods,
        "both": [n for n, one in enumerate(periods) if any(is_same(own, one) for own in kept["designations"])],
        "resources": [one for one in other.get("resources", ()) if named(one) not in resources],
    }


def united(kept: One, other: One) -> One:
    """Return one entry of two, in the form of the register file. Raises Refused for two that cannot be one."""
    if kept.get("kind") != other.get("kind"):
        raise Refused("", _("One of them is a person, the other an organization: these are never one."))
    whole = {**other, **kept}
    whole["also_keys"] = [*kept.get("also_keys", ()), other["key"], *other.get("also_keys", ())]
    whole["names"] = united_names(kept["names"], other["names"])
    whole["designations"] = united_periods(kept["designations"], other["designations"])
    resources = united_resources(kept.get("resources", []), other.get("resources", []))
    if resources:
        whole["resources"] = resources
    words = list(dict.fromkeys((*kept.get("not_beside", ()), *other.get("not_beside", ()))))
    if len(words) > MOST_WORDS:
        message = _("Together they have more than %d words beside which the person is never meant.") % MOST_WORDS
        raise Refused("", message)
    return whole | ({"not_beside": words} if words else {})


def united_names(kept: list[One], other: list[One]) -> list[One]:
    """Return the names of both, each once; of a name that both have the one a person has judged, else the first."""
    found = {(name["language"], name["text"]): name for name in kept}
    for name in other:
        key = (name["language"], name["text"])
        if key not in found or (name.get("review") == "hand" and found[key].get("review") != "hand"):
            found[key] = name
    return list(found.values())


def united_periods(kept: list[One], other: list[One]) -> list[One]:
    """Return the designations of both, each once. Raises Refused for two of one day that end on different days."""
    result = [dict(one) for one in kept]
    for one in other:
        same = next((own for own in result if is_same(own, one)), None)
        if same is None:
            result.append(one)
        elif same["until"] != one["until"]:
            values = {"register": one["register"], "one": in_words(same), "other": in_words(one)}
            message = _("On %(register)s one stands %(one)s, the other %(other)s: correct the one that is wrong first.")
            raise Refused("", message % values)
        else:
            same["since"], same["source"] = same["since"] or one["since"], same["source"] or one["source"]
    return result


def is_same(own: One, one: One) -> bool:
    """Say whether two designations are one: of one register and day, or one of them without a day that is known."""
    if own["register"] != one["register"]:
        return False
    unknown = own["since"] is None or one["since"] is None
    return bool(own["since"] == one["since"] or (unknown and own["until"] == one["until"]))


def in_words(one: One) -> str:
    return period(Designation(one["register"], day(one["since"]), day(one["until"])))


def united_resources(kept: list[One], other: list[One]) -> list[One]:
    found = {named(one): one for one in (*other, *kept)}
    return [found[key] for key in dict.fromkeys(map(named, (*kept, *other)))]
