"""Folding of a short text outside an article: a name, a word of the register file."""

from articles.footnotes.fold.folded import assemble
from articles.footnotes.fold.irregular import irregular_edits


def fold_form(text: str) -> str:
    """Return the comparable form of a name or word: `fold_form("«Ёж–2»") == '"еж 2"'`."""
    return assemble(text, irregular_edits(text, [])).scan.strip()
