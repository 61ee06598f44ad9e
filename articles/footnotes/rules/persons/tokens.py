"""The words beside a family name, as far as one name may reach: words, initials, a nickname in quotation marks."""

import re

from articles.footnotes.person.latin import key
from articles.footnotes.rules.hit import Passage

WORD, INITIAL, QUOTED = "word", "initial", "quoted"
SPACES = " \u00a0\u2009\u202f"
_LETTERS = r"[^\W\d_]+(?:['’`ʼ][^\W\d_]+)*"
_WORD_END = re.compile(rf"(?<![\w@#.-])(?:{_LETTERS}[-‑‐])*{_LETTERS}\Z")
_WORD_BEGIN = re.compile(rf"(?:{_LETTERS}[-‑‐])*{_LETTERS}")
_INITIAL_END = re.compile(r"(?<![^\W_])([A-ZА-ЯЁ][A-Za-zА-яё]{0,3})\.\Z")
_INITIAL_BEGIN = re.compile(r"([A-ZА-ЯЁ][A-Za-zА-яё]{0,3})\.")
_OPENING = {"»": "«", "”": "“„", "“": "„“", '"': '"', "’": "‘", "'": "'", ")": "("}
_OPENS = {"«": "»", "“": "”“", "„": "“”", '"': '"', "(": ")"}
_APOSTROPHES = frozenset("'’")
# A sound of two letters that stands for a first letter before a dot.
_SOUNDS = frozenset("ye yu ya yo zh kh ts ch sh shch iu ia io je ju ja дж дз".split())
_SPACED = frozenset(SPACES)
# Small words within a name, between the names of a couple, or before one.
_SMALL = frozenset(
    "и and оглы оглу кызы кзы гызы улы уулу угли oglu oglou ogly qizi kyzy kizi uulu ибн бин бен бинт ibn bin ben bint "
    "шейх шейха шейху шейхом шейхе имам имама мулла муллы sheikh shaykh sheik imam mullah mufti hajji haji".split()
)
_MOST = 7
_LONGEST_WORD = 60
_LONGEST_NICKNAME = 40


class Token:
    """A word, an initial (without its dot) or a nickname at [start, end); `text` as written."""

    __slots__ = ("_folded", "_scan", "end", "kind", "start", "text")

    def __init__(self, kind: str, start: int, end: int, text: str, scan: str) -> None:
        self.kind, self.start, self.end, self.text = kind, start, end, text
        self._scan = scan
        self._folded: str | None = None

    @property
    def folded(self) -> str:
        """The word for comparing: small, without hyphens, apostrophes and spaces; of Latin letters the key that all
        spellings share."""
        if self._folded is None:
            self._folded = self._scan if self.kind == INITIAL else squeezed(self._scan)
        return self._folded


def tokens_before(passage: Passage, at: int) -> list[Token]:
    """Return the tokens before an offset, the nearest first, up to the first word that is part of no name."""
    found: list[Token] = []
    while len(found) < _MOST:
        token = _token_before(passage, at)
        if token is None:
            break
        found.append(token)
        if token.kind == WORD and token.text[0].islower() and token.text not in _SMALL:
            break
        at = token.start
    return found


def _token_before(passage: Passage, at: int) -> Token | None:
    text = passage.text
    gap = at
    if gap and text[gap - 1] in SPACES:
        gap -= 1
    last = text[gap - 1] if gap else "\n"
    if last.isalpha():
        return word_ending(passage, gap) if gap < at else None
    if last == "." or (last in "-‑" and text[gap - 2 : gap - 1] == "." and gap == at):
        if last != ".":
            gap -= 1
        initial = _INITIAL_END.search(text, max(0, gap - 9), gap)
        if initial is None or not _is_initial(initial[1]):
            return None
        return _initial(initial, gap)
    if gap < at and last in _OPENING:
        begun = max(text.rfind(sign, max(0, gap - _LONGEST_NICKNAME), gap - 1) for sign in _OPENING[last])
        inside = last in _APOSTROPHES and text[begun - 1 : begun].isalpha()
        if begun >= 0 and "\n" not in text[begun:gap] and begun < gap - 1 and not inside:
            return _token(passage, QUOTED, begun, gap)
        if last in _APOSTROPHES:  # a soft sign: Igor'
            match = _WORD_END.search(text, max(0, gap - _LONGEST_WORD), gap - 1)
            return _token(passage, WORD, match.start(), gap) if match and in_latin(match[0]) else None
    return None


