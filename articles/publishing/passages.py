"""Where a quoted passage stands in a text that has been changed since: found by its words, nearest to where it stood.

Signs that a button of the desk sets otherwise, quotation marks, dashes and spaces, count as the same: setting them
loses no passage. `static/articles/passage-notes.js` finds passages in the text as it is typed by the same rules.
"""

import re
from bisect import bisect_left

from ..editions.words_beside import plain
from ..footnotes.types import Field
from ..models import Article
from ..models.printed import PRINTED

FORMATS = {row.written: row.format for row in PRINTED if row.written}
ALIKE = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚‹›", "'"), **dict.fromkeys("‐‑–—−", "-")})
BLANKS = re.compile(r"[ \t\r\n]+")
LINES = re.compile(r" *\n[ \n]*")
WORD_OR_BLANK = re.compile(r"\s+|\S+")


def plain_text(article: Article, field: str) -> str:
    """Return the text of a field as one reads it: without tags, a line for each block that holds text.

    A text of HTML is expected clean, as it is stored.
    """
    text = str(getattr(article, field))
    if FORMATS[field] != "html":
        return text
    lined = plain(BLANKS.sub(" ", text), Field(field, text, "html"), "\n")
    return re.sub(" +", " ", LINES.sub("\n", lined)).strip(" \n")


def fold(text: str) -> tuple[str, list[int]]:
    """Return the text with what counts as the same written as one, and where each sign of it stands in the text.

    >>> fold("He said:  «no» – twice")[0]
    'He said: "no" - twice'
    """
    signs: list[str] = []
    places: list[int] = []
    for found in WORD_OR_BLANK.finditer(text):
        if found[0].isspace():
            signs.append(" ")
            places.append(found.start())
        else:
            signs.append(found[0].translate(ALIKE))
            places += range(found.start(), found.end())
    return "".join(signs), places


def find_passage(text: str, quotation: str, offset: int) -> tuple[int, int] | None:
    """Return where the quotation begins and ends in the text, the occurrence nearest to the offset; None if nowhere.

    >>> find_passage("the port, the quay, the port", "the port", 15)
    (20, 28)
    """
    folded, places = fold(text)
    wanted = fold(quotation.strip())[0]
    if not wanted:
        return None
    at = bisect_left(places, offset)
    after, before = folded.find(wanted, at), folded.rfind(wanted, 0, max(0, at + len(wanted) - 1))
    if before >= 0 and (after < 0 or at - before <= after - at):
        after = before
    return (places[after], places[after + len(wanted) - 1] + 1) if after >= 0 else None
