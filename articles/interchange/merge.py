"""One organization of a file laid over the one we have: the file says who is on its list, people's decisions stay.

Both sides are dicts of the register file, written by `organization_to_dict`, so that equal means equal.
"""

from datetime import date
from typing import Any

from ..footnotes.fold import fold_form
from ..footnotes.types import Name

LONGEST_ABBREVIATION = 5  # letters; a longer English word in capitals is a word
One = dict[str, Any]


def merged(ours: One | None, theirs: One, register: str, today: date) -> One:
    """Return the organization as it will be stored; nothing of other registers is touched."""
    periods = [period for period in theirs["designations"] if period["register"] == register]
    if ours is None:
        names = [doubted(name) for name in theirs["names"]]
        return {**theirs, "names": names, "designations": periods, **merged_resources([], theirs, register)}
    result = dict(ours)
    others = [period for period in ours["designations"] if period["register"] != register]
    own = [period for period in ours["designations"] if period["register"] == register]
    if theirs["key"] != ours["key"] and theirs["key"] not in ours.get("also_keys", ()):
        result["also_keys"] = [*ours.get("also_keys", ()), theirs["key"]]
    result |= merged_person(ours, theirs)
    result["names"] = merged_names(ours["names"], theirs["names"])
    designations = merged_periods(own, periods)
    result["designations"] = ours["designations"] if same(own, designations) else [*others, *designations]
    return result | merged_resources(ours.get("resources", []), theirs, register)


def same(before: list[One], after: list[One]) -> bool:
    return sorted(map(str, before)) == sorted(map(str, after))


def merged_person(ours: One, theirs: One) -> One:
    """Return who the entry is: ours, but what the file knows to be a person becomes one.

    The parts of a name are never changed by a file, nor is what a person has decided about the name: they say so.
    """
    if "person" in ours or "person" not in theirs:
        return {}
    return {key: theirs[key] for key in ("kind", "person", "surname", "not_beside") if key in theirs}


def merged_names(ours: list[One], theirs: list[One]) -> list[One]:
    """Keep our names, with what the file says of those that no person has decided on; then its new ones."""
    said = {(name["language"], fold_form(name["text"])): name for name in theirs}
    known = {(name["language"], fold_form(name["text"])) for name in ours}
    kept = []
    for name in ours:
        given = said.get((name["language"], fold_form(name["text"])))
        kept.append(name if given is None or name.get("review") == "hand" else updated(name, given))
    return [*kept, *(doubted(name) for key, name in said.items() if key not in known)]


def updated(name: One, given: One) -> One:
    """Return our name with what the file says of it; a word that only a person can judge keeps its strength."""
    values = {key: value for key, value in given.items() if key not in ("text", "language", "review")}
    if is_word(given):
        values.pop("strength", None)
    return {key: (name | values)[key] for key in ordered(name | values)}


def doubted(name: One) -> One:
    """Return a new name as a file may bring it: not reviewed, and a question when it is a single dictionary word."""
    doubted = name | {"review": "rule"} | ({"strength": "ask"} if is_word(name) else {})
    return {key: doubted[key] for key in ordered(doubted)}


def ordered(name: One) -> list[str]:
    return [key for key in Name.__dataclass_fields__ if key in name]


def is_word(name: One) -> bool:
    """Say whether the name is a single word of the dictionary, also when a list writes it in capitals.

    A person's pseudonym may be one: the engine has rules of its own for it.
    """
    if name.get("kind") == "pseudonym":
        return False
    from ..footnotes.compile.derive import derive  # loads the dictionary, only where something is imported

    text = name["text"].strip()
    letters = [char for char in text if char.isalpha()]
    if len(letters) > 1 and text.upper() == text:
        if name["language"] == "en" and len(letters) <= LONGEST_ABBREVIATION:
            return False
        text = text.capitalize()
    return derive(Name(text=text, language=name["language"])).strength == "ask"


def merged_periods(ours: list[One], theirs: list[One]) -> list[One]:
    """Return the periods on one register: the file's, and before them those of ours that ended earlier.

    An unknown start or an empty source in the file does not wipe out what we know.
    """
    if not theirs:
        return ours
    rest = list(ours)
    result = []
    for period in theirs:
        match = next((one for one in rest if one["since"] == period["since"]), None)
        if match is None and period["since"] is None and period["until"] is None:
            match = next((one for one in rest if one["until"] is None), None)
        elif match is None and period["since"] is None:
            match = next((one for one in rest if one["until"] in (None, period["until"])), None)
        if match is not None:
            rest.remove(match)
            period = period | {
                "since": period["since"] or match["since"],
                "source": period["source"] or match["source"],
            }
        result.append(period)
    first = min((period["since"] or "" for period in result), default="")
    earlier = [one for one in rest if one["until"] and one["until"] <= first]
    return [*earlier, *result]


def merged_resources(ours: list[One], theirs: One, register: str) -> One:
    """Return the resources: the file's in place of those that the register has named; the others stay.

    A file without resources takes none away, and what stands here already is not named a second time.
    """
    said = [one | {"register": register} for one in theirs.get("resources", ()) if one.get("register") == register]
    said += [one | {"register": register} for one in theirs.get("resources", ()) if "register" not in one]
    if not said:
        kept = ours
    else:
        names = {named(one) for one in said}
        stay = [one for one in ours if one.get("register") != register or named(one) in names]
        known = {named(one) for one in stay}
        kept = [*stay, *(one for one in said if named(one) not in known)]
    return {"resources": kept} if kept else {}


def named(resource: One) -> tuple[str, str, str]:
    return resource["kind"], resource.get("service", ""), resource["value"]


def ended(ours: One, register: str, today: date) -> One:
    """Return the organization with its designations on the register ended today; one that has not begun goes."""
    day = today.isoformat()
    periods = []
    for period in ours["designations"]:
        if period["register"] != register or (period["until"] and period["until"] <= day):
            periods.append(period)
        elif not period["since"] or period["since"] < day:
            periods.append(period | {"until": day})
    return {**ours, "designations": periods}


def on_register(one: One, register: str, today: date) -> bool:
    """Say whether the organization is on the register today or will be."""
    day = today.isoformat()
    return any(
        period["register"] == register and (not period["until"] or period["until"] > day)
        for period in one["designations"]
    )


def is_ending(before: One, after: One, register: str, today: date) -> bool:
    """Say whether a designation that had no end gets one, or goes."""

    def open_ended(one: One) -> bool:
        return any(period["register"] == register and not period["until"] for period in one["designations"])

    return on_register(before, register, today) and open_ended(before) and not open_ended(after)
