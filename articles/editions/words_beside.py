"""The words around a name, as plain text: what an editor reads beside a mention."""

import html
import re

from ..footnotes.html import LINE_TAG
from ..footnotes.types import Candidate, Field, Mention

TAG = re.compile(r"<[^>]*>?|^[^<>]*>")
BLOCK = re.compile(LINE_TAG, re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…][\"'»”’)\]]*\s+(?=[\"'«“„(\[]*[A-ZА-ЯЁ0-9])")
LONGEST = 240  # characters of a sentence shown on each side


def plain(text: str, field: Field, block: str = " ") -> str:
    """Return the text without the markup of its field; `block` stands where a block begins or ends."""
    if field.format != "html":
        return text
    return html.unescape(TAG.sub(lambda tag: block if BLOCK.match(tag[0]) else "", text))


def sentence_around(item: Mention | Candidate, field: Field) -> tuple[str, str, str]:
    """Return the item's sentence: what stands before the name, the name, what follows it.

    A sentence longer than LONGEST on one side is cut between words. An abbreviation's full stop may end it early.
    """
    margin = 4 * LONGEST  # tags take room too
    before = plain(field.text[max(0, item.start - margin) : item.start], field, "\n").rpartition("\n")[2]
    after = plain(field.text[item.end : item.end + margin], field, "\n").partition("\n")[0]
    name = plain(item.surface, field)
    begins = [end.end() for end in SENTENCE_END.finditer(before + name) if end.end() <= len(before)]
    stop = SENTENCE_END.search(after)
    before, after = before[begins[-1] if begins else 0 :], after[: stop.end() if stop else len(after)].rstrip()
    return cut(before[::-1])[::-1].lstrip(), name, cut(after).rstrip()


def cut(text: str, longest: int = LONGEST) -> str:
    """Return at most so many characters, cut between words, blanks drawn together."""
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + " …"
