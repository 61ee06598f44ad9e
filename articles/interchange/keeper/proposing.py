"""What is proposed to be kept of a row's names: new ones, those that we have, those that were refused before."""

from collections import defaultdict
from typing import Any

from ...lists.accept import LANGUAGES
from ...lists.text import folded
from ...models import KeeperLine, ListRow, Name
from ..shape import LONGEST_NAME

DERIVED = ("short", "abbreviation")
MISPRINT = "nearly the same name on one day"
NameRow = dict[str, Any]


def name_key(name: NameRow) -> str:
    """Return by what a name is remembered."""
    return f"{name['language']}:{folded(name['text'])}"


def propose(rows: list[ListRow]) -> None:
    """Write into the rows which of their names are to be taken, as far as a person has not said so before."""
    entries = {row.entry_id for row in rows if row.entry_id}
    known, reviewed = names_of_entries(entries)
    for row in rows:
        own = known.get(row.entry_id or 0, {})
        decided = row.keeper_line.names if row.keeper_line else {}
        proposed = [
            proposal(name, own, decided, careful=(row.entry_id or 0) in reviewed and row.keeper_line is None)
            for name in row.data["names"]
            if name["language"] in LANGUAGES
        ]
        row.names = proposed + left(row, row.keeper_line, own, {name_key(name) for name in proposed})
        row.names_confirmed = not any(name["state"] in ("new", "left") for name in row.names)
        row.frequency = None


def names_of_entries(pks: set[int]) -> tuple[dict[int, dict[str, str]], set[int]]:
    """Return the names of entries by what they are remembered by; and which entries a person has gone through."""
    known: dict[int, dict[str, str]] = defaultdict(dict)
    reviewed: set[int] = set()
    rows = Name.objects.values_list("organization_id", "language", "text", "review")
    if len(pks) < 500:
        rows = rows.filter(organization__in=pks)
    for pk, language, text, review in rows.iterator():
        if pk in pks:
            known[pk][name_key({"language": language, "text": text})] = text
            if review == "hand":
                reviewed.add(pk)
    return known, reviewed


def proposal(name: NameRow, own: dict[str, str], decided: dict[str, Any], *, careful: bool) -> NameRow:
    """Return what is proposed of one name. `careful`: a person has chosen the entry's names, no short one is added."""
    key = name_key(name)
    state, take = "new", True
    if key in own:
        state = "known"
    elif key in decided:
        state, take = ("new", True) if decided[key].get("take") else ("refused", False)
    elif careful and name["kind"] in DERIVED:
        take = False
    kept = {column: name[column] for column in ("text", "language", "kind", "strength")}
    fits = len(name["text"]) <= LONGEST_NAME
    return kept | {"take": take and fits, "state": state, "forms": [], "found": None}


def left(row: ListRow, line: KeeperLine | None, own: dict[str, str], named: set[str]) -> list[NameRow]:
    """Return the names that the line had before and that we keep: old articles are found by them; not by a misprint."""
    if line is None or row.change not in ("changed", "ended"):
        return []
    out = []
    for name in line.data["names"]:
        key = name_key(name)
        if key in own and key not in named:
            kind = name["kind"] if name["kind"] in DERIVED else "former"
            kept = {"text": own[key], "language": name["language"], "kind": kind, "strength": name["strength"]}
            out.append(kept | {"take": row.reason != MISPRINT, "state": "left", "forms": [], "found": None})
    return out
