"""Full-text index of editions: readers' words (their lemmas) and words as written (folded, for relabelling).

The words are made in Python, so that SQLite's FTS5 and PostgreSQL find the same.
"""

from .index import count_with, drop, editions_with, index
from .keys import key_of
from .query import Part, asked, hits, search
from .question import SearchQuestion, understand
from .words import word_forms

__all__ = [
    "Part",
    "SearchQuestion",
    "asked",
    "count_with",
    "drop",
    "editions_with",
    "hits",
    "index",
    "key_of",
    "search",
    "understand",
    "word_forms",
]
