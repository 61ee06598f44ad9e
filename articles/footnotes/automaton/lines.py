"""The organizations of a stored register version, each read from its line when first asked for."""

import json
from collections.abc import Iterator, Mapping

from articles.footnotes.registers import parse_organization
from articles.footnotes.types import Organization, Register


class Organizations(Mapping[str, Organization]):
    """Key → organization, in the order of the file."""

    def __init__(self, keys: list[str], lines: bytes, registers: Mapping[str, Register]) -> None:
        self._at = {key: number for number, key in enumerate(keys)}
        self._lines = lines.split(b"\n")
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
