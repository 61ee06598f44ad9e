"""What is wrong with a keeper's file, in the language of the moment: the readers of lists know none."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ...lists.refused import Mistake, NoList, Said
from ...models import ListFile, ListRow
from ..refused import Fault, Unreadable


@dataclass(frozen=True)
class CellFault(Fault):
    """A fault of a table: `line` is its row, `field` its column as the keeper heads it."""

    def __str__(self) -> str:
        row = _("row %d") % self.line if self.line else ""
        column = _("column “%s”") % self.field if self.field else ""
        place = ", ".join(filter(None, (row, column)))
        return f"{place}: {self.message}" if place else self.message


def said(one: Said) -> str:
    """Return the sentence with what stands in its places."""
    return _(one.text) % dict(one.values) if one.values else _(one.text)


def place_of(mistake: Mistake) -> CellFault:
    return CellFault(mistake.row, mistake.column, said(mistake.message))


def unreadable(error: NoList) -> Unreadable:
    """Return what the desk is told of a file that no list can be read of."""
    return Unreadable(place_of(error.fault))


def kept(one: Said) -> dict[str, Any]:
    """Return a sentence as JSON, to be said in whatever language later."""
    return {"text": one.text, "values": {key: plain(value) for key, value in one.values}}


def plain(value: object) -> object:
    return value if isinstance(value, (int, str)) else str(value)


def kept_mistake(mistake: Mistake, rows: set[int]) -> dict[str, Any]:
    """Return a mistake as JSON; `read`: the line was read all the same, as it is one of these rows."""
    place = {"row": mistake.row, "column": mistake.column, "read": mistake.row in rows}
    return place | kept(mistake.message)


def again(one: dict[str, Any]) -> str:
    """Return in words what was kept."""
    return _(one["text"]) % one["values"] if one.get("values") else _(one["text"])


def faults_of(file: ListFile) -> list[CellFault]:
    """Return what was not read of a file, each with its place."""
    return [CellFault(one["row"], one["column"], again(one)) for one in file.faults]


def questions_of(row: ListRow) -> list[str]:
    """Return what only a person can say of a line."""
    return [again(one) for one in row.questions]
