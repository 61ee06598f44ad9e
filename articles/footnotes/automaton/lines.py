"""What a stored register version holds line by line: each line is found by its number and read when first asked for.

A table of offsets stands before the lines, so that nothing has to be split when a process begins.
"""

import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from articles.footnotes.registers import parse_organization
from articles.footnotes.types import Organization, Register

_SPAN = struct.Struct("<II")
_COUNT = struct.Struct("<I")


def store_lines(lines: Sequence[bytes]) -> bytes:
    """Return the bytes of a section: the number of lines, the offset of each and of the end, the lines."""
    offsets = [0, *accumulate(map(len, lines))]
    return struct.pack(f"<I{len(offsets)}I", len(lines), *offsets) + b"".join(lines)


class Lines:
    """The lines of a section, by number."""

    __slots__ = ("_begin", "_count", "_stored")

    def __init__(self, stored: bytes) -> None:
        (self._count,) = _COUNT.unpack_from(stored)
        self._stored = stored
        self._begin = _COUNT.size * (self._count + 2)

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < self._count:
            raise IndexError(number)
        start, end = _SPAN.unpack_from(self._stored, _COUNT.size * (number + 1))
        return self._stored[self._begin + start : self._begin + end]

    def __iter__(self) -> Iterator[bytes]:
        return (self[number] for number in range(self._count))


class Organizations(Mapping[str, Organization]):
    """Key → organization, in the order of the file."""

    def __init__(self, keys: list[str], lines: Lines, registers: Mapping[str, Register]) -> None:
        self._at = {key: number for number, key in enumerate(keys)}
        self._lines = lines
        self._registers = registers
        self._read: dict[str, Organization] = {}

    def __getitem__(self, key: str) -> Organization:
        found = self._read.get(key)
        if found is None:
            found = parse_organization(json.loads(self._lines[self._at[key]]), self._registers)
            self._read[key] = found
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def __contains__(self, key: object) -> bool:
        return key in self._at
