"""Full-text index of editions: readers' words (stemmed) and words as written (folded, for relabelling).

The words are made in Python, so that SQLite's FTS5 and PostgreSQL find the same.
"""

from .index import drop, editions_with, index
from .query import search

__all__ = ["drop", "editions_with", "index", "search"]
