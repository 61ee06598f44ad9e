"""Words directly before a family name that say that somebody else is meant: a certain X, born X."""

import re

from articles.footnotes.rules.hit import Cue, Passage

_REACH = 30
_WORDS = re.compile(
    r"(?<![\w-])(?:друг(?:ой|ого|ому|им|ом|ая|ую)|нек(?:ий|оего|оему|им|оем|ая|ую|оей|ой|то)|урожд[её]нн\w{2,3}|урожд\.|"
    r"в девичестве|another|a certain|born|n[ée]e?)[ \u00a0]\Z",
    re.IGNORECASE,
)


def said_of_another(passage: Passage, start: int) -> Cue | None:
    """Return the words before a family name that say so."""
    low = max(0, start - _REACH)
    match = _WORDS.search(passage.text, low, start)
    return Cue(match[0].strip(), passage, match.start(), match.end() - 1) if match else None
