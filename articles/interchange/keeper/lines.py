"""A line of a list to what is kept of it, and back to a line that can be compared: nothing private on either side."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from ...footnotes.types import Resource
from ...lists.line import ListLine, Proposal, Raw
from ...lists.private import hidden
from ...models import KeeperLine, ListRow, Register
from ...models.fields import all_printable
from .refusing import kept


def list_key() -> bytes:
    """Return what keys the digests."""
    return settings.SECRET_KEY.encode()


def told(line: ListLine) -> dict[str, Any]:
    """Return the columns of `Told` for a line that was read: all that is kept of it."""
    data = {key: value for key, value in line.row("").items() if key != "file"}
    columns = {
        "kind": line.kind,
        "name": line.raw.name,
        "line": line.line,
        "data": data,
        "digest": line.digest,
        "numbers": hidden(line.raw, list_key()),
    }
    printable: dict[str, Any] = all_printable(columns)
    return printable


def questions(line: ListLine) -> list[dict[str, Any]]:
    """Return what is asked about the line, to be said in any language."""
    return [kept(one) for one in line.questions]


def same_told(row: ListRow | KeeperLine) -> dict[str, Any]:
    """Return the columns of `Told` of one row for another."""
    return {column: getattr(row, column) for column in ("kind", "name", "line", "data", "digest", "numbers")}


def list_line(row: ListRow | KeeperLine, position: int = 0) -> ListLine:
    """Return the line that the row was made of; its numbers are digests, equal where the numbers were."""
    data = row.data
    raw = Raw(
        where=data["where"],
        row=position,
        name=row.name,
        kind=row.kind,
        since=day(data["since"]),
        until=day(data["until"]),
        decided=day(data["decided"]),
        published=day(data["published"]),
        order=data.get("order", ""),
        resources=[Resource(**one) for one in data["resources"]],
        members=list(data.get("members", [])),
        registration=data.get("registration", ""),
        ogrn=data.get("ogrn", ""),
        private=dict(row.numbers),
    )
    names = [Proposal(one["text"], one["kind"], one["strength"], one["language"]) for one in data["names"]]
    return ListLine(raw, row.line, row.kind, names, data.get("person"), row.digest, [])


def lines_of(register: Register) -> list[KeeperLine]:
    """Return the lines stored before of a register; of an entry that was merged into another, they are that one's."""
    lines = KeeperLine.objects.filter(register=register).select_related("organization__merged_into").order_by("pk")
    found = list(lines)
    for line in found:
        if line.organization is not None and line.organization.merged_into is not None:
            line.organization = line.organization.merged_into
    return found


def list_lines(rows: Iterable[ListRow | KeeperLine]) -> list[ListLine]:
    """Return the lines of rows, in their order."""
    return [list_line(row, at) for at, row in enumerate(rows)]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
