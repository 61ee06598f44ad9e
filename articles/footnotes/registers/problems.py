"""Mistakes in a register file: collected, so that one reading names them all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as column
from datetime import date
from typing import Any

from articles.footnotes.registers.private import is_private


def gettext_noop(text: str) -> str:
    """Return the text as it is: English. By this name `make messages` finds it, for whoever translates it."""
    return text


_ = gettext_noop


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where in the file, which field, what is expected: a template, and the values for its fields.

    `harmless`: the value is passed over, and what it stands in is read all the same.
    """

    where: str
    field: str
    template: str
    values: Mapping[str, object] = column(default_factory=dict)
    harmless: bool = False

    @property
    def place(self) -> str:
        """Return where it is, such as `organizations[3].key`; empty for the whole file."""
        return ".".join(filter(None, (self.where, self.field)))

    @property
    def message(self) -> str:
        """Return in English what is expected."""
        return self.template % self.values if self.values else self.template

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class RegisterFileError(ValueError):
    """A register file with mistakes; `problems` names each."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))


class Reader:
    """One object of the file, read field by field; a wrong value is noted and replaced by its default."""

    def __init__(self, data: Any, where: str, problems: list[Problem]) -> None:
        self.where, self.problems = where, problems
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.problem("", _("an object is expected here"))

    def problem(self, field: str, template: str, **values: object) -> None:
        """Note a mistake in a field of this object."""
        self.problems.append(Problem(self.where, field, template, values))

    def pass_over(self, field: str, template: str) -> None:
        """Note that a value is not read, and does not keep the rest from being read."""
        self.problems.append(Problem(self.where, field, template, harmless=True))

    def known(self, *keys: str) -> None:
        """Note every key that is neither known nor begins with an underscore."""
        for key in self.data:
            if key in keys or str(key).startswith("_"):
                continue
            if is_private(str(key)):
                self.pass_over(
                    str(key), _("is not kept here: no birth dates, numbers of persons, addresses; it is passed over")
                )
            else:
                self.problem(str(key), _("unknown; known here: %(keys)s"), keys=", ".join(keys))

    def text(self, field: str, default: str | None = None) -> str:
        """Return a non-empty string; required when there is no default."""
        value = self.data.get(field)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or (not value.strip() and default is None):
            self.problem(field, _("a text is expected"))
            return default or ""
        return value

    def choice(self, field: str, allowed: Iterable[str], default: str) -> str:
        """Return one of the allowed words, or the default when the field is absent."""
        value = self.data.get(field)
        allowed = tuple(allowed)
        if value is None:
            return default
        if value not in allowed:
            self.problem(field, _("%(value)r is not one of %(allowed)s"), value=value, allowed=", ".join(allowed))
            return default
        return str(value)

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a list of non-empty strings, empty when the field is absent."""
        value = self.data.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.problem(field, _("a list of texts is expected"))
            return ()
        return tuple(value)

    def day(self, field: str) -> date | None:
        """Return a date, or None for null."""
        value = self.data.get(field)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.problem(field, _("%(value)r is no date of the form YYYY-MM-DD"), value=value)
            return None

    def items(self, field: str) -> list["Reader"]:
        """Return a reader for each object of a list, empty when the field is absent."""
        value = self.data.get(field, [])
        if not isinstance(value, list):
            self.problem(field, _("a list is expected"))
            return []
        place = f"{self.where}.{field}" if self.where else field
        return [Reader(item, f"{place}[{i}]", self.problems) for i, item in enumerate(value)]

    def part(self, field: str) -> "Reader":
        """Return a reader for an object inside this one, of an empty one when the field is absent."""
        place = f"{self.where}.{field}" if self.where else field
        return Reader(self.data.get(field) or {}, place, self.problems)
