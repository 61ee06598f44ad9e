"""Rules about letters: capitals, and a numeral joined by a hyphen."""

import re

from articles.footnotes.automaton import FormTarget
from articles.footnotes.formulas import beside
from articles.footnotes.rules.context import word_before
from articles.footnotes.rules.hit import HYPHENS, Article, Hit, Passage, fills_quotes, sentence_begins

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


_CAPITALS_BEFORE = re.compile(r"[A-Z]{3,}\Z")
_SEPARATORS = " \t\n\"'“”‘’"
_SEPARATED = 8
_CAPITALS_BEHIND = re.compile(r"[\s\"'“”‘’.…]+[A-Z]{3,}(?![\w-])")
_CAPITALS_REACH = 24
_FIRST = 2  # the first offset before which two characters stand
_CODE_SIGNS = frozenset(":=")


def between_small(hit: Hit) -> bool:
    """Say quickly whether a hit stands alone in a bracket, or between spaces, no capital before the first and a small
    letter behind the other."""
    text, start, end = hit.passage.text, hit.start, hit.end
    if start < _FIRST or end + 1 >= len(text):
        return False
    if text[end] == ")":
        return text[start - 1] == "("
    return text[end] == text[start - 1] == " " and text[end + 1].islower() and not text[start - 2].isupper()


def beside_capitals(hit: Hit) -> bool:
    """Say whether a word in capitals, three letters or more, stands beside (`x IS NULL`), or a code's sign (`:IS:`)."""
    text, start, end = hit.passage.text, hit.start, hit.end
    if text[start - 1 : start] in _CODE_SIGNS or (
        text[end : end + 1] in _CODE_SIGNS and not text.startswith(" ", end + 1)
    ):
        return True
    behind = text[end : end + _SEPARATED]
    if not (behind.islower() or behind.isspace()) and _CAPITALS_BEHIND.match(text, end):
        return True
    before = text[max(0, start - _CAPITALS_REACH) : start].rstrip(_SEPARATORS)
    return before[-1:].isupper() and _CAPITALS_BEFORE.search(before) is not None


def joined_to_numeral(hit: Hit) -> bool:
    """Say whether a hyphen joins an abbreviation to a number, as in a type or a model, or to itself (`IS-IS`)."""
    text, start, end = hit.passage.text, hit.start, hit.end
    if end < len(text) and text[end] in _JOINTS:
        return text[end + 1 : end + 2].isdigit() or text.startswith(text[start:end], end + 1)
    return start > 1 and text[start - 1] in _JOINTS and text.endswith(text[start:end], 0, start - 1)


_INITIALS_BEFORE = re.compile(r"(?<!\w)(?!(?:The|An?|In|Of|By|At|On|For|From|With|And|But) )[A-ZА-ЯЁ][a-zа-яё]+ \Z")
_SURNAME = re.compile(r" ?[A-ZА-ЯЁ][a-zа-яё]+")
TWO_WITH_DOTS = 4  # characters: I.S.
_FOUR_WITH_DOTS = 8  # nobody has as many initials
_CLEAR = 5  # letters of a word that is clear without its capital
_FEWEST = 3
_BEFORE = 30
_SEVERAL = 2  # spaces in a name that can be nothing else, whatever its capitals


def initials_of_person(hit: Hit) -> bool:
    """Say whether the dotted letters are the initials of somebody whose family name stands beside them."""
    text, start = hit.passage.text, hit.start
    if not text.startswith(".", hit.end - 1) or hit.end - start >= _FOUR_WITH_DOTS:
        return False
    if hit.end - start > TWO_WITH_DOTS and word_before(hit) in hit.name.descriptors:
        return False  # `движения С.В.Т. Хозяин` begins a sentence
    if _SURNAME.match(text, hit.end):
        return True
    before = _INITIALS_BEFORE.search(text, max(0, start - 40), start)
    return before is not None and hit.end - start <= TWO_WITH_DOTS and not sentence_begins(text, before.start())


def is_same_word(text: str, start: int, target: FormTarget) -> bool:
    """Say whether a name lacks only the capitals behind its hyphens: Аль-каида."""
    if target.written or not target.capitals or not text[start].isupper():
        return False
    small = [i for i in target.capitals if not text[start + i].isupper()]
    return all(text[start + i - 1] in HYPHENS for i in small)


def may_be_meant(passage: Passage, start: int, end: int, target: FormTarget) -> bool:
    """Say whether a name of several words in other letters than its own is still worth a question.

    Only its first capital is small and another stands (`the Watcher`); or it fills quotation marks; or it is a Russian
    name of three words with one capital; or a status stands beside it.
    """
    text = passage.text
    if target.written:
        return target.written[0].isupper() and text[start + 1 : end] == target.written[1:]
    if not target.capitals:
        return False
    small = [i for i in target.capitals if not text[start + i].isupper()]
    if small == [0] and len(target.capitals) > 1:
        return True
    if fills_quotes(text, start, end) > end:
        return True
    name = target.name
    one = name.language == "ru" and target.capitals == (0,)
    if one and name.strength == "strong" and text.count(" ", start, end) >= _SEVERAL:
        return True
    return bool(passage.roots) and beside(passage.scan, start, end, passage.roots) is not None


def is_clear_in_small(scan: str, start: int, end: int, target: FormTarget, article: Article) -> bool:
    """Say whether a single word is clear in a text without any capital: its small letter comes from its place."""
    name = target.name
    single = " " not in scan[start:end] and end - start >= _CLEAR and not name.abbreviation
    return single and not target.written and (name.strength == "strong" or article.language in name.strong_in)


def may_be_small(passage: Passage, start: int, end: int, target: FormTarget, article: Article) -> bool:
    """Say whether a name in a text without any capital is worth a question: a strong one, one in quotation marks,
    beside a status or behind its noun."""
    name, scan = target.name, passage.scan
    if name.spells_word or end - start < _FEWEST:
        return False
    if " " in scan[start:end] and len(article.passages) > 1:
        return False  # a headline is asked about where the text decides
    if name.strength == "strong" or article.language in name.strong_in:
        return True
    if scan[start - 1 : start] == '"' == scan[end : end + 1]:  # an ordinary word that somebody quotes
        return True
    if passage.roots and beside(scan, start, end, passage.roots):
        return True
    before = scan[max(0, start - _BEFORE) : start].rstrip(" \"'")
    return before[before.rfind(" ") + 1 :] in name.descriptors
