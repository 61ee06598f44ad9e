"""The shape that every table comes to: rows of cells, whatever file they stood in."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class GridRow:
    """`number` counts the rows of the file from 1; `marks` are the footnote signs that stood in it."""

    number: int
    cells: list[Any]
    marks: list[str] = field(default_factory=list)
    merged: str = ""


@dataclass
class Grid:
    """A table; `title` is the text above or around it, `notes` the footnotes under it by their sign."""

    rows: list[GridRow]
    title: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    numbered: bool = True


def text_of(cell: Any) -> str:
    """Return a cell as text: whole numbers without a fraction, nothing for an empty one."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
