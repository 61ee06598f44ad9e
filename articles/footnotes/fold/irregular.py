"""What cannot be folded letter by letter: runs of space, entities, invisible characters, accents, typed marks.

Only the characters that a text may hold (`plain_form` knows) are sought.
"""

import re
import unicodedata

from articles.footnotes.fold.cuts import ENTITY, Edit, unescaped
from articles.footnotes.fold.plain import BREAKS, GLYPH_CHARS, INVISIBLE, no_break_run

_ACCENTS = "".join(map(chr, range(0x300, 0x370)))
_SPACE_RUN = re.compile(r"[\s\u2028\u2029]+")
_SPACES_BEFORE = re.compile(r"[ \t\r\u00a0]+\Z")
_INVISIBLE_RUN = re.compile(rf"[{INVISIBLE}]+")
_ACCENT = re.compile("[\u0300-\u036f]")
_ACCENT_RUN = re.compile("[\u0300-\u036f]+")
_GLYPH_RUN = re.compile(rf"[{GLYPH_CHARS}][{GLYPH_CHARS}\ufe0e\ufe0f]*")
_WIDE_SPACE = re.compile(r"[^\S\n]{2,}")
_STRESS = "\u0301\u0300"
_GLYPHS = frozenset(GLYPH_CHARS)
_LOOK_BACK = 20
_OPENING = "«“„\"'([>"
_EMPHASIS = 100
_CLOSING = "»”“\"'’›)]"
_OWN_SIGNS = "+.!?…%_"  # a name may end in one: `Inc.`
_LETTER = "ʼ"  # an apostrophe that counts as a letter


