"""What is wrong with a keeper's file, or asked about a line, in words that are translated where they are shown.

A sentence is a msgid with named places and their values: this room knows no language but that of the command.
"""

from dataclasses import dataclass


def gettext_noop(text: str) -> str:
    """Mark a msgid for the catalogue."""
    return text


@dataclass(frozen=True)
class Said:
    """A sentence: `text` is the msgid, `values` fill its places."""

    text: str
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return self.text % dict(self.values) if self.values else self.text


def say(text: str, **values: object) -> Said:
    """Return a sentence with what stands in its places."""
    return Said(text, tuple(values.items()))


@dataclass(frozen=True)
class Mistake:
    """A mistake: `row` counted from 1, 0 for the whole file; `column` as the keeper heads it, "" for none."""

    row: int
    column: str
    message: Said

    def __str__(self) -> str:
        place = [f"row {self.row}"] if self.row else []
        place += [f"column “{self.column}”"] if self.column else []
        return f"{', '.join(place)}: {self.message}" if place else str(self.message)


class NoList(Exception):
    """The file is not read at all; `fault` says why and what to do."""

    def __init__(self, message: Said, row: int = 0, column: str = "") -> None:
        self.fault = Mistake(row, column, message)
        super().__init__(str(self.fault))
