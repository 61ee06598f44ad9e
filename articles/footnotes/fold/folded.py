"""A folded text and the way back to the source.

Between edits the characters stand one for one, so the map is a few segments, and none for a text without edits.
"""

from bisect import bisect_right

from articles.footnotes.fold.scan import scan_form

# Source [start, end) becomes a text of one character or none; the flag says that it was a typed mark. A plain tuple,
# because an article has hundreds.
Edit = tuple[int, int, str, bool]


class Folded:
    """`text` is the visible text, `scan` the same letters made comparable (same length, same offsets).

    `glyphs`: typed marks taken out, each (offset in text, source start, source end).
    """

    __slots__ = ("_at", "_from", "_to", "glyphs", "scan", "source", "text")

    def __init__(
        self,
        source: str,
        text: str,
        segments: tuple[list[int], list[int], list[int]],
        glyphs: tuple[tuple[int, int, int], ...],
    ) -> None:
        self.source, self.text, self.glyphs = source, text, glyphs
        self.scan = scan_form(text)
        self._at, self._from, self._to = segments

    def source_start(self, offset: int) -> int:
        """Return where the character at an offset of `text` begins in the source."""
        if not self._at:
            return offset
        i = max(bisect_right(self._at, offset) - 1, 0)
        return self._from[i] + offset - self._at[i]

    def source_end(self, offset: int) -> int:
        """Return where the character before an offset of `text` ends in the source."""
        if not self._at:
            return offset
        if offset <= 0:
            return self._from[0]
        i = bisect_right(self._at, offset - 1) - 1
        following = self._at[i + 1] if i + 1 < len(self._at) else len(self.text)
        return self._to[i] if offset == following else self._from[i] + offset - self._at[i]

    def offset(self, source: int) -> int:
        """Return the offset of `text` at which a source offset stands, or the next one when it was taken out."""
        if not self._at:
            return source
        i = bisect_right(self._from, source) - 1
        if i < 0:
            return 0
        last = self._at[i + 1] if i + 1 < len(self._at) else len(self.text)
        return min(self._at[i] + source - self._from[i], last)


def assemble(source: str, edits: list[Edit]) -> Folded:
    """Apply edits (sorted, not overlapping) to a source."""
    if not edits:
        return Folded(source, source, ([], [], []), ())
    pieces: list[str] = []
    at: list[int] = []
    begins: list[int] = []
    ends: list[int] = []
    glyphs: list[tuple[int, int, int]] = []
    length = done = 0
    for start, end, text, glyph in edits:
        if start > done:
            pieces.append(source[done:start])
            at.append(length)
            begins.append(done)
            ends.append(start)
            length += start - done
        if text:
            pieces.append(text)
            at.append(length)
            begins.append(start)
            ends.append(end)
            length += 1
        elif glyph:
            glyphs.append((length, start, end))
        done = end
    if done < len(source):
        pieces.append(source[done:])
        at.append(length)
        begins.append(done)
        ends.append(len(source))
    return Folded(source, "".join(pieces), (at, begins, ends), tuple(glyphs))
