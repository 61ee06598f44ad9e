"""Holds two folders that `writer` made against each other: what a reader, a robot or a feed reader would notice.

HTML is compared tag by tag, XML in its canonical form, JSON as data. Blanks between tags may differ where no reader
sees them: beside the tags of blocks any, elsewhere their number. Reading forms are the same bytes, also inside pages.
"""

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import Any

BLANKS = re.compile(r"[ \t\n\r\f]+")
AS_WRITTEN = {"pre", "textarea", "script", "style"}
# Inside lines of text, where a blank beside a tag is seen. All other tags are taken for blocks.
INLINE = set(
    "a abbr b bdi bdo button cite code data del dfn em i img input ins kbd label mark q s samp select small span "
    "strong sub sup svg time u var wbr".split()
)
VOID = set("area base br col embed hr img input link meta source track wbr".split())
AROUND = 60  # letters shown of what differs
Token = tuple[Any, ...]


@dataclass(frozen=True)
class Difference:
    """`key`: of the output, as in the index; `old` and `new`: what stands there, shortened."""

    key: str
    what: str
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        shown = "".join(f"\n    {side} {text}" for side, text in (("-", self.old), ("+", self.new)) if text)
        return f"{self.key}: {self.what}{shown}"


class Tokens(HTMLParser):
    """A page as a list of tags, with their attributes in the order of names, and texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(("<", tag, *sorted((name, value or "") for name, value in attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self.found.append((">", tag))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] == "text":
            data = self.found.pop()[1] + data
        self.found.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("declaration", decl.lower()))


def tokens_of(text: str) -> list[Token]:
    """Return the tags and texts of an HTML page, without the blanks that no reader sees, JSON-LD as data."""
    parser = Tokens()
    parser.feed(text)
    parser.close()
    found, written, result = parser.found, 0, list[Token]()
    for number, token in enumerate(found):
        if token[0] in "<>" and token[1] in AS_WRITTEN:
            written += 1 if token[0] == "<" else -1
        if token[0] != "text":
            result.append(token)
            continue
        before = found[number - 1] if number else None
        after = found[number + 1] if number + 1 < len(found) else None
        data = token[1] if written else seen(token[1], before, after)
        if written and before and ("type", "application/ld+json") in before:
            result.append(("data", json.dumps(json.loads(data), ensure_ascii=False, sort_keys=True)))
        elif data:
            result.append(("text", data))
    return result


def seen(text: str, before: Token | None, after: Token | None) -> str:
    """Return a text between two tags as a reader sees it: runs of blanks are one, and none beside a block."""
    text = BLANKS.sub(" ", text)
    if is_block(before):
        text = text.removeprefix(" ")
    return text.removesuffix(" ") if is_block(after) else text


def is_block(token: Token | None) -> bool:
    return token is None or token[0] not in "<>" or token[1] not in INLINE


def xml_of(body: bytes) -> list[Token]:
    """Return the canonical form of an XML file, cut before each tag; blanks around texts are none."""
    canonical = ElementTree.canonicalize(body.decode(), strip_text=True)
    return [("xml", part) for part in re.split("(?=<)", canonical) if part]


def read(body: bytes, content_type: str) -> list[Token]:
    """Return what is compared of a body, in parts; raise ValueError for a body that is not of its type."""
    kind = content_type.partition(";")[0]
    if kind == "text/html":
        return tokens_of(body.decode())
    if kind.endswith("xml"):
        return xml_of(body)
    if kind == "application/json":
        lines = json.dumps(json.loads(body), ensure_ascii=False, sort_keys=True, indent=0).splitlines()
        return [("json", line) for line in lines]
    return [("bytes", body)]


def compare(old: Path, new: Path) -> Iterator[Difference]:
    """Yield what differs between two folders, at most one difference of the body for each output."""
    before, after = (json.loads((folder / "index.json").read_text(encoding="utf-8")) for folder in (old, new))
    for key in sorted({*before, *after}):
        if key not in after:
            yield Difference(key, "is missing")
        elif key not in before:
            yield Difference(key, "is new")
        else:
            one, other = before[key], after[key]
            yield from said(key, one, other)
            yield from bodies(key, one["type"], (old / one["file"]).read_bytes(), (new / other["file"]).read_bytes())


def said(key: str, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Difference]:
    """Yield what differs in status, headers, type, hash, and in the reading forms that stand in a page as they are."""
    one, other = ({**{name: row[name] for name in row if name not in ("file", "headers")},
                   **row.get("headers", {})} for row in (old, new))  # fmt: skip
    for name in sorted({*one, *other}):
        if one.get(name) != other.get(name):
            yield Difference(key, f"another {name}", str(one.get(name)), str(other.get(name)))


def bodies(key: str, content_type: str, old: bytes, new: bytes) -> Iterator[Difference]:
    """Yield the first difference between two bodies of an output, if there is any that counts."""
    if old == new:
        return
    try:
        pairs = list(zip_longest(read(old, content_type), read(new, content_type)))
    except (ValueError, ElementTree.ParseError) as error:
        yield Difference(key, f"cannot be read as {content_type}: {error}")
        return
    for number, (one, other) in enumerate(pairs):
        if one != other:
            yield Difference(key, f"differs at part {number}", *around(one, other))
            return


def around(old: Token | None, new: Token | None) -> tuple[str, str]:
    """Return two parts as they are shown, from a little before the place where they begin to differ."""
    texts = ["nothing" if one is None else " ".join(map(shown, one)) for one in (old, new)]
    place = next((n for n, pair in enumerate(zip(*texts, strict=False)) if pair[0] != pair[1]), min(map(len, texts)))
    begin = max(0, place - AROUND)
    return texts[0][begin : place + AROUND], texts[1][begin : place + AROUND]


def shown(part: Any) -> str:
    return part if isinstance(part, str) else repr(part)
