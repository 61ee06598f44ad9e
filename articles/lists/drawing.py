"""A layout drawn up by pointing: a row heads the table, each column holds something; and what the rows then give."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .dates import days
from .grid import Grid, text_of
from .layouts import Layout, shipped
from .line import ListLine
from .read import Read
from .refused import Mistake, NoList, Said, say
from .refused import gettext_noop as _
from .table import MOST_TITLE_ROWS, header_of, read_table
from .text import clean, plain
from .understand import understood

# What a person can say that a column holds; `schema` is a word of OpenSanctions' for `type`.
POINTED = (
    "name family given patronymic gender aliases type since until decided published order court registration ogrn inn"
    " resources members remark number id private"
).split()
DAYS = ("since", "until", "decided", "published")
IN_FORCE = ("since", "order", "court", "decided", "published")
OPTIONAL = ("private", "remark", "resources", "members", "number", "patronymic", "gender")


class Unfit(Exception):
    """What was pointed at gives no layout; `faults` say why, each with its column."""

    def __init__(self, faults: list[Mistake]) -> None:
        self.faults = faults
        super().__init__("; ".join(map(str, faults)))


@dataclass
class Tried:
    """What the first rows give: lines as they would be understood, and what is wrong with others."""

    lines: list[ListLine]
    faults: list[Mistake]


def header_at(grid: Grid) -> int:
    """Return the index of the row that most likely heads the table: the first that is nearly as full as the fullest."""
    filled = [len({text for cell in row.cells if (text := plain(text_of(cell)))}) for row in grid.rows]
    most = max(filled, default=0)
    return next((at for at, count in enumerate(filled[:MOST_TITLE_ROWS]) if count >= max(2, 0.75 * most)), 0)


def roles_by_headings(cells: list[Any], first: Layout | None = None) -> dict[int, str]:
    """Return what each column likely holds, by its heading, as the known layouts call it; `first` is asked first."""
    found: dict[int, str] = {}
    for layout in [*([first] if first else []), *(one for one in shipped() if one.form == "table")]:
        loose = Layout(layout.name, "table", layout.register, layout.title, columns=layout.columns)
        for said, columns in loose.roles_of(cells).items():
            role = "type" if said == "schema" else said
            for at in columns:
                if at not in found and (role == "private" or role not in found.values()):
                    found[at] = role
    return found


def pointed(cells: list[Any], roles: Mapping[int, str], **fields: Any) -> dict[str, Any]:
    """Return the layout as data: the headings of `cells`, whole, say which column holds what. Raises Unfit.

    `roles`: index of a column → what it holds. `fields`: name, register, title, jurisdiction, status, kind, since_from,
    aliases_as.
    """
    faults = _faults(cells, roles)
    if faults:
        raise Unfit(faults)
    columns: dict[str, list[str]] = {}
    for at, role in roles.items():
        pattern = exact(text_of(cells[at]))
        if pattern not in columns.setdefault(role, []):
            columns[role].append(pattern)
    must = [role for role in columns if role not in OPTIONAL]
    return {"form": "table", "columns": columns, "must": must, "recognize": [], **fields}


def exact(heading: str) -> str:
    """Return the pattern of one whole heading."""
    return f"^{re.escape(plain(heading))}$"


def heading_of(pattern: str) -> str:
    """Return the heading that a pattern of `exact` stands for, else the pattern."""
    if pattern.startswith("^") and pattern.endswith("$"):
        return re.sub(r"\\(.)", r"\1", pattern[1:-1])
    return pattern


def _faults(cells: list[Any], roles: Mapping[int, str]) -> list[Mistake]:
    headings = [plain(text_of(cell)) for cell in cells]
    faults = []
    held = Counter(role for role in roles.values() if role != "private")
    if "name" not in held and not {"family", "given"} <= set(held):
        faults.append(_fault("", say(_("no column holds the name, or family and given name: point at it"))))
    for at, role in roles.items():
        heading = clean(text_of(cells[at])) if at < len(cells) else ""
        if role not in POINTED:
            faults.append(_fault(heading, say(_("it is not known what the column holds"))))
        elif not heading:
            words = _("column %(number)d has no heading to know it by: choose another heading row, or do not read it")
            faults.append(_fault("", say(words, number=at + 1)))
        elif any(roles.get(other, "") != role for other, text in enumerate(headings) if text == headings[at]):
            faults.append(_fault(heading, say(_("two columns are headed so and cannot be told apart"))))
        elif held[role] > 1:
            held[role] = 0
            faults.append(_fault(heading, say(_("two columns are said to hold the same"))))
    return faults


def _fault(column: str, message: Said) -> Mistake:
    return Mistake(0, column, message)


def tried(grid: Grid, layout: Layout, key: bytes) -> Tried:
    """Return what the rows of a preview give by the layout; `key` keys the digests."""
    try:
        lines, faults = read_table(grid, layout)
    except NoList as refused:
        return Tried([], [refused.fault])
    found = header_of(grid, layout)
    read_rows = {raw.row for raw in lines}
    if found is not None:
        at, roles = found
        for row in grid.rows[at + 1 :]:
            for role in (one for one in DAYS if one in roles and row.number in read_rows):
                column = roles[role][0]
                text = clean(text_of(row.cells[column])) if column < len(row.cells) else ""
                if re.search(r"\w", text) and not days(text):
                    heading = clean(text_of(grid.rows[at].cells[column]))
                    faults.append(Mistake(row.number, heading, say(_("“%(cell)s” is no day"), cell=text[:60])))
    return Tried(understood(Read(layout, lines), key), sorted(faults, key=lambda one: one.row))
