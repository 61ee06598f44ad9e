"""A file or rows that cannot be taken: each fault with its line and field, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..footnotes.registers import Problem, RegisterFileError

SHOWN = 20


@dataclass(frozen=True)
class Fault:
    """What is wrong in a file; `line` counts from 1, 0: the whole file. `field`: a column, or a place in JSON."""

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = ", ".join(filter(None, (_("line %d") % self.line if self.line else "", self.field)))
        return f"{place}: {self.message}" if place else self.message


class Unreadable(ValueError):
    """A file that is refused whole, with nothing stored; `faults` names what was found in it."""

    def __init__(self, *faults: Fault) -> None:
        self.faults: Sequence[Fault] = faults[:SHOWN]
        self.more = len(faults) - len(self.faults)
        super().__init__("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """Return one text for each fault, at most SHOWN of them."""
        lines = [str(fault) for fault in self.faults]
        return [*lines, _("and %d more") % self.more] if self.more else lines


def worded(problem: Problem) -> str:
    """Return in the language of the moment what the engine expects instead of what it found."""
    return _(problem.template) % problem.values if problem.values else _(problem.template)


def unusable(error: RegisterFileError) -> str:
    """Return in the language of the moment everything that is wrong, each with its place."""
    return "; ".join(str(Fault(0, one.place, worded(one))) for one in error.problems)
