"""A folded text and the way back to the source.

Between edits the characters stand one for one, so the map is a few stretches, and none for a text without edits.
"""

from bisect import bisect_right
from itertools import accumulate

from articles.footnotes.fold.cuts import Cuts


class Folded:
    """`text` is the visible text, `scan` the same letters made comparable (same length, same offsets).

    `glyphs`: typed marks taken out, each (offset in text, source start, source end); `signs`: whether there is any
    sign that could be a mark, taken out or not.
    """

    __slots__ = ("_cuts", "_source", "_text", "glyphs", "scan", "signs", "source", "text")

    def __init__(self, source: str, text: str, scan: str, cuts: Cuts | None, signs: bool) -> None:
        """`cuts`: where the source was cut to make the text, None when it was not."""
        self.source, self.text, self.scan, self._cuts = source, text, scan, cuts
        self._source: list[int] | None = None
        self._text: list[int] = []
        self.glyphs = self._glyphs(cuts) if cuts is not None and cuts.marks else ()
        self.signs = signs or bool(self.glyphs)

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
        first, last = bisect_right(text, start) - 1, bisect_right(text, end - 1) - 1
        begin = source[first] + start - text[first]
        return begin, source[last + 1] if last & 1 else source[last] + end - text[last]

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
