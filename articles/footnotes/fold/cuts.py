"""A source cut into the stretches that stay and the edits between them, and what the edits turn into."""

import html
import re
from functools import lru_cache
from itertools import accumulate

from articles.footnotes.fold.plain import INVISIBLE

# Source [start, end) becomes a text of one character or none; the flag says that it was a typed mark. A plain tuple,
# because an article has hundreds.
Edit = tuple[int, int, str, bool]

ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_ENTITIES = re.compile(rf"({ENTITY.pattern})")
_INVISIBLE = frozenset(INVISIBLE)


class Cuts:
    """`pieces`: text, edit, text, …, text, together the source; `becomes`: the same with what the edits turn into;
    `text`: those together; `marks`: the numbers of the edits that were typed marks."""

    __slots__ = ("becomes", "marks", "pieces", "text")

    def __init__(self, pieces: list[str], becomes: list[str], text: str, marks: tuple[int, ...] = ()) -> None:
        self.pieces, self.becomes, self.text, self.marks = pieces, becomes, text, marks


def cut(source: str, edits: list[Edit]) -> Cuts:
    """Cut a source at its edits (sorted, not overlapping)."""
    pieces: list[str] = []
    becomes: list[str] = []
    done = 0
    for start, end, text, _ in edits:
        kept = source[done:start]
        pieces += (kept, source[start:end])
        becomes += (kept, text)
        done = end
    pieces.append(source[done:])
    becomes.append(source[done:])
    marks = tuple(2 * i + 1 for i, edit in enumerate(edits) if edit[3])
    return Cuts(pieces, becomes, "".join(becomes), marks)


def edits_of(cuts: Cuts) -> list[Edit]:
    """Return the edits that a source was cut at."""
    at = list(accumulate(map(len, cuts.pieces)))
    becomes, marks = cuts.becomes, cuts.marks
    return [(at[i - 1], at[i], becomes[i], i in marks) for i in range(1, len(at), 2)]


def cut_entities(cuts: Cuts) -> Cuts | None:
    """Cut at the entities of the text too; None when one of them is no single character, or marks are typed in."""
    if cuts.marks:
        return None
    pieces, becomes = cuts.pieces.copy(), cuts.becomes.copy()
    for i in range(len(pieces) - 1, -1, -2):
        if "&" not in pieces[i]:
            continue
        parts = _ENTITIES.split(pieces[i])
        plain = list(map(unescaped, parts[1::2]))
        if "" in plain:
            return None
        pieces[i : i + 1] = parts
        if not _INVISIBLE.isdisjoint(plain):
            plain = ["" if char in INVISIBLE else char for char in plain]
        parts[1::2] = plain
        becomes[i : i + 1] = parts
    return Cuts(pieces, becomes, "".join(becomes))


@lru_cache(maxsize=512)
def unescaped(entity: str) -> str:
    """Return the one character of an entity, "" when it is none or stands for several."""
    plain = html.unescape(entity)
    return plain if len(plain) == 1 else ""
