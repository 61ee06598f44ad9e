"""Names to confirm: three forms that each would match, and how often it stands in the archive; counted bit by bit."""

import math
import time
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from ... import search
from ...footnotes.fold import fold_form
from ...footnotes.person import declension
from ...footnotes.types import Name
from ...lists.accept import descriptors_of, name_entry
from ...lists.line import ListLine, Proposal
from ...models import ListFile, ListRow
from .lines import list_line
from .state import hold

SHOWN = 3  # forms
MOST = 1000  # articles in which a name is counted; more is "more than"
AT_ONCE = 100  # rows whose counts are kept at once
CASES = "ngdail"
NameRow = dict[str, Any]


def names_to_confirm(file: ListFile) -> QuerySet[ListRow]:
    """Return the rows of which a person has names to look at, the most frequent in the archive first."""
    rows = file.rows.filter(names_confirmed=False).exclude(change__in=("gone", "unchanged")).exclude(answer="skip")
    return confirm_order(rows)


def confirm_order(rows: QuerySet[ListRow]) -> QuerySet[ListRow]:
    """Put rows in the order in which their names are confirmed."""
    return rows.order_by(F("frequency").desc(nulls_last=True), "position", "pk")


def show_forms(rows: Iterable[ListRow]) -> None:
    """Write into the rows' names, not into the database, the forms that they would match, where they are missing."""
    for row in rows:
        line = list_line(row)
        for name in row.names:
            if not name["forms"]:
                name["forms"] = forms_of(name, line)[:SHOWN]


def matches_nothing(row: ListRow) -> bool:
    """Say whether no name of the row is taken: its line would match no text."""
    return not any(name["take"] for name in row.names)


def count_some(file: ListFile, seconds: float) -> int:
    """Count names of the file in the archive for so many seconds; return how many rows are still to be counted.

    What was counted is kept at once: it can be gone on with by anybody.
    """
    ends = time.monotonic() + seconds
    left = names_to_confirm(file).filter(frequency=None).order_by("position", "pk")
    while (rows := list(left[:AT_ONCE])) and time.monotonic() < ends:
        count_names(rows, ends)
    return left.count()


def count_names(rows: list[ListRow], ends: float = math.inf) -> None:
    """Count the new names of these rows in the archive, and keep the counts and forms.

    One row at least is counted; no further one is begun at `ends`, by the monotonic clock.
    """
    done: dict[int, list[NameRow]] = {}
    for row in rows:
        if done and time.monotonic() >= ends:
            break
        done[row.pk] = [counted(name, list_line(row)) for name in row.names]
    keep_counts(rows[0].file, done)


def counted(name: NameRow, line: ListLine) -> NameRow:
    """Return the name with its forms and how often it stands in the archive, unless that is told."""
    if name["state"] == "known" or name["found"] is not None:
        return name
    return name | {"forms": forms_of(name, line)[:SHOWN], "found": search.count_with(phrases_of(name, line), MOST)}


@transaction.atomic
def keep_counts(file: ListFile, done: dict[int, list[NameRow]]) -> None:
    """Write the counts into the rows as they are now: somebody may have answered meanwhile."""
    hold(file, answered=False)
    rows = list(ListRow.objects.filter(pk__in=done))
    for row in rows:
        told = {(one["language"], one["text"]): one for one in done[row.pk]}
        for name in row.names:
            one = told.get((name["language"], name["text"]))
            if one is not None:
                name["forms"], name["found"] = one["forms"], one["found"]
        row.frequency = max((name["found"] or 0 for name in row.names if name["state"] != "known"), default=0)
    ListRow.objects.bulk_update(rows, ["names", "frequency"])


def forms_of(name: NameRow, line: ListLine) -> list[str]:
    """Return forms of a name as a text may have them, the name itself first."""
    if line.person and not is_pseudonym(name, line):
        return person_forms(name, line.person)
    return [shown(folded, written) for folded, written in surfaces_of(name, line)]


def phrases_of(name: NameRow, line: ListLine) -> list[str]:
    """Return the folded forms by which the name is looked for in the index of words."""
    if line.person and not is_pseudonym(name, line):
        forms = person_forms(name, line.person)
        turned = [" ".join([*words[1:2], words[0]]) for form in forms if len(words := form.split()) > 1]
        short = [" ".join(words[:2]) for form in forms if len(words := form.split()) > 2]
        return list(dict.fromkeys(map(fold_form, [*forms, *short, *turned])))
    return [folded for folded, _written in surfaces_of(name, line)]


def is_pseudonym(name: NameRow, line: ListLine) -> bool:
    return entry_of(name, line).get("kind") == "pseudonym" or " " not in name["text"].strip()


def entry_of(name: NameRow, line: ListLine) -> NameRow:
    """Return the name as the register file would have it."""
    proposal = Proposal(name["text"], name["kind"], name["strength"], name["language"])
    return name_entry(proposal, line, descriptors_of(line))


def surfaces_of(name: NameRow, line: ListLine) -> list[tuple[str, str]]:
    """Return (folded form, how it is written) of a body's name or of a pseudonym."""
    from ...footnotes.compile.derive import derive  # loads the dictionary, only where names are looked at
    from ...footnotes.compile.persons import pseudonym_forms
    from ...footnotes.compile.surfaces import surfaces

    row = entry_of(name, line)
    kind = row.get("kind", "")
    one = Name(text=row["text"], language=row["language"], strength=row.get("strength", ""), kind=kind)
    if line.person:
        gender = str(line.person.get("gender") or "m")
        return [(form, "") for form in pseudonym_forms(one, gender)]
    return [(surface.folded, surface.written) for surface in surfaces(one, derive(one))]


def person_forms(name: NameRow, person: dict[str, Any]) -> list[str]:
    """Return a person's full name in its cases; any other spelling as it is."""
    parts = [person["family"], person["given"], person["patronymic"] or ""]
    words = fold_form(" ".join(parts)).split()
    if name["language"] != "ru" or sorted(words) != sorted(fold_form(name["text"]).split()):
        return [name["text"]]
    gender = person["gender"]
    declined = [
        declension.family(fold_form(parts[0]), gender),
        declension.given(fold_form(parts[1]), gender),
        *([declension.patronymic(fold_form(parts[2]), gender)] if parts[2] else []),
    ]
    whole = declension.joined(declined, " ")
    found = [next((form for form, cases in whole.items() if case in cases), "") for case in CASES]
    return list(dict.fromkeys([name["text"], *(capitals(form) for form in found[1:] if form)]))


def capitals(form: str) -> str:
    return " ".join("-".join(part[:1].upper() + part[1:] for part in word.split("-")) for word in form.split())


def shown(folded: str, written: str) -> str:
    """Return a folded form with the capitals that it is looked for with."""
    if written.startswith("="):
        return written[1:]
    return "".join(char.upper() if at < len(written) and written[at] == "^" else char for at, char in enumerate(folded))
