"""Tell word by word how two texts differ: plain ones, and article bodies as the cleaning of HTML leaves them.

Pure Python without Django: what is told are plain texts and codes, which a template escapes and words.
"""

from .bodies import PARAGRAPH, BlockChange, Piece, diff_bodies
from .words import diff_words

__all__ = ["PARAGRAPH", "BlockChange", "Piece", "diff_bodies", "diff_words"]
