"""A register version as bytes: sections, at the end their lengths. Load only what has the row's digest.

The automaton, organizations and names (a line of JSON each), forms (a line each: the form, then the names it stands
for), given names (`person.given`; none without a person), head (JSON). The automaton is two thirds of it and stands
first, so that it is read where it lies.
"""

import json
import struct
from typing import Any

from articles.footnotes.automaton import scanner
from articles.footnotes.automaton.lines import store_lines

_MAGIC = b"\nFOOTNOTES6"
_LENGTHS = struct.Struct("<6Q")
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
    heads: list[str],
    given_names: bytes,
) -> bytes:
    """Return the bytes of a register version; forms are (folded form, [(number of the name, written)]).

    `roots` are found in the same scan, inside words too: they stand for nothing and come after all forms; after them
    `heads`, the plurals of nouns that several names may share.
    """
    head = {**head, "forms": len(forms), "roots": len(roots)}
    lines = ["\t".join([form, *(f"{number}:{written}" for number, written in targets)]) for form, targets in forms]
    lines += [*roots, *heads]
    sections = [
        scanner.build([*(form for form, _ in forms), *roots, *heads]),
        _json_lines(organizations),
        _json_lines(names),
        store_lines([line.encode() for line in lines]),
        given_names,
        json.dumps(head, ensure_ascii=False).encode(),
    ]
    return b"".join(sections) + _LENGTHS.pack(*map(len, sections)) + _MAGIC


def _json_lines(rows: list[dict[str, Any]]) -> bytes:
    return store_lines([json.dumps(row, ensure_ascii=False).encode() for row in rows])


def unpack(data: bytes) -> list[bytes]:
    """Return the sections of a register version, for the automaton only an empty one when there is none, else `data`
    itself, which begins with it. Raises CompiledFormError."""
    if not data.endswith(_MAGIC) or len(data) < _LENGTHS.size + len(_MAGIC):
        raise CompiledFormError("no compiled registers of this version of the engine")
    end = len(data) - len(_MAGIC) - _LENGTHS.size
    automaton, *lengths = _LENGTHS.unpack_from(data, end)
    if automaton + sum(lengths) != end:
        raise CompiledFormError("the compiled registers are cut off")
    sections, at = [data if automaton else b""], automaton
    for length in lengths:
        sections.append(data[at : at + length])
        at += length
    return sections
