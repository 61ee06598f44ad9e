"""Text to words, and words to what the index holds of them. Words in Cyrillic are Russian, all others English.

A Russian word has lemmas, from the dictionary that the compiler of registers uses too; it is loaded when the first
Russian word is indexed or asked for. An English word has a stem (Snowball), beside it the bases of irregular forms.
"""

import html
import logging
import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import Stemmer

from ..footnotes.html import LINE_TAG
from .agreement import only_noun
from .english import APART, IRREGULAR, OWN
from .spelling import american

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse

LONGEST = 60  # characters of a word that are kept; PostgreSQL refuses a word of 2,047 bytes
MOST = 60_000  # words of a text that are kept; a tsvector holds at most a megabyte
RARE = 0.02  # a nominative that is rarer among the uses of a form is not what a reader means by it (`мая`: Maya)

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# A number whose thousands are set apart, by one sign throughout; and one with a fraction.
THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}([ .,'])\d{3}(?:\1\d{3})*(?![\w])(?![.,]\d)")
FRACTION = re.compile(r"(?<![\w.,])\d+[.,]\d+(?![\w])(?![.,]\d)")
HYPHENED = re.compile(rf"{WORD.pattern}(?:[-\u2010\u2011]{WORD.pattern})*")
COMPOUND = re.compile(rf"{THOUSANDS.pattern}|{FRACTION.pattern}|{HYPHENED.pattern}")
# What stands behind a number's hyphen and says its case: `50-й`, `50-го`.
ORDINAL = frozenset("й го му м я ю е х ми ой ая ое ые ых ым ого ому ом ти".split())
MIXED = re.compile(r"([^\W\d_]{2,})(\d{2,})")
# A compound as texts have it: other apostrophes, combining accents and invisible signs inside.
WRITTEN = re.compile(
    r"(?<![\w.,])\d{1,3}([ \u00A0\u2009\u202F.,'’])\d{3}(?:\1\d{3})*(?!\w)(?![.,]\d)"
    r"|(?<![\w.,])\d+[.,]\d+(?!\w)(?![.,]\d)"
    r"|[^\W_](?:[^\W_]|[\u0300-\u036F\u00AD\u034F\u200B-\u200F\u202A-\u202E\u2060\uFEFF]"
    r"|['’ʼ`\-\u2010\u2011](?=[^\W_]))*"
)
# Also the accents that are no part of a letter: texts stress words with them (`за́мок`), queries seldom do.
INVISIBLE = dict.fromkeys([0xAD, *range(0x300, 0x370), *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
SAME = INVISIBLE | str.maketrans({"ё": "е", "Ё": "Е", "’": "'", "ʼ": "'", "`": "'"})
BLOCK = re.compile(rf"{LINE_TAG}[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
# A surname that the dictionary does not know as one: in the nominative, and in every form with its ending apart.
SURNAME = re.compile(r"[а-я]{2,}(?:ов|ев|ин|ын)")
SURNAME_ENDINGS = ("", "а", "у", "ым", "е", "ой", "ою", "ы", "ых", "ыми")
SURNAME_FORM = re.compile(rf"({SURNAME.pattern})({'|'.join(SURNAME_ENDINGS)}|ом)")
TOWN_ENDINGS = frozenset(("а", "у", "ом", "е"))

BASES = ({"nomn"}, {"INFN"})
# The endings of cases of names: of a word that the dictionary does not know they are cut off.
CASE = re.compile(
    "(?<=[а-я]{3})(?:ами|ями|ого|ому|его|ему|ыми|ими|ией|ием|ея|еем|ее|ая|яя|ую|юю|ий|ый|ой|ою|ей|ею|ом|ем|ым|им|ых|их|ам|ям|ах|ях|ии|ию|ия|ие"
    "|[аяуюеыиойь])$"
)
FLEETING = re.compile("(?<=[а-я]{3})[ео]([цк])$")
INDECLINABLE = "Fixd"
NAMES = frozenset("Surn Name Patr Geox Orgn Trad Abbr".split())
LEMMAS_KEPT = 12_000  # of forms in memory, 7 MB with those of `tokens_of`: a web process may take 150 MB

_own = threading.local()
_loading = threading.Lock()
_dictionary: list["MorphAnalyzer"] = []


@dataclass(frozen=True, slots=True)
class Lemmas:
    """What a word is a form of. `best`: what a reader who types the word means; `asked`: what is asked for first, the
    best one and a surname that the dictionary does not know; `every`: all of them, likeliest first, for the index;
    `is_plural`: it may be a word that has no singular, such as `выборы`, which is also a plural of another."""

    best: str
    asked: tuple[str, ...]
    every: tuple[str, ...]
    is_plural: bool = False


def plain(fragment: str) -> str:
    """Return the text of an HTML fragment: blocks apart, inline markup gone, entities resolved.

    >>> plain("<p>A<b>BC</b></p><p>D&amp;E</p>").split()
    ['ABC', 'D&E']
    """
    return html.unescape(TAG.sub("", BLOCK.sub(" ", fragment)))


def compounds(text: str) -> Iterator[list[tuple[str, bool]]]:
    """Yield the words of a plain text in lower case, compatible forms, ё as е, each with whether it had a capital;
    those that hyphens join together.

    >>> list(compounds("Court’s «Ёлка-2»"))
    [[("court's", True)], [('елка', True), ('2', False)]]
    """
    return (words for words, _follows in _standing(text))


def _standing(text: str) -> Iterator[tuple[list[tuple[str, bool]], bool]]:
    """Yield what `compounds` does, each with whether nothing but a blank stands between it and the one before."""
    same = unicodedata.normalize("NFKC", text).translate(SAME)
    end = 0
    for compound in COMPOUND.finditer(same):
        parts = _parts(compound[0])
        words = [(word[:LONGEST], written[0].isupper()) for written in parts for word in _casefolded(written)]
        yield words, same[end : compound.start()] == " "
        end = compound.end()


def _parts(compound: str) -> list[str]:
    """Return the words of a compound; a number is one, whatever sets its thousands or its fraction apart.

    >>> _parts("1 250 000"), _parts("3,5"), _parts("50-го"), _parts("веб-сайт")
    (['1250000'], ['3d5'], ['50'], ['веб', 'сайт'])
    """
    if compound.isalnum():
        return [compound]
    if THOUSANDS.fullmatch(compound):
        return ["".join(one for one in compound if one.isalnum())]
    if FRACTION.fullmatch(compound):
        return ["d".join(re.split("[.,]", compound))]
    parts = WORD.findall(compound)
    return parts[:1] if len(parts) == 2 and parts[0].isdecimal() and parts[1].casefold() in ORDINAL else parts


def _casefolded(written: str) -> list[str]:
    """Return a word in lower case: more than one where that takes a sign between its letters, and of a word in Cyrillic
    what its apostrophe divides, as the dictionary knows the parts.

    >>> _casefolded("О'Коннора"), _casefolded("O'Connor's")
    (['о', 'коннора'], ["o'connor's"])
    """
    word = written.casefold()
    if word.isalnum():
        return [word]
    return [part for one in WORD.findall(word) for part in (one.split("'") if _is_russian(one) else [one])]


def folded(text: str) -> list[str]:
    """Return the words of a plain text as `compounds` folds them, in their order.

    >>> folded("Court’s «Ёлка» 2024")
    ["court's", 'елка', '2024']
    """
    return [word for compound in compounds(text) for word, _capital in compound][:MOST]


def joined(compound: list[tuple[str, bool]]) -> str:
    """Return the word that a compound is without its hyphens: `e-mail` is `email` too; empty for a single word."""
    return "".join(word for word, _capital in compound)[:LONGEST] if len(compound) > 1 else ""


def analysed(text: str) -> tuple[list[str], set[str]]:
    """Return the best lemma of each word of a plain text in their order, what phrases are found in; and every lemma of
    every word and of its compounds, what words are found in.

    >>> analysed("Courts ruled; суды решили")[0]
    ['court', 'rule', 'суд', 'решить']
    >>> sorted(analysed("e-mail")[1]), sorted(analysed("стали")[1])
    (['e', 'email', 'mail'], ['сталь', 'стать'])
    """
    row: list[str] = []
    found: list[Lemmas] = []
    every: set[str] = set()
    agreed: set[str] = set()
    before = ""
    for compound, follows in _standing(text):
        for word, capital in compound:
            one = lemmas(word, capital)
            row.append(one.best)
            found.append(one)
            if follows and len(one.every) > 1 and (noun := _agreed(before, word)):
                agreed.add(noun)
            if mixed := MIXED.fullmatch(word):
                every.update(mixed.groups())  # `BK2077` is found as `BK 2077`, too
            before, follows = word, False
        if len(compound) > 1:
            every.update(lemmas(joined(compound)).every)
    return row, every | _in_one_sense(found, agreed)


@lru_cache(maxsize=LEMMAS_KEPT // 6)
def _agreed(before: str, word: str) -> str | None:
    """Return the lemma of a Russian word of which the word before it says which noun it is; None where it does not."""
    if not (_is_russian(before) and _is_russian(word)):
        return None
    noun = only_noun(dictionary().parse(before), dictionary().parse(word))
    return noun and _folded_form(noun)


def _in_one_sense(found: list[Lemmas], agreed: set[str]) -> set[str]:
    """Return every lemma of the words of a text; but where a form may belong to several words of which the text has
    one for certain, in another form or by the adjective before it, and of the others none, it belongs to that one.

    >>> sorted(analysed("Суд ждёт решения суда")[1])
    ['ждать', 'решение', 'суд']
    >>> sorted(analysed("Банку огурца открыли: стеклянная банка")[1])
    ['банка', 'огурец', 'открыть', 'стеклянный']
    """
    certain = agreed | {one.every[0] for one in found if len(one.every) == 1}
    every: set[str] = set()
    for one in found:
        kept = certain.intersection(one.every)
        every.update(kept if len(kept) == 1 and not one.is_plural else one.every)
    return every


@lru_cache(maxsize=LEMMAS_KEPT // 3)
def tokens_of(written: str) -> frozenset[str]:
    """Return every lemma of a compound as a text has it; many texts have the same."""
    return frozenset(analysed(written)[1])


@lru_cache(maxsize=LEMMAS_KEPT)
def lemmas(word: str, capital: bool = False) -> Lemmas:
    """Return the lemmas of a folded word. `capital`: it is written with one, so it may be a surname."""
    if not _is_russian(word):
        return _english(word)
    if not word.isalpha():
        bare = word.replace("'", "")  # of a compound of both alphabets
        return Lemmas(bare, (bare,), (bare,))
    return _russian(word, capital and bool(SURNAME_FORM.fullmatch(word)))


def _is_russian(word: str) -> bool:
    return any("а" <= letter <= "я" for letter in word)


def is_ordinary(word: str) -> bool:
    """Say whether a folded word is, as it stands, one of the Russian dictionary's that names nobody."""
    readings = _readings(word) if _is_russian(word) else []
    return any(one.is_known and "nomn" in one.tag and not NAMES & one.tag.grammemes for one in readings)


def _english(word: str) -> Lemmas:
    """Return the stem of a word, its possessive ending and apostrophes dropped, and the base of an irregular form."""
    word = word.removesuffix("'s").replace("'", "") or word
    own, base = _stem(american(word)), IRREGULAR.get(word)
    if base is None:
        return Lemmas(own, (own,), (own,))
    best, other = (own, _stem(base)) if word in OWN else (_stem(base), own)
    return Lemmas(best, (best,), tuple(dict.fromkeys((best, other))))


def stems(word: str) -> tuple[str, ...]:
    """Return the lemmas of an English word that need not be one, which is not remembered."""
    return _english(word).asked


def _stem(word: str) -> str:
    apart = next((taken for beginning, taken in APART if word.startswith(beginning)), None)
    return apart or _stemmer("english").stemWord(word)


def _russian(word: str, capital: bool) -> Lemmas:
    """Return the lemmas that the dictionary gives a word, and those that are supposed (`_unknown`)."""
    readings = _readings(word)
    if not readings[0].is_known:
        return _unknown(word, capital, readings)
    every = _by_score(readings)
    asked = [_best(word, readings, every)]
    match = SURNAME_FORM.fullmatch(word)
    if match and not any("Surn" in one.tag for one in readings):
        every += [match[1]] if capital else []
        is_town = any("Geox" in one.tag for one in readings)
        asked += [match[1]] if is_town or match[2] in ("", "ым", "ых", "ыми") else []
    is_plural = any("Pltm" in one.tag for one in readings)
    return Lemmas(asked[0], tuple(dict.fromkeys(asked)), tuple(dict.fromkeys(every)), is_plural)


def _unknown(word: str, capital: bool, readings: "list[Parse]") -> Lemmas:
    """Return the lemmas of a word that the dictionary does not know: those that it supposes by the ending, and where
    the ending is a surname's the surname, beside it the town of that name (`Кельмаров`, `Кельмарово`).

    Who types such a word may mean a form of another or the word itself: both are asked for, and so is the stem, which
    ends in 0: the dictionary supposes one thing of one case of a name, and another of the next.
    """
    match = SURNAME_FORM.fullmatch(word)
    surname = match[1] if match else ""
    if capital and match:  # no plural: `Кельмаров` is one man, not several of a kind
        readings = [one for one in readings if "plur" not in one.tag] or readings[:1]
    every = _by_score(readings)
    best = _best(word, readings, every)
    asked = [surname] if surname == word else [best, word, *([surname] if match and match[2] in ("а", "ой") else ())]
    supposed = [surname] if match and (capital or surname == word) else []
    if capital and match and match[2] in TOWN_ENDINGS:
        supposed.append(f"{surname}о")
    asked += [f"{_bare(surname or word)}0"]
    return Lemmas(asked[0], tuple(dict.fromkeys(asked)), tuple(dict.fromkeys((*every, *supposed, *asked))))


def _bare(name: str) -> str:
    """Return an unknown word without the ending of its case; without a vowel that comes and goes before its last sound.

    >>> {_bare(form) for form in ("саркодян", "саркодяна", "саркодяном")}, {_bare("гуревец"), _bare("гуревцом")}
    ({'саркодян'}, {'гуревц'})
    """
    return FLEETING.sub(r"\1", CASE.sub("", name))


def _readings(word: str) -> "list[Parse]":
    """Return the readings of a word, likeliest first. `Иванов` is a surname, and not several men named Иван."""
    readings = list(dictionary().parse(word))
    if any("Surn" in one.tag for one in readings):
        readings = [one for one in readings if not {"Name", "plur"} <= one.tag.grammemes] or readings
    return readings


def _by_score(readings: "list[Parse]") -> list[str]:
    """Return the lemmas of readings, those with the greatest share of the uses first."""
    scores: dict[str, float] = {}
    for one in readings:
        scores[_lemma(one)] = scores.get(_lemma(one), 0.0) + one.score
    return sorted(scores, key=lambda lemma: -scores[lemma])


def _best(word: str, readings: "list[Parse]", every: list[str]) -> str:
    """Return the lemma that a reader who types the word means: of those of which it is a nominative or infinitive, rare
    ones left out, the likeliest, at a draw the word itself; of all where it is neither.

    Readers type nominatives: `паром` is the ferry, though texts write of steam, too. What has one form only counts as
    any form does (`порту`: to a port, or Porto).
    """
    bases: dict[str, float] = {}
    for one in readings:
        if any(form <= one.tag.grammemes for form in BASES) and INDECLINABLE not in one.tag.grammemes:
            bases[_lemma(one)] = bases.get(_lemma(one), 0.0) + one.score
    candidates = [lemma for lemma in every if bases.get(lemma, 0.0) >= RARE]
    total = {lemma: sum(one.score for one in readings if _lemma(one) == lemma) for lemma in candidates}
    return max(candidates, key=lambda lemma: (round(total[lemma], 3), lemma == word), default=every[0])


def _lemma(reading: "Parse") -> str:
    return str(reading.normal_form).replace("ё", "е")[:LONGEST]


@lru_cache(maxsize=500)
def row_forms(word: str, wide: bool) -> tuple[str, ...]:
    """Return the lemmas that stand in a row (`analysed`) where a form of what is asked for with a word stands, its own
    first. `wide`: of all that the word may be.

    The form `судов` stands there as one of `судно`, so that a phrase with `суд` is looked for with either.
    """
    own = lemmas(word)
    wanted = own.every if wide else own.asked
    if not _is_russian(word) or not word.isalpha():
        return tuple(dict.fromkeys((own.best, *wanted)))
    found = dict.fromkeys((own.best,))
    for one in _readings(word):
        if _lemma(one) in wanted:
            found |= dict.fromkeys(lemmas(_folded_form(form.word)).best for form in one.lexeme)
    for lemma in wanted:
        if SURNAME.fullmatch(lemma):
            found |= dict.fromkeys(lemmas(lemma + ending).best for ending in SURNAME_ENDINGS)
    return tuple(found)


def word_forms(word: str) -> set[str]:
    """Return every form of a Russian word, of its likeliest reading in the dictionary; loads that.

    >>> sorted(word_forms("море"))[:3]
    ['море', 'морей', 'морем']
    """
    if not _is_russian(word.casefold()):
        return {word}
    readings = dictionary().parse(word.casefold())
    return {form.word for form in readings[0].lexeme} if readings else {word}


def _folded_form(form: str) -> str:
    return form.replace("ё", "е")[:LONGEST]


def dictionary() -> "MorphAnalyzer":
    """Return the Russian dictionary, loaded at the first call: a tenth of a second, 22 MB."""
    if not _dictionary:
        with _loading:
            if not _dictionary:
                import pymorphy3

                logging.getLogger("pymorphy3").setLevel(logging.WARNING)  # it reports the loading itself
                _dictionary.append(pymorphy3.MorphAnalyzer(lang="ru"))
    return _dictionary[0]


def _stemmer(language: str) -> Stemmer.Stemmer:
    """One stemmer for each thread: it keeps the word it works on in itself; what was stemmed `lemmas` remembers."""
    if not hasattr(_own, language):
        setattr(_own, language, Stemmer.Stemmer(language, 0))
    return getattr(_own, language)
