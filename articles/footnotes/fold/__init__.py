"""Text to comparable text, with an offset map: `fold(text)` and, for HTML, `fold(text, markup_cuts(text))`."""

from articles.footnotes.fold.cuts import Cuts, Edit, cut, cut_entities, edits_of
from articles.footnotes.fold.folded import Folded
from articles.footnotes.fold.irregular import irregular_edits
from articles.footnotes.fold.plain import GLYPH_CHARS, plain_form
from articles.footnotes.fold.regular import regular_scan
from articles.footnotes.fold.scan import scan_form

__all__ = ["GLYPH_CHARS", "Cuts", "Edit", "Folded", "cut", "fold", "fold_form", "fold_irregular"]


def fold(text: str, markup: Cuts | None = None) -> Folded:
    """Return the folded form of a text; `markup`: where it was cut at its markup.

    `fold("Das\\u00adh “X”").scan == 'dash "x"'`; every offset of the result maps back to the source.
    """
    if markup is None and "\n" in text:
        return fold_irregular(text, None)
    cuts = markup
    if "&" in (text if cuts is None else cuts.text):
        cuts = cut_entities(cuts or Cuts([text], [text], text))
        if cuts is None:
            return fold_irregular(text, markup)
    seen = text if cuts is None else cuts.text
    regular = regular_scan(seen)
    if regular is None:
        return fold_irregular(text, markup)
    scan, letters = regular
    return Folded(seen, scan, cuts, False, letters)


def fold_irregular(text: str, markup: Cuts | None) -> Folded:
    """Fold a text that holds what cannot be folded letter by letter."""
    seen = text if markup is None else text.replace("\n", " ")  # in markup a line break is a space
    plain, rare = plain_form(seen)
    edits, signs = irregular_edits(seen, rare, None if markup is None else edits_of(markup))
    if not edits:
        return Folded(seen, scan_form(plain), None, signs)
    cuts = cut(seen, edits)
    return Folded(cuts.text, scan_form(plain_form(cuts.text)[0]), cuts, signs)


def fold_form(text: str) -> str:
    """Return the comparable form of a name or word: `fold_form("«Ёж–2»") == '"еж 2"'`."""
    return fold(text).scan.strip()
