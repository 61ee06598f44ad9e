"""Typed reading of environment variables.

A value that cannot be used stops the start with the variable's name and what is expected of it.
Every name asked for is remembered, so that the tests can hold `.env.example` and the reference against the code.
"""

from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


class WrongValue(ImproperlyConfigured):
    """An environment variable is missing or cannot be used; the message names it and says what is expected."""


class Environment:
    """The variables of a process, read by type.

    >>> Environment({"PORT": "8000"}).whole("PORT", default=1)
    8000

    A variable set to the empty string counts as not set. Each reader takes a `default`; without one
    the variable is required.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.asked: set[str] = set()

    def text(self, name: str, *, default: str | None = None, expected: str = "a text") -> str:
        """Return the value without the blanks around it."""
        return self._read(name, expected) or self._fall_back(name, default, expected)

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a yes or no: 1, true, yes, on or 0, false, no, off, in any case."""
        expected = "1 (yes) or 0 (no)"
        value = self._read(name, expected).lower()
        if not value:
            return default
        if value not in TRUE | FALSE:
            raise WrongValue(f"{name} is {value!r}; expected {expected}.")
        return value in TRUE

    def whole(self, name: str, *, default: int, least: int = 0, most: int = 2**31 - 1) -> int:
        """Return a whole number from `least` to `most`."""
        expected = f"a whole number from {least} to {most}"
        value = self._read(name, expected)
        if not value:
            return default
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise WrongValue(f"{name} is {value!r}; expected {expected}.")
        return int(value)

    def words(self, name: str, *, default: list[str]) -> list[str]:
        """Return the parts of a list separated by commas, blanks removed, empty parts dropped."""
        value = self._read(name, "a list separated by commas")
        return [part.strip() for part in value.split(",") if part.strip()] or default

    def choice(self, name: str, choices: tuple[str, ...], *, default: str) -> str:
        """Return one of `choices`, compared without regard to case."""
        expected = "one of " + ", ".join(choices)
        value = self._read(name, expected)
        if not value:
            return default
        found = {choice.lower(): choice for choice in choices}.get(value.lower())
        if found is None:
            raise WrongValue(f"{name} is {value!r}; expected {expected}.")
        return found

    def folder(self, name: str, *, default: Path) -> Path:
        """Return an absolute path; `~` is expanded, a relative one counts from the working directory."""
        expected = "a folder"
        value = self._read(name, expected)
        path = Path(value).expanduser().absolute() if value else default
        if path.exists() and not path.is_dir():
            raise WrongValue(f"{name} is {str(path)!r}, which is a file; expected {expected}.")
        return path

    def given(self) -> dict[str, str]:
        """Return the variables asked for so far that are set, as they were given."""
        return {name: value for name in sorted(self.asked) if (value := self._values.get(name, "").strip())}

    def _read(self, name: str, expected: str) -> str:
        self.asked.add(name)
        value = self._values.get(name, "").strip()
        if "\x00" in value:
            raise WrongValue(f"{name} holds a null character; expected {expected}.")
        return value

    def _fall_back(self, name: str, default: str | None, expected: str) -> str:
        if default is None:
            raise WrongValue(f"{name} is not set; expected {expected}.")
        return default


def read_file(path: Path) -> dict[str, str]:
    """Return the variables of a file of `NAME=value` lines; no file, no variables.

    Blank lines and lines that begin with `#` are passed over; quotes around a value are removed.
    Raises WrongValue, with file and line, for any other line.
    """
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name.isidentifier():
            raise WrongValue(f"{path.name}, line {number}: expected NAME=value.")
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        found[name] = value
    return found
