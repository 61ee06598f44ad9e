"""What is kept of a file while it waits: the cells and values that will be read, each at the line where it stood.

Columns that the mapping ignores, keys that no register file has, remarks under a `_`, and the figures of birth dates
and numbers are not kept, so that nothing of a person but the name is stored even for an hour. What was told of the file
stays true of what is kept: each fault at its line.
"""

import csv
import io
import json
import re
from bisect import bisect_left
from typing import Any

from ..footnotes.registers.parse import ENTRY
from ..footnotes.registers.person import PARTS
from ..footnotes.registers.private import is_private, masked
from ..footnotes.types import Name
from .mapping import Mapping
from .reading import text_of
from .register_json import Lines

DAYS = ("since", "until")
TALKS = ("source", "examples")  # where a date may be that of a document
DIGIT = re.compile(r"\d")
# By the key of the list or object in an entry: what is read of it.
READ = {
    "organizations": ENTRY,
    "person": PARTS,
    "names": (*Name.__dataclass_fields__, "type"),
    "designations": ("register", "since", "until", "source"),
}


def needed(content: bytes, mapping: Mapping | None) -> bytes:
    """Return of a file that can be read what will be read of it, in the same encoding."""
    if mapping is None:
        return Kept(text_of(content, "utf-8-sig")).text().encode()
    return needed_columns(text_of(content, mapping.encoding), mapping).encode(mapping.encoding)


def needed_columns(text: str, mapping: Mapping) -> str:
    """Return a CSV file with empty cells in the columns that the mapping ignores; its lines stay where they are."""
    out, headers = io.StringIO(newline=""), None
    writer = csv.writer(out, delimiter=mapping.delimiter, lineterminator="\n")
    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=mapping.delimiter, strict=True):
        if headers is None:
            headers = [cell.strip() for cell in cells]
            writer.writerow(cells)
        else:
            columns = [held_by(header, mapping) for header in headers[: len(cells)]]  # an empty line has no cells
            of_person = any(holds in PARTS and cell.strip() for cell, holds in zip(cells, columns, strict=True))
            pairs = zip(cells, columns, strict=True)
            writer.writerow([kept_text(cell, holds, of_person) if holds else breaks(cell) for cell, holds in pairs])
    return out.getvalue()


def held_by(header: str, mapping: Mapping) -> str:
    """Return what a column holds, "" for one that is not read."""
    return next((holds for holds, headers in mapping.columns.items() if header in headers), "")


def kept_text(text: str, holds: str, of_person: bool) -> str:
    """Return a text without the figures of what is kept of nobody; `holds`: the column or key that it stands in.

    An organization may bear a date in its name, and its number of a taxpayer is public.
    """
    if not of_person or holds in DAYS:
        return text
    return DIGIT.sub("0", text) if holds in PARTS else masked(text, is_name=holds not in TALKS)


def breaks(cell: str) -> str:
    """Return the line breaks of a cell alone."""
    return "\n" * cell.replace("\r\n", "\n").replace("\r", "\n").count("\n")


class Kept:
    """A JSON file written anew without what is not read, each object at the line where it began."""

    def __init__(self, text: str) -> None:
        self._value, self._begins, self._ends = Lines(text).read
        self._line = 1
        self._is_entry = self._of_person = False

    def text(self) -> str:
        return "".join(self._written(self._value, ""))

    def _written(self, value: Any, holds: str) -> list[str]:
        if isinstance(value, dict):
            return self._object(value, holds)
        if isinstance(value, list):
            return ["[", *joined([self._written(one, holds) for one in value]), "]"]
        if isinstance(value, str) and self._is_entry:
            value = kept_text(value, holds, self._of_person)
        return [json.dumps(value, ensure_ascii=False)]

    def _object(self, value: dict[str, Any], holds: str) -> list[str]:
        begins = bisect_left(self._ends, self._begins[id(value)]) + 1
        room, self._line = "\n" * max(begins - self._line, 0), max(begins, self._line)
        if holds == "organizations":
            self._of_person = value.get("kind") == "person"
        pairs = []
        for key, one in value.items():
            if key.startswith("_"):
                continue
            if not holds:
                self._is_entry = key == "organizations"
            is_read = key in READ.get(holds, (key,)) and not is_private(key)
            written = self._written(one, key) if is_read else ["null"]  # its key is told of
            pairs.append([json.dumps(masked(key, is_name=True), ensure_ascii=False), ": ", *written])
        return [room, "{", *joined(pairs), "}"]


def joined(parts: list[list[str]]) -> list[str]:
    return [text for number, part in enumerate(parts) for text in ([", "] if number else []) + part]
