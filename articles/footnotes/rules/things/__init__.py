"""Nouns that say a name beside them is that of another kind of thing: `ru.txt`, `en.txt`, a line each.

    word | way | sentence words | the example that earned it

A word that ends in `*` has any Russian ending (`роман*`). Ways:

- `title`: before the name, which stays in its base form (`в романе «Луч»`); in another case the name says whose it is
- `whose`: before the name, in any case (`премьера «Луча»`)
- `sentence`: anywhere before the name in its sentence (`Нажмите «Луч», затем «Ветер»`)
- `form`: a legal form; before the name or before the quotation it stands in (`ООО "Медиа Луч"`)
- `trade`: an adjective that makes the noun behind it, a sentence word, a business (`свадебное агентство «Луч»`)
- `after`: directly behind the name (`the Veter yacht`)
- `is`: what the name in quotation marks is said to be (`“Veter” is the third album`)
- `does`: a verb directly behind it that is no body's (`«Луч» звучал устало`)

Sentence words of the other ways, when given, are beginnings of words one of which has to stand in the sentence too.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_ENDING = re.compile(
    r"(?:а|у|ом|е|ы|и|о|ой|ою|ей|ею|ов|ев|ам|ами|ах|ь|й|я|ю|ем|ью|ям|ями|ях|ия|ии|ию|ией|ий|иям|иями|иях|ок|ка|ку|ки|"
    r"кой|ке|кам|ками|ках|ец|ца|цу|цем|це|цы|цев|цам|цами|цах|ый|ого|ому|ым|ая|ые|ых|ыми|ек|ку|ол|ла)?\Z"
)
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Thing:
    """One line: the noun, where it stands, what has to stand in the sentence too, and its example."""

    word: str
    way: str
    sentence: tuple[str, ...]
    example: str
    language: str


def _read(language: str) -> list[Thing]:
    text = (Path(__file__).parent / f"{language}.txt").read_text(encoding="utf-8")
    rows = [[part.strip() for part in line.split("|")] for line in text.splitlines() if line and line[0] != "#"]
    return [Thing(word, way, tuple(words.split()), example, language) for word, way, words, example in rows]


THINGS = (*_read("ru"), *_read("en"))
TRADES = tuple(thing for thing in THINGS if thing.way == "trade")


def _by_word() -> tuple[dict[str, list[Thing]], dict[str, list[Thing]]]:
    whole: dict[str, list[Thing]] = {}
    stems: dict[str, list[Thing]] = {}
    for thing in THINGS:
        word = thing.word.lower().replace("ё", "е").replace("-", " ")
        (stems if word.endswith("*") else whole).setdefault(word.rstrip("*"), []).append(thing)
    return whole, stems


_WHOLE, _STEMS = _by_word()


@lru_cache(maxsize=4096)  # few nouns stand beside names
def things_called(word: str) -> tuple[Thing, ...]:
    """Return the lines of a folded word, in any of its forms."""
    found = list(_WHOLE.get(word, ()))
    for size in range(_SHORTEST_STEM, len(word) + 1):
        stem = word[:size]
        if stem in _STEMS and _ENDING.match(word, size):
            found += _STEMS[stem]
    return tuple(found)


@lru_cache(maxsize=4096)
def bears(word: str, way: str) -> bool:
    """Say whether a folded word has a line of a way."""
    return any(line.way == way for line in things_called(word))
