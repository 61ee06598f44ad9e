"""A register file in JSON to its dict; faults are named by line."""

import json
import re
from bisect import bisect_left
from functools import cached_property
from json import decoder, scanner
from typing import Any

from django.utils.translation import gettext as _

from .refused import Fault, Unreadable
from .shape import Located

DEEPEST = 12  # the schema goes down to five


def read_json(text: str) -> Located:
    """Return the file's dict and where its objects begin. Raises Unreadable."""
    try:
        data = json.loads(text, parse_constant=no_constant)
    except RecursionError:
        raise Unreadable(Fault(0, "", _("The file is nested too deeply."))) from None
    except json.JSONDecodeError as error:
        message = _("This is no JSON, or only a part of a file (%s).") % error.msg
        raise Unreadable(Fault(error.lineno, _("column %d") % error.colno, message)) from error
    except ValueError as error:
        raise Unreadable(Fault(0, "", _("There is a number that cannot be (%s).") % error)) from error
    if depth(data) > DEEPEST:
        raise Unreadable(Fault(0, "", _("The file is nested too deeply.")))
    return Located(data, Lines(text))


def no_constant(word: str) -> None:
    raise ValueError(word)


def depth(data: Any) -> int:
    """Return how deep the lists and objects of the data go, at most DEEPEST + 1."""
    level, found = [data], 0
    while level and found <= DEEPEST:
        level = [
            item
            for one in level
            if isinstance(one, dict | list)
            for item in (one.values() if isinstance(one, dict) else one)
        ]
        found += 1
    return found


class OffsetDecoder(json.JSONDecoder):
    """A decoder that remembers at which offset each object begins; slower, so used only to name a fault's line."""

    def __init__(self) -> None:
        super().__init__()
        self.begins: dict[int, int] = {}
        self.kept: list[Any] = []
        self.parse_object = self.read_object
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]

    def read_object(self, place: tuple[str, int], *args: Any) -> tuple[Any, int]:
        value, end = decoder.JSONObject(place, *args)  # type: ignore[attr-defined]
        self.begins[id(value)] = place[1]
        self.kept.append(value)  # an id lasts as long as its object
        return value, end


class Lines:
    """Say at which line an object stands. The text is read once more for the first that is asked for, and kept."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def read(self) -> tuple[Any, dict[int, int], list[int]]:
        """The value, where each of its objects begins, by id, and where the lines end: offsets in the text."""
        places = OffsetDecoder()
        value = places.decode(self._text)
        return value, places.begins, [found.start() for found in re.finditer("\n", self._text)]

    def __call__(self, where: str) -> int:
        """Return the line at which the object named by a place such as `organizations[3].names[0]` begins."""
        value, begins, ends = self.read
        begin = 0
        for key, index in re.findall(r"(\w+)|\[(\d+)\]", where):
            try:
                value = value[int(index)] if index else value[key]
            except (LookupError, TypeError):
                break
            begin = begins.get(id(value), begin)
        return bisect_left(ends, begin) + 1
