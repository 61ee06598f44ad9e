"""Words around a name, made ready: forms of descriptors and cues, patterns of what gives a name another meaning."""

import re
from collections.abc import Iterable

from articles.footnotes.fold import fold_form
from articles.footnotes.inflect import word_forms

_RUSSIAN_WORD = re.compile(r"[а-яё]+\Z")


def word_table(words: Iterable[str]) -> dict[str, list[str]]:
    """Return the folded forms of each single Russian word; other words and phrases stand for themselves."""
    return {word: _forms(word) for word in sorted(words) if _RUSSIAN_WORD.match(word)}


def _forms(word: str) -> list[str]:
    return list(dict.fromkeys(fold_form(form) for form in word_forms(word)))


def before_pattern(phrases: tuple[str, ...]) -> str:
    """Return a pattern for the folded text that ends where the name begins; "" without phrases."""
    return rf"(?:^|\W)(?:{_alternatives(phrases)})[\s\"']*$" if phrases else ""


def after_pattern(phrases: tuple[str, ...]) -> str:
    """Return a pattern for the folded text that begins where the name ends; "" without phrases."""
    return rf"[\s\"']*(?:{_alternatives(phrases)})(?!\w)" if phrases else ""


def _alternatives(phrases: tuple[str, ...]) -> str:
    found: list[str] = []
    for phrase in phrases:
        folded = fold_form(phrase.replace("*", "\u0001")).replace("\u0001", "*")
        if _RUSSIAN_WORD.match(folded):
            found += [re.escape(form) for form in _forms(folded)]
        else:
            found.append(re.escape(folded).replace(r"\*", r"\w*"))
    return "|".join(dict.fromkeys(found))
