"""Most markup at once: a fragment cut at everything that looks like a tag, what each becomes looked up.

What cannot be said of a tag by itself (code, raised marks, comments, broken tags) is left to `tags`.
"""

import re

from articles.footnotes.fold import Cuts, cut
from articles.footnotes.html.tags import BECOMES, BLOCKS, PLAIN, TAG, UNTOUCHED, markup_edits

# Whatever looks like a tag, or like the beginning of one; blocks that follow each other, as they stand, in one. The
# commonest pair and the commonest inline tags stand first, because that is quicker.
_PLAIN_BLOCK = rf"/?(?:p|{'|'.join(sorted(BLOCKS - {'p'}))})>"
_COMMON = r"/p> <p>(?![\s<])|a [^<>]*+>|/a>|b>|/b>"
_PIECES = re.compile(rf"(<(?:{_COMMON}|{_PLAIN_BLOCK}(?:\s*+<{_PLAIN_BLOCK})*|[^<>]*+>|))")
_BREAK = re.compile(rf"<{_PLAIN_BLOCK}(?:\s*+<{_PLAIN_BLOCK})*\Z")
# What pieces of markup become, those of articles read before included.
_KNOWN = {f"<{name}>": becomes for name, becomes in PLAIN.items()}
_KEPT, _SHORT = 1000, 40
_LINK = '<a href="'


def markup_cuts(text: str) -> Cuts:
    """Cut a fragment at its markup: inline elements become nothing, a block a line break, an embed an object."""
    pieces = _PIECES.split(text.replace("\n", " "))  # a line break is a space
    becomes = pieces.copy()
    tags = list(map(_KNOWN.get, pieces[1::2]))
    odd = _learn(pieces, tags) if None in tags else 0
    if odd:
        return _cut_from(pieces, tags, odd)
    becomes[1::2] = tags
    return Cuts(pieces, becomes, "".join(becomes))


def _cut_from(pieces: list[str], tags: list[str | None], odd: int) -> Cuts:
    """Cut tag by tag what begins with the piece of a number, the first of which cannot be said what it becomes."""
    rest = "".join(pieces[odd:])
    later = cut(rest, markup_edits(rest))
    pieces = pieces[:odd]
    becomes = pieces.copy()
    becomes[1::2] = [tag or "" for tag in tags[: odd // 2]]
    pieces[-1:] = [pieces[-1] + later.pieces[0], *later.pieces[1:]]
    becomes[-1:] = [becomes[-1] + later.becomes[0], *later.becomes[1:]]
    return Cuts(pieces, becomes, "".join(becomes), tuple(mark + odd - 1 for mark in later.marks))


def _learn(pieces: list[str], tags: list[str | None]) -> int:
    """Fill in what unknown pieces become; return the number of the first of which that cannot be said by itself."""
    i = -1
    for _ in range(tags.count(None)):
        i = tags.index(None, i + 1)
        tag = pieces[2 * i + 1]
        if tag.startswith(_LINK) and tag.find('"', len(_LINK)) == len(tag) - 2:  # a link with nothing but its address
            tags[i] = ""
            continue
        if _BREAK.match(tag):
            tags[i] = "\n"
            if len(_KNOWN) < _KEPT and len(tag) < _SHORT:
                _KNOWN[tag] = "\n"
            continue
        match = TAG.match(tag)
        name = match[1] if match and match.end() == len(tag) else None
        low = name.lower() if name else "sup"
        tags[i] = become = BECOMES.get(low, "")
        if low == "sup" or low in UNTOUCHED or (become == "\n" and not pieces[2 * i + 2].strip()):
            return 2 * i + 1
    return 0
