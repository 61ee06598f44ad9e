"""A folded text and the way back to the source.

Between edits the characters stand one for one, so the map is a few stretches, and none for a text without edits.
"""

from bisect import bisect_right
from itertools import accumulate

from articles.footnotes.fold.cuts import Cuts


class Letters:
    """Whether a letter, a digit or a low line stands before an offset of a text, or after it, looked at when asked."""

    __slots__ = ("_shift", "_text")

    def __init__(self, text: str, shift: int) -> None:
        """`shift`: 1 for what stands before an offset, 0 for what stands after it."""
        self._text, self._shift = text, shift

    def __getitem__(self, offset: int) -> bool:
        at = offset - self._shift
        char = self._text[at : at + 1] if at >= 0 else ""
        return char.isalnum() or char == "_"


class Folded:
    """`text` is the visible text, `scan` the same letters made comparable (same length, same offsets).

    `glyphs`: typed marks taken out, each (offset in text, source start, source end); `signs`: whether there is any
    sign that could be a mark, taken out or not. `before`, `after`: by offset of `text`, whether what stands before it,
    and after it, belongs to a word.
    """

    __slots__ = ("_cuts", "_source", "_text", "after", "before", "glyphs", "scan", "signs", "text")

    def __init__(self, text: str, scan: str, cuts: Cuts | None, signs: bool, letters: bytes = b"") -> None:
        """`cuts`: where the source was cut to make the text, None when it was not; `letters`: for each character and
        for a space before the text and one behind it, whether it belongs to a word."""
        self.text, self.scan, self._cuts = text, scan, cuts
        self.before: bytes | Letters = letters or Letters(scan, 1)
        self.after: bytes | Letters = letters[1:] or Letters(scan, 0)
        self._source: list[int] | None = None
        self._text: list[int] = []
        self.glyphs: tuple[tuple[int, int, int], ...] = ()
        self.signs = signs
        if cuts is not None and cuts.marks:
            self.glyphs, self.signs = self._glyphs(cuts), True

    def _glyphs(self, cuts: Cuts) -> tuple[tuple[int, int, int], ...]:
        at = self._stretches(cuts)
        return tuple((self._text[i], at[i], at[i + 1]) for i in cuts.marks)

    def _stretches(self, cuts: Cuts) -> list[int]:
        """Return where the stretches begin in the source; `_text`: where they begin in the text. Made when first
        asked for, because few texts have marks."""
        found = self._source
        if found is None:
            found = self._source = list(accumulate(map(len, cuts.pieces), initial=0))
            self._text = list(accumulate(map(len, cuts.becomes), initial=0))
        return found

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where [start, end) of `text`, which is not empty, begins and ends in the source."""
        if self._cuts is None:
            return start, end
        source, text = self._source or self._stretches(self._cuts), self._text
        following = bisect_right(text, start)
        moved = source[following - 1] - text[following - 1]
        if following & 1 and end <= text[following]:  # all of it in one stretch
            return start + moved, end + moved
        last = bisect_right(text, end - 1) - 1
        return start + moved, source[last + 1] if last & 1 else source[last] + end - text[last]

    def source_start(self, offset: int) -> int:
        """Return where the character at an offset of `text` begins in the source."""
        if self._cuts is None:
            return offset
        source = self._source or self._stretches(self._cuts)
        i = bisect_right(self._text, offset) - 1
        return source[i] + offset - self._text[i]

    def source_end(self, offset: int) -> int:
        """Return where the character before an offset of `text` ends in the source."""
        if self._cuts is None:
            return offset
        if offset <= 0:
            return self.source_start(0)
        source = self._source or self._stretches(self._cuts)
        i = bisect_right(self._text, offset - 1) - 1
        return source[i + 1] if i & 1 else source[i] + offset - self._text[i]

    def offset(self, source: int) -> int:
        """Return the offset of `text` at which a source offset stands, or the next one when it was taken out."""
        if self._cuts is None:
            return source
        at = self._source or self._stretches(self._cuts)
        i = bisect_right(at, source) - 1
        following = self._text[i + 1] if i + 1 < len(at) else len(self.text)
        return min(self._text[i] + source - at[i], following)
