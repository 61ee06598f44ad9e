"""Things that bear a person's name: streets, prizes, ships, foundations, firms, dogs: `things.txt`, a line each."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from articles.footnotes.rules.hit import Cue, Passage, fills_quotes

_BEFORE = 70
_STOPS = frozenset('.!?…;:\n,()»”"')
_WORDS = 2
_ABBREVIATED = frozenset("ул пр пер пл наб им бул просп".split())
# The word behind, and behind up to two others with a capital: the Olkhov Literary Prize.
_BEHIND = tuple(re.compile(rf"[ \u00a0](?:[A-Z][\w-]{{1,20}} ){{{n}}}([A-Za-z]{{2,20}})\b") for n in range(3))
_BEHIND_RU = re.compile(r"[ \u00a0]([а-яё]{3,20})\b")
_FIRM = re.compile(
    r"(?: (?:&|and) (?:Sons|Co|Partners|Brothers|Daughters)\b|,? (?:Ltd|Inc|LLC|Corp|GmbH|plc)\b| & [A-Z])"
)
_PREPOSITIONS = frozenset("в во на с со из к ко у от до по за под над о об при".split())
_NAMED = re.compile(r"\b(?:nicknamed|named|called) (?:after |for )?[\"“«]?\Z")
_NAMED_AFTER = re.compile(r"\bnamed (?:after|for|in hono[u]?r of) [\"“«]?\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table. `sort`: which side of a name the words stand on and how, see the head of the table."""

    sort: str
    words: tuple[str, ...]
    example: str


def _read() -> tuple[Line, ...]:
    text = Path(__file__).with_name("things.txt").read_text(encoding="utf-8")
    rows = [[part.strip() for part in line.split("|")] for line in text.splitlines() if line and line[0] != "#"]
    return tuple(Line(sort, tuple(words.split()), example) for sort, words, example in rows)


LINES = _read()


def _sorted_out() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the sorts of each whole word, and of each beginning (`улиц*`)."""
    whole: dict[str, set[str]] = {}
    begun: dict[str, set[str]] = {}
    for line in LINES:
        for word in line.words:
            (begun if word[-1] == "*" else whole).setdefault(word.rstrip("*"), set()).add(line.sort)
    return whole, begun


_WHOLE, _BEGUN = _sorted_out()
_ENDING = 3  # letters at most that a beginning leaves open


@lru_cache(maxsize=4096)
def _sorts(word: str) -> frozenset[str]:
    """Return the sorts of a folded word: none of most."""
    found = set(_WHOLE.get(word, ()))
    for length in range(max(1, len(word) - _ENDING), len(word) + 1):
        found |= _BEGUN.get(word[:length], set())
    return frozenset(found)


def _is(word: str, sort: str) -> bool:
    return sort in _sorts(word)


def thing_beside(passage: Passage, start: int, end: int, *, genitive: bool, alone: bool) -> Cue | None:
    """Return the word beside a name that makes it a thing's. `genitive`: the name may stand in the genitive; `alone`:
    it is a family name alone, which may be a dog's or a firm's as well."""
    text = passage.text
    stop = fills_quotes(text, start, end)
    begun = start - (stop - end)
    words = _words_before(passage, begun)
    if words and (cue := _before(passage, words, quoted=stop > end, genitive=genitive, alone=alone)):
        return cue
    if stop == end and (cue := _behind(passage, end, alone=alone)):
        return cue
    low = max(0, start - 30)
    near = text[low:start]
    if "named" in near or "called" in near:
        match = (_NAMED if alone else _NAMED_AFTER).search(near)
        if match is None:
            return None
        return Cue(match[0], passage, low + match.start(), low + match.end())
    return None


def _words_before(passage: Passage, at: int) -> list[tuple[str, int, int]]:
    """Return the two words before an offset, the nearest first, not beyond a comma, a bracket, a sentence's end."""
    scan, text = passage.scan, passage.text
    found: list[tuple[str, int, int]] = []
    low = max(0, at - _BEFORE)
    while len(found) < _WORDS:
        end = at
        while end > low and not scan[end - 1].isalpha():
            if text[end - 1] in _STOPS and text[end - 1] != ".":
                return found
            end -= 1
        begun = end
        while begun > low and scan[begun - 1].isalpha():
            begun -= 1
        word = scan[begun:end]
        if not word or ("." in text[end:at] and word not in _ABBREVIATED):
            return found
        found.append((word, begun, end))
        at = begun
    return found


def _before(
    passage: Passage, words: list[tuple[str, int, int]], *, quoted: bool, genitive: bool, alone: bool
) -> Cue | None:
    word, start, end = words[0]
    cue = Cue(passage.text[start:end], passage, start, end)
    if _is(word, "named"):
        return None if len(words) > 1 and _is(words[1][0], "spoken") else cue
    if genitive and _is(word, "of"):
        return cue
    if genitive and len(words) > 1 and _is(words[1][0], "street") and passage.text[start].islower():
        _, start, end = words[1]
        return Cue(passage.text[start:end], passage, start, end)
    if genitive and _is(word, "street"):
        return cue
    if quoted:
        return cue if any(_is(word, sort) for sort in ("quoted", "ship", "beside", "of", "street")) else None
    if alone and _is(word, "beside"):
        return cue
    if _is(word, "ship") and not (len(words) > 1 and words[1][0] in _PREPOSITIONS):
        return cue
    return cue if _is(word, "beside_en") and passage.text[words[0][1] : words[0][2]].isascii() else None


def _behind(passage: Passage, end: int, *, alone: bool) -> Cue | None:
    text = passage.text
    if text[end : end + 1] not in (" ", "\u00a0", ",", "&"):
        return None
    for between, pattern in enumerate(_BEHIND):
        match = pattern.match(text, end)
        if match is None:
            continue
        word, capital = match[1].lower(), match[1][0].isupper()
        if (_is(word, "behind") and (capital or not between)) or (capital and _is(word, "capital")):
            return Cue(match[1], passage, match.start(1), match.end(1))
    if alone and (firm := _FIRM.match(text, end)):
        return Cue(firm[0], passage, firm.start(), firm.end())
    russian = _BEHIND_RU.match(text, end)
    if alone and russian and _is(russian[1].replace("ё", "е"), "street"):
        return Cue(russian[1], passage, russian.start(1), russian.end(1))
    return None