def word_ending(passage: Passage, end: int) -> Token | None:
    """Return the word that ends at an offset."""
    match = _WORD_END.search(passage.text, max(0, end - _LONGEST_WORD), end)
    return _token(passage, WORD, match.start(), end) if match else None


def _is_initial(letters: str) -> bool:
    return len(letters) == 1 or letters.lower() in _SOUNDS


def _initial(match: re.Match[str], end: int) -> Token:
    return Token(INITIAL, match.start(1), end, match[1], match[1].lower().replace("ё", "е"))


def _token(passage: Passage, kind: str, start: int, end: int) -> Token:
    return Token(kind, start, end, passage.text[start:end], passage.scan[start:end])


def squeezed(scan: str) -> str:
    """Return what is compared of a word: `анна мария` → аннамария; of Latin letters their key."""
    if in_latin(scan):
        return key(scan)
    return scan.replace(" ", "").replace("'", "")


def in_latin(word: str) -> bool:
    """Say whether a word begins with a Latin letter."""
    return word[0] < "\u0370"


def tokens_after(passage: Passage, at: int) -> list[Token]:
    """Return the tokens behind an offset, in order, up to the first word that is part of no name; none behind a comma,
    except directly at the offset."""
    found: list[Token] = []
    text = passage.text
    if text[at : at + 1] == "," and text[at + 1 : at + 2] in _SPACED:
        at += 1
    while len(found) < _MOST:
        sign = text[at : at + 1]
        gap = at + 1 if sign in _SPACED else at
        if gap == at and not (sign.isupper() and found and found[-1].kind == INITIAL):
            break
        token = _token_after(passage, gap)
        if token is not None and gap == at and token.kind != INITIAL:  # the initials of the next name: П. И.Чижиков
            while found and found[-1].kind == INITIAL and found[-1].end == at:
                at = found.pop().start
            break
        if token is None:
            break
        found.append(token)
        if token.kind == WORD and token.text[0].islower() and token.text not in _SMALL:
            break
        at = token.end
    return found


def _token_after(passage: Passage, at: int) -> Token | None:
    text = passage.text
    sign = text[at : at + 1]
    if sign.isalpha():
        initial = _INITIAL_BEGIN.match(text, at) if sign.isupper() else None
        if initial and _is_initial(initial[1]):
            return _initial(initial, initial.end())
        match = _WORD_BEGIN.match(text, at, at + _LONGEST_WORD)
        return _token(passage, WORD, at, match.end()) if match else None
    if sign not in _OPENS or not sign:
        return None
    limit = at + _LONGEST_NICKNAME
    closed = min((place for end in _OPENS[sign] if (place := text.find(end, at + 1, limit)) > 0), default=-1)
    return _token(passage, QUOTED, at, closed + 1) if closed > 0 else None


def begins_line(passage: Passage, at: int) -> bool:
    """Say whether a word begins a line of the source: behind a line's end, or in HTML a `<br>`."""
    source, folded = passage.field.text, passage.folded
    between = source[folded.source_start(at - 1) : folded.source_start(at)] if at else ""
    return "<br" in between.lower() if passage.field.format == "html" else "\n" in between


def is_name_like(token: Token) -> bool:
    """Say whether a token is a word with a capital."""
    return token.kind == WORD and token.text[0].isupper()
