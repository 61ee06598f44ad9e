"""Text to words, folded or stemmed by Snowball; words in Cyrillic are Russian, all others English."""

import html
import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

from ..footnotes.html import LINE_TAG

LONGEST = 60  # characters of a word that are kept; PostgreSQL refuses a word of 2,047 bytes
MOST = 60_000  # words of a text that are kept; a tsvector holds at most a megabyte

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
INVISIBLE = dict.fromkeys([0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
SAME = INVISIBLE | str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "`": "'"})
BLOCK = re.compile(rf"{LINE_TAG}[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")

_own = threading.local()


def plain(fragment: str) -> str:
    """Return the text of an HTML fragment: blocks apart, inline markup gone, entities resolved.

    >>> plain("<p>A<b>BC</b></p><p>D&amp;E</p>").split()
    ['ABC', 'D&E']
    """
    return html.unescape(TAG.sub("", BLOCK.sub(" ", fragment)))


def folded(text: str) -> list[str]:
    """Return the words of a plain text in lower case, compatible forms, ё as е; in their order.

    >>> folded("Court’s «Ёлка» 2024")
    ["court's", 'елка', '2024']
    """
    same = unicodedata.normalize("NFKC", text).casefold().translate(SAME)
    return [match[0][:LONGEST] for match in WORD.finditer(same)][:MOST]


def stems(text: str) -> list[str]:
    """Return the stems of the words of a plain text, in their order.

    >>> stems("Courts ruled; суды решили")
    ['court', 'rule', 'суд', 'реш']
    """
    return [stem(word) for word in folded(text)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of one folded word, its apostrophes dropped."""
    russian = any("а" <= letter <= "я" for letter in word)
    return _stemmer("russian" if russian else "english").stemWord(word).replace("'", "") or word


def _stemmer(language: str) -> snowballstemmer.stemmer:
    """One stemmer for each thread: it keeps the word it works on in itself."""
    if not hasattr(_own, language):
        setattr(_own, language, snowballstemmer.stemmer(language))
    return getattr(_own, language)
