"""Words around a name, made ready: forms of descriptors and cues, phrases that give a name another meaning."""

import re
from collections.abc import Iterable

from articles.footnotes.fold import fold_form
from articles.footnotes.inflect import word_forms

_ANY_ENDING = "\u0001"  # an asterisk would be folded as a typed mark
_RUSSIAN_WORD = re.compile(r"[а-яё]+\Z")


def word_table(words: Iterable[str]) -> dict[str, list[str]]:
    """Return the folded forms of each single Russian word; other words and phrases stand for themselves."""
    return {word: _forms(word) for word in sorted(words) if _RUSSIAN_WORD.match(word)}


def _forms(word: str) -> list[str]:
    return list(dict.fromkeys(fold_form(form) for form in word_forms(word)))


def phrases(texts: tuple[str, ...]) -> list[str]:
    """Return folded phrases; a single Russian word in all its forms, `*` at the end of a word kept."""
    found: list[str] = []
    for text in texts:
        folded = fold_form(text.replace("*", _ANY_ENDING)).replace(_ANY_ENDING, "*")
        found += _forms(folded) if _RUSSIAN_WORD.match(folded) else [folded]
    return list(dict.fromkeys(found))


# Nouns that several names may share in the plural: `the Green Coast and Amber Foundations`, «фонды …».
_HEADS = {
    "en": (
        "foundation", "fund", "institute", "centre", "center", "committee", "battalion", "regiment", "brigade",
        "movement", "party", "university", "channel", "association", "league", "union",
    ),
    "ru": ("фонд", "институт", "комитет", "батальон", "университет", "телеканал"),
}  # fmt: skip


def plural_heads() -> dict[str, str]:
    """Return the plural forms of nouns that several names may share, each with the singular; folded."""
    found = {word[:-1] + "ies" if word.endswith("y") else word + "s": word for word in _HEADS["en"]}
    for word in _HEADS["ru"]:
        found |= {word + ending: word for ending in ("ы", "ов", "ам", "ами", "ах")}
    return found
