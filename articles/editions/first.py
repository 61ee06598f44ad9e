"""Which of an edition's marks an output prints: the edition holds one for every mention, the house style may ask for
the first alone.

What is read without the text around it, such as a card, a description or an alternative text, has a first mention of
its own.
"""

from collections.abc import Sequence
from typing import TypeVar

from ..footnotes.ledger import Marked
from ..footnotes.types import Style
from ..models.printed import row_of

M = TypeVar("M", bound=Marked)


def is_alone(field: str) -> bool:
    """Say whether the text of an engine's field is read without the text around it."""
    row = row_of(field)
    return row is not None and row.is_alone


def first_of(marks: Sequence[M], style: Style) -> Sequence[M]:
    """Return those of the marks that the style prints in one output; `marks`: in the order in which it is read."""
    if style.mentions == "every" or len(marks) < 2:
        return marks
    first: dict[tuple[str, str], M] = {}
    for mark in marks:
        by_itself = style.mentions == "first_per_field" or is_alone(mark.field)
        first.setdefault((mark.field if by_itself else "", mark.organization), mark)
    return list(first.values())
