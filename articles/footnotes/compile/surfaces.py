"""All ways a name may stand in a text, as the automaton sees them."""

import re
from typing import NamedTuple

from articles.footnotes.compile.derive import Derived
from articles.footnotes.compile.persons import english_words
from articles.footnotes.compile.spellings import english_ways, russian_ways
from articles.footnotes.fold import Folded, fold, fold_form
from articles.footnotes.inflect import inflected
from articles.footnotes.types import Name

# Nouns (and an adjective) before what a body is called: радио «Прибой» and Радио Прибой are one name.
_SORTS = frozenset(
    "агентство ассоциация батальон движение журнал издание институт канал комитет лига международный объединение "
    "организация партия полк проект радио сайт сообщество союз телеканал фонд форум центр".split()
)
# Words of an English name that outlets print in small letters too: People in Need, the Hudson institute.
_FREE = frozenset(
    "a against an and at by for from in of on or the to with "
    "centre center endowment forum foundation fund institute trust".split()
)
# What a body is called behind its name: the Amber Foundation where the list has Amber alone.
_NOUNS = frozenset(
    "alliance battalion brigade center centre coalition college committee congress council forum foundation fund "
    "institute league legion movement network party regiment university".split()
)
_FOREIGN = 4  # letters of a word that no dictionary of English has
_SPACE = (" ", " ")
_WORD = re.compile(r"[^\W_]+")
# A hyphen that outlets write as a spaced dash: before a name's second part, which has a capital.
_JOINED = re.compile(r"(?<=[^\W\d_]{3})-(?=[^\W\d_a-zа-яё])")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,8}")


class Surface(NamedTuple):
    """A folded form and, letter for letter, how it is capitalized ("." where that does not matter)."""

    folded: str
    written: str


def surfaces(name: Name, derived: Derived, noun: str = "") -> list[Surface]:
    """Return the surface forms of a name, each once, the base form first.

    `noun`: what its bearer is called in English.
    """
    wrong = {fold_form(form) for form in name.not_forms}
    texts = _texts(name, derived, noun)
    english = name.language == "en" and derived.case == "capitals"
    called = "first_free" if derived.case == "capitals" else derived.case  # the noun is an ordinary word there
    ways = [(text, derived.case) for text in [*texts, *name.forms]]
    if derived.strength == "strong":  # any other name is looked for in the quotation marks
        ways += [(text, called) for text in _quoted(name.text, texts)]
    ways += _dots(name.text, derived.kind)
    if english:
        ways = [(text, "english") for text, _ in ways]
    found: dict[str, Surface] = {}
    for text, case in ways:
        for surface in _variants(text, case):
            if surface.folded and surface.folded not in wrong:
                found.setdefault(surface.folded, surface)
    return list(found.values())


def _texts(name: Name, derived: Derived, noun: str) -> list[str]:
    """Return a name in all its cases and ways to spell it, the name itself first."""
    if name.language == "ru":
        return list(
            dict.fromkeys(way for form in inflected(name.text, derived.inflection) for way in russian_ways(form))
        )
    named = derived.strength == "strong" and derived.kind == "proper"
    return [way for text in (name.text, *(_with_noun(name.text, noun) if named else ())) for way in english_ways(text)]


def _with_noun(name: str, noun: str) -> list[str]:
    """Put behind an English name what its bearer is called, where it has no such noun: Amber Foundation."""
    words = _WORD.findall(name.lower())
    if noun not in _NOUNS or not _NOUNS.isdisjoint(words) or not name[0].isupper() or name[-1] == ".":
        return []
    return [f"{name} {noun.capitalize()}"]


def _dots(name: str, kind: str) -> list[tuple[str, str]]:
    """Dots in an abbreviation do not matter: with them where the name has none, without where it has."""
    if _DOTTED.fullmatch(name):
        return [(name.replace(".", ""), "as_written"), (name.rstrip("."), "as_written")]
    if kind != "abbreviation" or not name.isalpha():
        return []
    dotted = ".".join(name)
    return [(dotted, "as_written"), (f"{dotted}.", "as_written")]


def _quoted(name: str, texts: list[str]) -> list[str]:
    """Put what follows the noun into quotation marks, where a Russian name begins with one and has none."""
    noun, _, rest = name.partition(" ")
    if not rest or fold_form(noun) not in _SORTS or '"' in fold_form(name):
        return []
    return [f"{first} «{called}»" for first, _, called in (text.partition(" ") for text in texts)]


def _variants(text: str, case: str) -> list[Surface]:
    """With its quotation marks and without, with a spaced dash or slash and without the spaces."""
    folded = fold(text)
    apart = _JOINED.sub(" — ", text) if "-" in text and (" " in text or text.isupper()) else text
    if apart != text:
        return [*_variants_of(folded, case), *_variants_of(fold(apart), case)]
    return _variants_of(folded, case)


def _variants_of(folded: Folded, case: str) -> list[Surface]:
    pairs = _stripped(list(zip(folded.scan, folded.text, strict=True)))
    bare = _stripped(_single_spaced([pair for pair in pairs if pair[0] != '"']))
    spaced = [one for pair in bare for one in ((_SPACE, pair, _SPACE) if pair[0] == "/" else (pair,))]
    return [_surface(letters, case) for letters in (pairs, _single_spaced(pairs), bare, _single_spaced(spaced))]


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
            marks[i] = "." if case == "english" and i and _may_be_small(_word_at(folded, i)) else "^"
    return Surface(folded, "".join(marks).rstrip("."))


def _may_be_small(word: str) -> bool:
    """Say whether a later word of an English name may lack its capital: a small word, or one of another language, as
    in Vazhnye istorii."""
    return word in _FREE or (len(word) >= _FOREIGN and word.isascii() and word not in english_words())


def _word_at(folded: str, start: int) -> str:
    """Return the word that begins at an offset."""
    end = start
    while end < len(folded) and folded[end].isalnum():
        end += 1
    return folded[start:end]
