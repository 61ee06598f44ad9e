"""Rules about letters: capitals, and a numeral joined by a hyphen."""

from articles.footnotes.automaton import FormTarget
from articles.footnotes.rules.hit import Hit

_JOINTS = frozenset("-‑‐–−")


def capitals_fit(text: str, start: int, target: FormTarget) -> bool:
    """Say whether the letters of a text at an offset are written as the name demands.

    Inflected abbreviations are accepted wholly in capitals too, as a headline writes them.
    """
    written = target.written
    if written:
        found = text[start : start + len(written)]
        if found == written:
            return True
        if any(a.isupper() != b.isupper() for a, b in zip(found, written, strict=False)):
            return found.isupper() and not written.isupper()
        return True
    for i in target.capitals:  # noqa: SIM110 - any() costs twice as much, and every hit pays it
        if not text[start + i].isupper():
            return False
    return True


def joined_to_numeral(hit: Hit) -> bool:
    """Say whether a hyphen joins an abbreviation to a number, as in a type or a model, or to itself (`IS-IS`)."""
    text, start, end = hit.passage.text, hit.start, hit.end
    if end < len(text) and text[end] in _JOINTS:
        return text[end + 1 : end + 2].isdigit() or text.startswith(text[start:end], end + 1)
    return start > 1 and text[start - 1] in _JOINTS and text.endswith(text[start:end], 0, start - 1)
