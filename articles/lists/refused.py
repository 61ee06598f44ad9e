"""What is wrong with a keeper's file, in words, with row and column: a file refused whole, or a line that was stopped."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """A mistake: `row` counted from 1, 0 for the whole file; `column` as the keeper heads it, "" for none."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = [f"row {self.row}"] if self.row else []
        place += [f"column “{self.column}”"] if self.column else []
        return f"{', '.join(place)}: {self.message}" if place else self.message


class Refused(Exception):  # noqa: N818 - what happened to the file, said of the file
    """The file is not read at all; `fault` says why and what to do."""

    def __init__(self, message: str, row: int = 0, column: str = "") -> None:
        self.fault = Fault(row, column, message)
        super().__init__(str(self.fault))
