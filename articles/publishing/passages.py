"""Where a quoted passage stands in a text that has been changed since: found by its words, nearest to where it stood.

Signs that a button of the desk sets otherwise, quotation marks, dashes and spaces, count as the same: setting them
loses no passage. `static/articles/passage-notes.js` finds passages in the text as it is typed by the same rules.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

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


@dataclass(frozen=True)
class FoldedText:
    """A text with what counts as the same written as one. `places`: where each sign of it stands in the text."""

    signs: str
    places: list[int]

    @classmethod
    def of(cls, text: str) -> "FoldedText":
        """Fold a text: each run of blanks becomes one, quotation marks and dashes the plainest of their kind.

        >>> FoldedText.of("He said:  «no» – twice").signs
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
        return cls("".join(signs), places)

    def find(self, quotation: str, offset: int) -> tuple[int, int] | None:
        """Return where the quotation begins and ends, the occurrence nearest to the offset; None if it stands nowhere.

        >>> FoldedText.of("the port, the quay, the port").find("the port", 15)
        (20, 28)
        """
        wanted = FoldedText.of(quotation.strip()).signs
        if not wanted:
            return None
        at = bisect_left(self.places, offset)
        after, before = self.signs.find(wanted, at), self.signs.rfind(wanted, 0, max(0, at + len(wanted) - 1))
        if before >= 0 and (after < 0 or at - before <= after - at):
            after = before
        return (self.places[after], self.places[after + len(wanted) - 1] + 1) if after >= 0 else None
