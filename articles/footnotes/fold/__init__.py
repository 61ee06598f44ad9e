"""Text to comparable text, with an offset map: `fold(text)` and, for HTML, `fold(text, tags)`."""

from articles.footnotes.fold.folded import Edit, Folded, assemble
from articles.footnotes.fold.irregular import irregular_edits
from articles.footnotes.fold.plain import GLYPH_CHARS, plain_form

__all__ = ["GLYPH_CHARS", "Edit", "Folded", "fold", "fold_form"]


def fold(text: str, tags: list[Edit] | None = None) -> Folded:
    """Return the folded form of a text; `tags` are the edits of its markup, in order.

    `fold("Das\\u00adh “X”").scan == 'dash "x"'`; every offset of the result maps back to the source.
    """
    seen = text if tags is None else text.replace("\n", " ")  # in markup a line break is a space
    plain, rare = plain_form(seen)
    edits, signs = irregular_edits(seen, rare, tags)
    return assemble(text, seen, plain, edits, signs=signs)


def fold_form(text: str) -> str:
    """Return the comparable form of a name or word: `fold_form("«Ёж–2»") == '"еж 2"'`."""
    return fold(text).scan.strip()
