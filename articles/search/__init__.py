"""Full-text index of editions: readers' words (their lemmas) and words as written (folded, for relabelling).

The words are made in Python, so that SQLite's FTS5 and PostgreSQL find the same.
"""

from .counts import recount
from .filings import file_all, file_latest, together
from .index import count_with, drop, editions_with, index
from .instead import proposals
from .keys import key_of
from .limits import Limits, is_printed
from .query import Part, asked, hits, search
from .question import SearchQuestion, understand
from .rank import ranked
from .rows import HitRow, beyond, newest
from .words import word_forms

__all__ = [
    "HitRow",
    "Limits",
    "Part",
    "SearchQuestion",
    "asked",
    "beyond",
    "count_with",
    "drop",
    "editions_with",
    "file_all",
    "file_latest",
    "hits",
    "index",
    "is_printed",
    "key_of",
    "newest",
    "proposals",
    "ranked",
    "recount",
    "search",
    "together",
    "understand",
    "word_forms",
]
