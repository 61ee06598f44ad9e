"""Typed-in marks: which of the signs taken out by folding belong to a designated name, and note lines.

A sign belongs to a name when it stands directly after it, or one bracket, quotation mark or noun later (`IS member*`).
All else stays: `5*3`, a bullet, a footnote of another kind.
"""

import re
from bisect import bisect_right

from articles.footnotes.fold import GLYPH_CHARS, Folded
from articles.footnotes.formulas import holds_formula, may_be_note
from articles.footnotes.html import LINE_TAG

_HEAD = re.compile(rf"(?:\A|\n|{LINE_TAG}[^<>]*>)[ \t\u00a0]*([{GLYPH_CHARS}]{{1,4}})", re.I)
_LINE_END = re.compile(rf"\n|{LINE_TAG}", re.I)
_LATER = re.compile(r"[\"'»”’“]?(?:\s?\([^()\n]{1,80}\)| ([^\W\d_]{3,}))?[\"'»”’“]?")
_NO_NOUNS = frozenset(
    "and are but claimed did for from had has have into not off said says than that the they was were will with "
    "been being came fell fled got held kept left lost made met put ran sent took went won "
    "его ему она они оно был была были было для или как под при про что это над без".split()
)
_VERBAL = re.compile(r"(?:ed|ing|ил|ила|или|ал|ала|али|ет|ют|ит|ят)\Z")


def has_glyph(text: str) -> bool:
    """Say quickly whether a text holds any sign that could be a mark."""
    for char in GLYPH_CHARS:  # noqa: SIM110 - any() costs twice as much, and every text pays it
        if char in text:
            return True
    return False


def note_lines(source: str, own: tuple[str, ...]) -> list[tuple[int, int, int, int]]:
    """Return the lines that are printed notes: (start, end, start and end of the sign at the head), source offsets."""
    lines = []
    for head in _HEAD.finditer(source) if has_glyph(source) else ():
        end = _LINE_END.search(source, head.end())
        stop = end.start() if end else len(source)
        line = source[head.end() : stop].lower().replace("ё", "е").replace("-", " ")
        if holds_formula(line, own) or may_be_note(line):
            lines.append((head.start(1), stop, head.start(1), head.end(1)))
    return lines


class TypedMarks:
    """The signs taken out of one folded text, found by where they stood; each is given to one name only."""

    __slots__ = ("_free", "_offsets", "_text")

    def __init__(self, folded: Folded) -> None:
        self._text = folded.text
        self._free: dict[int, list[tuple[int, int]]] = {}
        for offset, start, end in folded.glyphs:
            self._free.setdefault(offset, []).append((start, end))
        self._offsets = list(self._free)

    def direct(self, start: int, end: int) -> list[tuple[int, int]]:
        """Take the signs inside or at the end of [start, end); return their source spans."""
        found: list[tuple[int, int]] = []
        first = bisect_right(self._offsets, start)
        for offset in self._offsets[first : bisect_right(self._offsets, end)]:
            found += self._free.pop(offset, [])
        return found

    def later(self, end: int) -> list[tuple[int, int]]:
        """Take the signs that stand one bracket, quotation mark or noun after an offset."""
        match = _LATER.match(self._text, end) if self._free else None
        if match is None:
            return []
        noun = match[1]
        if noun and (noun.lower() in _NO_NOUNS or noun != noun.lower() or _VERBAL.search(noun)):
            return []
        return self._free.pop(match.end(), [])
