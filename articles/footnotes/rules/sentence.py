"""The sentence around a hit, the nouns that reach it over a list, and the quotation it stands in."""

import re

from articles.footnotes.rules.hit import Hit, fills_quotes

_STOPS = ".!?…\n"
_REACH = 200
_NEAR = 100
_LISTED = r"(?:[\"“«„‘'][^\"”»“\n]{1,60}[\"”»“’']|[A-ZА-ЯЁ][\w’'.-]{1,30}(?: [A-ZА-ЯЁ][\w’'.-]{1,30}){0,3})"
_ONE_BEFORE = re.compile(rf"{_LISTED}(?:,? (?:и|или|and|or|&) |, )(?:the )?[\"“«„‘']?\Z")
_ENDS_LIST = re.compile(r"(?:,|\b(?:и|или|and|or)|&) (?:the )?[\"“«„‘']?\Z")
_AFTER_LIST = re.compile(
    rf"[\"”»“’']?(?:, (?:the )?{_LISTED}){{0,6}},? (?:and|or|&) (?:the )?"
    r"(?:[\"“][^\"”\n]{1,60}[\"”]|[A-Z][\w’'.-]{1,30}(?: [A-Z][\w’'.-]{1,30}){0,3}?) ([A-Za-z]{3,20})\b"
)
_WORDS = re.compile(r"[^\W_]+")
_NO_BREAK = "\u00a0"  # typesetting puts it behind a short word
_OPENS_ITEM = " \u00a0\"“«„‘'"
_JOINS = (",", "&", " и", " или", " and", " or", " the")
_OPENING = '«“„‟‹"'
_ITEMS = 6


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence around [start, end), at most some two hundred characters on each side."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    first = max(text.rfind(stop, low, start) for stop in _STOPS) + 1
    last = min((at for at in (text.find(stop, end, high) for stop in _STOPS) if at >= 0), default=high)
    return max(first, low), last


def words_before(hit: Hit) -> list[str]:
    """Return the folded words of the hit's sentence that stand before it."""
    first, _ = sentence_span(hit.passage.text, hit.start, hit.start)
    return _WORDS.findall(hit.passage.scan, first, hit.start)


def list_begins(hit: Hit) -> int:
    """Return where the list begins whose later item the hit is (`батальоны «Ветер» и «Луч»`), else the hit's start."""
    text, start = hit.passage.text, hit.start
    low = max(0, start - _NEAR)
    before = text[low:start]
    if not before.rstrip(_OPENS_ITEM).endswith(_JOINS):  # as before most
        return start
    before = before.replace(_NO_BREAK, " ")
    if not _ENDS_LIST.search(before[-12:]):
        return start
    for _ in range(_ITEMS):
        match = _ONE_BEFORE.search(before)
        if match is None:
            break
        before = before[: match.start()]
    return low + len(before)


def noun_of_list(hit: Hit) -> str:
    """Return the folded noun behind an English list that the hit opens: `Azure and Veter battalions`; "" when none."""
    match = _AFTER_LIST.match(hit.passage.text[hit.end : hit.end + 2 * _NEAR].replace(_NO_BREAK, " "))
    return match[1].lower() if match else ""


def singulars(word: str) -> tuple[str, ...]:
    """Return an English word and what it may be the plural of."""
    if not word.endswith("s") or not word.isascii():
        return (word,)
    return (word, word[:-1], word[:-2], word[:-3] + "y") if word.endswith("ies") else (word, word[:-1], word[:-2])


def longer_quotation(hit: Hit) -> int:
    """Return where a short quotation opens that ends with the hit and begins with other words; -1 when none does."""
    text, scan, start, end = hit.passage.text, hit.passage.scan, hit.start, hit.end
    if scan[end : end + 1] != '"' or fills_quotes(text, start, end) > end:
        return -1
    low = max(0, start - _NEAR)
    opened = max(text.rfind(char, low, start) for char in _OPENING)
    if opened < 0 or "\n" in text[opened:start] or len(_WORDS.findall(text, opened, start)) > 4:
        return -1
    return opened


def in_title_case(hit: Hit) -> bool:
    """Say whether the sentence capitalizes nearly every longer word, as English headlines do."""
    if hit.passage.text[hit.start] > "z":
        return False  # as Russian ones do not
    first, last = sentence_span(hit.passage.text, hit.start, hit.end)
    words = [word for word in _WORDS.findall(hit.passage.text, first, last) if len(word) > 3]
    return len(words) > 3 and sum(word[0].isupper() for word in words) * 10 >= len(words) * 8
