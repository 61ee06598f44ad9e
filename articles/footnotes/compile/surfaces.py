"""All ways a name may stand in a text, as the automaton sees them."""

from typing import NamedTuple

from articles.footnotes.compile.derive import Derived
from articles.footnotes.fold import fold, fold_form
from articles.footnotes.inflect import inflected
from articles.footnotes.types import Name


class Surface(NamedTuple):
    """A folded form and, letter for letter, how it is capitalized ("." where that does not matter)."""

    folded: str
    written: str


def surfaces(name: Name, derived: Derived) -> list[Surface]:
    """Return the surface forms of a name, each once, the base form first."""
    wrong = {fold_form(form) for form in name.not_forms}
    texts = inflected(name.text, derived.inflection) if name.language == "ru" else [name.text]
    found: dict[str, Surface] = {}
    for text in [*texts, *name.forms]:
        for surface in _variants(text, derived.case):
            if surface.folded and surface.folded not in wrong:
                found.setdefault(surface.folded, surface)
    return list(found.values())


def _variants(text: str, case: str) -> list[Surface]:
    """With its quotation marks and without, with a spaced dash and without its spaces."""
    folded = fold(text)
    pairs = _stripped(list(zip(folded.scan, folded.text, strict=True)))
    bare = _stripped(_single_spaced([pair for pair in pairs if pair[0] != '"']))
    return [_surface(letters, case) for letters in (pairs, _single_spaced(pairs), bare)]


def _stripped(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Drop spaces at both ends, and quotation marks that enclose nothing but the whole name."""
    while pairs and pairs[0][0] == " ":
        pairs = pairs[1:]
    while pairs and pairs[-1][0] == " ":
        pairs = pairs[:-1]
    if len(pairs) > 2 and pairs[0][0] == pairs[-1][0] == '"' and not any(p[0] == '"' for p in pairs[1:-1]):
        return _stripped(pairs[1:-1])
    return pairs


def _single_spaced(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for i, pair in enumerate(pairs) if pair[0] != " " or i == 0 or pairs[i - 1][0] != " "]


def _surface(pairs: list[tuple[str, str]], case: str) -> Surface:
    folded = "".join(scan for scan, _ in pairs)
    written = "".join(text for _, text in pairs)
    if case == "as_written":
        return Surface(folded, "=" + written)
    if case == "any":
        return Surface(folded, "")
    marks = ["." for _ in pairs]
    for i, (_scan, text) in enumerate(pairs):
        begins = i == 0 or not folded[i - 1].isalnum()
        if begins and text.isupper() and not (case == "first_free" and " " not in folded[:i]):
            marks[i] = "^"
    return Surface(folded, "".join(marks).rstrip("."))
