"""A register version as bytes: five sections, each with its length before it. Load only what has the row's digest.

Head (JSON), organizations and names (a line of JSON each), forms (a line each: the form, then the names it stands for),
the automaton.
"""

import json
import struct
from typing import Any

from articles.footnotes.automaton import scanner

_MAGIC = b"FOOTNOTES2\n"
_SECTIONS = 5
# In place of how a name is written: the form is no name but a cue for one, or gives one another meaning.
CUE, OTHER_MEANING = "!", "?"


class CompiledFormError(ValueError):
    """The bytes are not a compiled register version of this engine."""


def pack(
    head: dict[str, Any],
    organizations: list[dict[str, Any]],
    names: list[dict[str, Any]],
    forms: list[tuple[str, list[tuple[int, str]]]],
    roots: list[str],
) -> bytes:
    """Return the bytes of a register version; forms are (folded form, [(number of the name, written)]).

    `roots` are found in the same scan, inside words too: they stand for nothing and come after all forms.
    """
    head = {**head, "forms": len(forms)}
    lines = ["\t".join([form, *(f"{number}:{written}" for number, written in targets)]) for form, targets in forms]
    lines += roots
    sections = [
        json.dumps(head, ensure_ascii=False).encode(),
        _json_lines(organizations),
        _json_lines(names),
        "\n".join(lines).encode(),
        scanner.build([*(form for form, _ in forms), *roots]),
    ]
    return _MAGIC + b"".join(struct.pack("<Q", len(section)) + section for section in sections)


def _json_lines(rows: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def unpack(data: bytes) -> list[bytes]:
    """Return the sections of a register version. Raises CompiledFormError."""
    if not data.startswith(_MAGIC):
        raise CompiledFormError("no compiled registers of this version of the engine")
    sections, at = [], len(_MAGIC)
    for _ in range(_SECTIONS):
        if at + 8 > len(data):
            raise CompiledFormError("the compiled registers are cut off")
        (length,) = struct.unpack_from("<Q", data, at)
        sections.append(data[at + 8 : at + 8 + length])
        at += 8 + length
    if at != len(data):
        raise CompiledFormError("the compiled registers are cut off")
    return sections
