"""Bodies that no browser of ours sends: broken, endless, nested, in no encoding, with values that no field holds."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

JSON, FORM, PARTS = "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
LARGE = 10 * 2**20  # bytes, twice what is read of a body
HALF = b'{"fields": {"headline": '
DEEP = 50_000  # levels, far more than Python nests
# What stands in the place of a value: a null byte, half a character, a number that no database holds, no moment.
ODD = ("\x00", "\ud800", "9" * 30, "2026-13-45T99:99")
ODD_JSON = (*ODD, "-1", "<svg onload=x>", "x" * 300_000, None, True, -1, 10**30, 1.5, [], [[]], {}, {"a": {}})


class Body(NamedTuple):
    """`kind`: the header Content-Type."""

    name: str
    kind: str
    data: bytes


def part(name: str, value: bytes, more: str = "") -> bytes:
    return f'--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n"


def broken_json() -> Iterator[Body]:
    """Yield what is no JSON that anything could be done with."""
    yield Body("bad UTF-8", JSON, b'{"a": "\xff\xfe"}')
    yield Body("UTF-16", JSON, '{"a": 1}'.encode("utf-16"))
    yield Body("half of it", JSON, HALF)
    yield Body("nested lists", JSON, b"[" * DEEP)
    yield Body("nested objects", JSON, b'{"fields":' * DEEP)
    yield Body("10 MB", JSON, b'{"text": "' + b"x" * LARGE + b'"}')
    yield Body("a number too long", JSON, b'{"sequence": ' + b"9" * 10_000 + b"}")


def refused_forms() -> list[Body]:
    """Return what whoever reads a form refuses, before any view looks at it."""
    return [
        Body("10 MB", FORM, b"text=" + b"x" * LARGE),
        Body("6000 fields", FORM, b"a=1&" * 6000),
        Body("form in no encoding", f"{FORM}; charset=hex", b"a=1&text=2"),
        Body("parts in no encoding", f"{PARTS}; charset=hex", part("text", b"1") + b"--x--"),
        Body("parts in UTF-7", f"{PARTS}; charset=utf-7", part("text", b"+ADw-script+AD4-") + b"--x--"),
        Body("parts without a boundary", "multipart/form-data", part("text", b"1") + b"--x--"),
        Body("too many files", PARTS, b"".join(part(f"f{n}", b"x", '; filename="x"') for n in range(101)) + b"--x--"),
    ]


def strange_forms() -> list[Body]:
    """Return what can be read as a form, and reaches the views."""
    named = '; filename="../../etc/\x00passwd"\r\nContent-Type: image/png'
    parts = [
        part("a\x00b", b"\x00\xff"),
        part("next", b"\x00"),
        part("text", b"!!!!!", "\r\nContent-Transfer-Encoding: base64"),  # which it is not
        part("file", b"\x89PNG", named),
    ]
    return [
        Body("bad UTF-8", FORM, b"a=%ff%fe&b=%00&%00=1&text=%ed%a0%80&action=%00&next=%00&language=%00"),
        Body("parts that never end", PARTS, b"".join(parts)),
    ]


def odd_json(shape: dict[str, Any]) -> Iterator[Body]:
    """Yield what a script sends with each of its values replaced, and with all."""
    for value in (None, [], 7, "x", [shape]):
        yield Body(f"{value!r:.20} instead of an object", JSON, json.dumps(value).encode())
    for odd in ODD_JSON:
        for name in shape:
            yield Body(f"{name} = {odd!r:.20}", JSON, json.dumps(shape | {name: odd}).encode())
