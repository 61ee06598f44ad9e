"""A folded text and the way back to the source.

Between edits the characters stand one for one, so the map is a few segments, and none for a text without edits.
"""

from bisect import bisect_right

from articles.footnotes.fold.plain import PLAIN
from articles.footnotes.fold.scan import scan_form

# Source [start, end) becomes a text of one character or none; the flag says that it was a typed mark. A plain tuple,
# because an article has hundreds.
Edit = tuple[int, int, str, bool]


class Folded:
    """`text` is the visible text, `scan` the same letters made comparable (same length, same offsets).

    `glyphs`: typed marks taken out, each (offset in text, source start, source end); `signs`: whether there is any
    sign that could be a mark, taken out or not.
    """

    __slots__ = ("_at", "_replaced", "_source", "glyphs", "scan", "signs", "source", "text")

    def __init__(
        self,
        source: str,
        text: str,
        plain: str,
        at: list[int],
        after: list[int],
        replaced: dict[int, tuple[int, int]],
        glyphs: tuple[tuple[int, int, int], ...],
        signs: bool,
    ) -> None:
        """`plain`: the text with its signs made plain; `at`, `after`: where in `text` and in the source the characters
        go on one for one, after each edit; `replaced`: offset of a character that stands for another stretch → that
        stretch."""
        self.source, self.text, self.glyphs, self.signs = source, text, glyphs, signs or bool(glyphs)
        self.scan = scan_form(plain)
        self._at, self._source, self._replaced = at, after, replaced

    def source_start(self, offset: int) -> int:
        """Return where the character at an offset of `text` begins in the source."""
        if not self._at:
            return offset
        span = self._replaced.get(offset)
        if span:
            return span[0]
        i = bisect_right(self._at, offset) - 1
        return self._source[i] + offset - self._at[i] if i >= 0 else offset

    def source_end(self, offset: int) -> int:
        """Return where the character before an offset of `text` ends in the source."""
        if not self._at:
            return offset
        if offset <= 0:
            return self.source_start(0)
        span = self._replaced.get(offset - 1)
        return span[1] if span else self.source_start(offset - 1) + 1

    def offset(self, source: int) -> int:
        """Return the offset of `text` at which a source offset stands, or the next one when it was taken out."""
        if not self._at:
            return source
        i = bisect_right(self._source, source) - 1
        following = self._at[i + 1] if i + 1 < len(self._at) else len(self.text)
        return min(self._at[i] + source - self._source[i] if i >= 0 else source, following)


def assemble(source: str, seen: str, plain: str, edits: list[Edit], *, signs: bool) -> Folded:
    """Apply edits (sorted, not overlapping) to a source; `seen` is the source with line breaks as they are seen,
    `plain` the same with its signs made plain."""
    if not edits:
        return Folded(source, seen, plain, [], [], {}, (), signs)
    pieces: list[str] = []
    plain_pieces: list[str] = []
    add, add_plain = pieces.append, plain_pieces.append
    at: list[int] = []
    replaced: dict[int, tuple[int, int]] = {}
    glyphs: list[tuple[int, int, int]] = []
    length = done = 0
    for start, end, text, glyph in edits:
        if start > done:
            add(seen[done:start])
            add_plain(plain[done:start])
            length += start - done
        if text:
            add(text)
            add_plain(PLAIN.get(text, text))
            replaced[length] = (start, end)
            length += 1
        elif glyph:
            glyphs.append((length, start, end))
        at.append(length)
        done = end
    add(seen[done:])
    add_plain(plain[done:])
    after = [edit[1] for edit in edits]
    return Folded(source, "".join(pieces), "".join(plain_pieces), at, after, replaced, tuple(glyphs), signs)
