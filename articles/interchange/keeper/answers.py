"""What a person says of a file's rows: whose a line is, what becomes of one that is gone, which names are taken."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ...lists.accept import LANGUAGES
from ...lists.line import KINDS
from ...models import ListFile, ListRow
from ...publishing import Refused
from ...publishing.events import log
from ...publishing.roles import require, staff_id
from ..shape import LONGEST_NAME
from .compare import keep_counts
from .state import changed_since, hold

STRENGTHS = ("strong", "quoted", "weak", "ask")
# Which answers there are to which rows; `skip` leaves the line out this time, and it is asked again.
ANSWERS = {
    "added": ("", "skip"),
    "doubtful": ("same", "other", "skip"),
    "stopped": ("same", "other", "skip"),
    "changed": ("same", "other", "skip"),
    "ended": ("same", "other", "skip"),
    "gone": ("end", "keep", "skip"),
    "unchanged": (),
}


def answers_to(row: ListRow) -> tuple[str, ...]:
    """Return what may be answered to a row."""
    if row.change == "added" and row.asked:
        return ANSWERS["doubtful"]
    return ANSWERS[row.change]


def open_rows(file: ListFile) -> QuerySet[ListRow]:
    """Return the rows that wait for an answer, in the file's order."""
    return file.rows.filter(asked=True, answer="").select_related("entry", "keeper_line")


@transaction.atomic
def answer(
    row: ListRow, given: str, *, by: User, at: datetime, ends_on: date | None = None, seen: str | None = None
) -> ListRow:
    """Keep a person's answer. `ends_on`: the first day on which a line that is gone no longer holds; left out: today.

    `seen`: the answer that the person saw; another one since is refused. Raises Refused.
    """
    require(by, "change_register")
    hold(row.file)
    row = ListRow.objects.select_related("file").get(pk=row.pk)
    if seen is not None and seen != row.answer:
        raise Refused("", changed_since())
    if given not in (*answers_to(row), ""):
        raise Refused("answer", _("This is no answer to this line."))
    row.answer, row.ends_on = given, ends_on if given == "end" else None
    row.answered_at, row.answered_by = (at, staff_id(by)) if given else (None, None)
    row.save(update_fields=["answer", "ends_on", "answered_at", "answered_by"])
    keep_counts(row.file)
    log("list answered", by=by, at=at, file=row.file_id, line=row.line[:200], answer=given)
    return row


@transaction.atomic
def accept_all(file: ListFile, *, by: User, at: datetime) -> int:
    """Accept what is proposed: pairs are one, names are taken. What is gone or stopped is left out, and asked again.

    Return how many questions that answered.
    """
    require(by, "change_register")
    hold(file)
    who, rows = staff_id(by), list(open_rows(file))
    for row in rows:
        row.answer = "skip" if row.change in ("gone", "stopped") else "same"
        row.answered_at, row.answered_by = at, who
    ListRow.objects.bulk_update(rows, ["answer", "answered_at", "answered_by"], batch_size=500)
    file.rows.filter(names_confirmed=False).update(names_confirmed=True, names_by=who)
    keep_counts(file)
    log("list answered", by=by, at=at, file=file.pk, answer="same", lines=len(rows))
    return len(rows)


@transaction.atomic
def answer_open(
    file: ListFile, change: str, given: str, *, by: User, at: datetime, ends_on: date | None = None, seen: str = ""
) -> int:
    """Answer all open questions of a kind of change alike; return how many. `seen`: how many the person saw."""
    require(by, "change_register")
    hold(file)
    who, rows = staff_id(by), list(open_rows(file).filter(change=change))
    if seen and seen != str(len(rows)):
        raise Refused("", changed_since())
    for row in rows:
        if given not in answers_to(row) or not given:
            raise Refused("answer", _("This is no answer to this line."))
        row.answer, row.answered_at, row.answered_by = given, at, who
        row.ends_on = ends_on if given == "end" else None
    ListRow.objects.bulk_update(rows, ["answer", "ends_on", "answered_at", "answered_by"], batch_size=500)
    keep_counts(file)
    log("list answered", by=by, at=at, file=file.pk, answer=given, lines=len(rows))
    return len(rows)


@transaction.atomic
def confirm_names(
    row: ListRow,
    names: Iterable[dict[str, Any]],
    *,
    by: User,
    at: datetime,
    person: dict[str, Any] | None = None,
) -> ListRow:
    """Keep which names a person takes: each {text, language, take, strength?, kind?}, of the row or new ones.

    A name that the row does not have is one that a person adds. `person`: the parts of a listed person's name, {family,
    given, patronymic, gender}, where they were put right. Raises Refused.
    """
    require(by, "change_register")
    hold(row.file)
    row = ListRow.objects.select_related("file").get(pk=row.pk)
    known = {(one["language"], one["text"]): one for one in row.names}
    for name in names:
        text, language = str(name["text"]).strip(), str(name["language"])
        strength = str(name.get("strength") or "")
        if strength and strength not in STRENGTHS:
            raise Refused("strength", _("This is no strength of a name."))
        one = known.get((language, text))
        if one is None:
            if not any(char.isalnum() for char in text) or language not in LANGUAGES:
                raise Refused("text", _("A name holds a letter, and is Russian or English."))
            if len(text) > LONGEST_NAME:
                raise Refused("text", _("The name is longer than %d.") % LONGEST_NAME)
            one = {"text": text, "language": language, "kind": kind_of(name), "strength": "strong", "state": "new"}
            one |= {"forms": [], "found": None}
            known[(language, text)] = one
            row.names.append(one)
        elif name.get("kind") in KINDS:
            one["kind"] = name["kind"]
        one["take"] = bool(name["take"])
        one["strength"] = strength or one["strength"]
        one["by_hand"] = True
    if person is not None and person != row.data.get("person"):
        put_right(row, person)
    row.names_confirmed, row.names_by = True, staff_id(by)
    row.save(update_fields=["data", "names", "names_confirmed", "names_by"])
    log("list answered", by=by, at=at, file=row.file_id, line=row.line[:200], names=taken(row))
    return row


def put_right(row: ListRow, person: dict[str, Any]) -> None:
    """Take the parts of the person's name as they were given; forms and counts of other parts go. Raises Refused."""
    if row.kind != "person":
        raise Refused("", _("Only a person's name has these parts."))
    parts = {part: " ".join(str(person.get(part) or "").split()) for part in ("family", "given", "patronymic")}
    if not all(any(char.isalpha() for char in parts[part]) for part in ("family", "given")):
        raise Refused("family", _("A person has a family name and a given name."))
    if person.get("gender") not in ("m", "f"):
        raise Refused("gender", _("Choose the gender: the cases of the name follow it."))
    if max(map(len, parts.values())) > LONGEST_NAME:
        raise Refused("family", _("The name is longer than %d.") % LONGEST_NAME)
    row.data["person"] = parts | {"patronymic": parts["patronymic"] or None, "gender": person["gender"]}
    for one in row.names:
        one["forms"], one["found"] = [], None if one["state"] != "known" else one["found"]


def kind_of(name: dict[str, Any]) -> str:
    """Return the kind of a name that a person adds; one that is none is a name like any other."""
    kind = str(name.get("kind") or "")
    return kind if kind in KINDS else "proper"


def taken(row: ListRow) -> list[str]:
    """Return the names that are taken of a row."""
    return [one["text"] for one in row.names if one["take"]]


__all__ = [
    "accept_all",
    "answer",
    "answer_open",
    "answers_to",
    "changed_since",
    "confirm_names",
    "hold",
    "open_rows",
]