class Emphasis:
    """The stars of a text that are signs of emphasis: `**word**`; told of every run of signs in order."""

    __slots__ = ("_opened", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._opened: dict[int, int] = {}

    def open(self, at: int, run: str, after: str) -> None:
        """Note a run that may open emphasis; a single star is a mark, a bullet or a note."""
        before = self._text[at - 1 : at]
        free = not before or before.isspace() or before in _OPENING
        if free and run in ("**", "***") and after and not after.isspace():
            self._opened[len(run)] = at

    def closed(self, at: int, run: str) -> int:
        """Return how many stars of a run close emphasis, -1 when none does."""
        for size in (3, 2):
            opened = self._opened.get(size, -1)
            if opened < 0 or run[:size] != "*" * size or opened + size >= at:
                continue
            if at - opened <= _EMPHASIS and "\n" not in self._text[opened:at] and not self._text[at - 1].isspace():
                del self._opened[size]
                return size
        return -1


def irregular_edits(text: str, rare: str, tags: list[Edit] | None) -> tuple[list[Edit], bool]:
    """Return the edits of a text, with those of its markup (`tags`, in order) merged in, and whether it holds signs
    that could be marks. `rare`: the irregular characters that may stand in it, beside spaces."""
    positions, signs = _positions(text, rare)
    if not positions:
        return tags or [], False
    edits: list[Edit] = []
    done, index, markup = 0, 0, tags or []
    count = len(markup)
    emphasis = Emphasis(text)
    for at in positions:
        while index < count and markup[index][0] <= at:
            done = markup[index][1]
            edits.append(markup[index])
            index += 1
        if at < done:
            continue
        end = markup[index][0] if index < count else len(text)
        edit = _edit_at(text, at, done, end, edits, emphasis, lines=tags is None)
        if edit is not None:
            if edits and edits[-1][1] > edit[0]:
                edits.pop()
            edits.append(edit)
            done = edit[1]
    return edits + markup[index:], signs


def _positions(text: str, rare: str) -> tuple[list[int], bool]:
    """Return the offsets of all irregular characters, in order (of a wide run of spaces its first), and whether one
    of them is a sign that could be a mark."""
    found: list[int] = []
    signs = accents = False
    for char in rare:
        if char not in text:
            continue
        if char in _ACCENTS:
            accents = True
            continue
        signs = signs or char in GLYPH_CHARS
        at = text.find(char)
        while at >= 0:
            found.append(at)
            at = text.find(char, at + 1)
    if "  " in text or "\t" in text or "\r" in text or ("\u00a0" in text and no_break_run(text)):
        found += [match.start() for match in _WIDE_SPACE.finditer(text)]
    if accents:
        found += [match.start() for match in _ACCENT.finditer(text)]
    found.sort()
    return found, signs


def _edit_at(
    text: str, at: int, start: int, end: int, edits: list[Edit], emphasis: Emphasis, *, lines: bool
) -> Edit | None:
    """Return the edit for the irregular character at an offset of the run [start, end), None when it stays.

    `lines`: an empty line parts paragraphs, as it does in a text without markup.
    """
    char = text[at]
    if char == "&":
        entity = ENTITY.match(text, at, end)
        plain = unescaped(entity.group()) if entity else ""
        return (at, entity.end(), "" if plain in INVISIBLE else plain, False) if entity and plain else None
    if char in BREAKS:
        return _line_break(text, at, start, end, lines=lines)
    if char in GLYPH_CHARS:
        return _typed_mark(text, at, end, edits, emphasis)
    if char in INVISIBLE:
        run = _INVISIBLE_RUN.match(text, at, end)
        return (at, run.end(), "", False) if run else None
    if char in _ACCENTS:
        return _accent(text, at, start, end)
    spaces = _WIDE_SPACE.match(text, at, end)
    return (at, spaces.end(), " ", False) if spaces else None


def _line_break(text: str, at: int, start: int, end: int, *, lines: bool) -> Edit:
    run = _SPACE_RUN.match(text, at, end)
    stop = run.end() if run else at + 1
    begin = at
    before = _SPACES_BEFORE.search(text, max(start, at - 200), at) if text[at - 1 : at].isspace() else None
    if before:
        begin = before.start()
    paragraph = lines and text.count("\n", begin, stop) + text.count("\u2029", begin, stop) > 1
    return begin, stop, "\n" if paragraph else " ", False


def _typed_mark(text: str, at: int, end: int, edits: list[Edit], emphasis: Emphasis) -> Edit | None:
    """A sign directly after a word, a quotation mark, a bracket or a name's own sign may be a mark; `5*3`, a bullet and
    the stars around a `**word**` are not."""
    run = _GLYPH_RUN.match(text, at, end)
    if run is None or text[at - 1 : at] in _GLYPHS:  # of a run that was looked at
        return None
    before = _visible_before(text, at, edits)
    after = text[run.end() : run.end() + 1]
    begin = emphasis.closed(at, run.group())
    if begin < 0:
        ends = (before.isalnum() or before in _OWN_SIGNS) and before and not (after.isalnum() and after != _LETTER)
        if ends or (before and before in _CLOSING):
            return at, run.end(), "", True
        emphasis.open(at, run.group(), after)
        return None
    return (at + begin, run.end(), "", True) if begin < len(run.group()) else None


def _visible_before(text: str, at: int, edits: list[Edit]) -> str:
    """Return the visible character before an offset, looking through a few tags and invisible characters."""
    for start, end, replaced, _ in edits[: -_LOOK_BACK - 1 : -1]:
        if end != at:
            break
        if replaced:
            return replaced
        at = start
    return text[at - 1 : at]


def _accent(text: str, at: int, start: int, end: int) -> Edit | None:
    """A letter with its accents becomes one letter; a stress mark is dropped."""
    run = _ACCENT_RUN.match(text, at, end)
    if run is None or at == start:
        return None
    base = text[at - 1]
    marks = "".join(mark for mark in run.group() if mark not in _STRESS or not "а" <= base.lower() <= "я")
    whole = unicodedata.normalize("NFC", base + marks)
    return at - 1, run.end(), whole if len(whole) == 1 else base, False
