"""The words beside a family name, as far as one name may reach: words, initials, a nickname in quotation marks."""

import re
from typing import NamedTuple

from articles.footnotes.person.latin import is_latin, key
from articles.footnotes.rules.hit import CLOSING, Passage

WORD, INITIAL, QUOTED = "word", "initial", "quoted"
SPACES = " \u00a0\u2009\u202f"
_LETTERS = r"[^\W\d_]+(?:['’`ʼ][^\W\d_]+)*"
_WORD_END = re.compile(rf"(?<![\w@#.-])(?:{_LETTERS}[-‑‐])*{_LETTERS}\Z")
_WORD_BEGIN = re.compile(rf"(?:{_LETTERS}[-‑‐])*{_LETTERS}")
_INITIAL_END = re.compile(r"(?<![^\W_])([A-ZА-ЯЁ][A-Za-zА-яё]{0,3})\.\Z")
_INITIAL_BEGIN = re.compile(r"([A-ZА-ЯЁ][A-Za-zА-яё]{0,3})\.")
_OPENING = {"»": "«", "”": "“„", "“": "„“", '"': '"', "’": "‘", "'": "'", ")": "("}
_OPENS = {"«": "»", "“": "”“", "„": "“”", '"': '"', "(": ")"}
# A sound of two letters that stands for a first letter before a dot.
_SOUNDS = frozenset("ye yu ya yo zh kh ts ch sh shch iu ia io je ju ja дж дз".split())
_MOST = 7
_LONGEST_WORD = 60
_LONGEST_NICKNAME = 40


class Token(NamedTuple):
    """A word, an initial (without its dot) or a nickname at [start, end); `text` as written, `folded` for comparing:
    small, without hyphens, apostrophes and spaces; of Latin letters the key all spellings share."""

    kind: str
    start: int
    end: int
    text: str
    folded: str


def tokens_before(passage: Passage, at: int) -> list[Token]:
    """Return the tokens before an offset, the nearest first."""
    found: list[Token] = []
    while len(found) < _MOST:
        token = _token_before(passage, at, near=bool(found) or True)
        if token is None:
            break
        found.append(token)
        at = token.start
    return found


def _token_before(passage: Passage, at: int, *, near: bool) -> Token | None:
    text = passage.text
    gap = at
    if gap and text[gap - 1] in SPACES:
        gap -= 1
    last = text[gap - 1] if gap else "\n"
    if last == "." or (last in "-‑" and text[gap - 2 : gap - 1] == "." and gap == at):
        if last != ".":
            gap -= 1
        match = _INITIAL_END.search(text, max(0, gap - 9), gap)
        if match is None or not _is_initial(match[1]):
            return None
        return Token(INITIAL, match.start(1), gap, match[1], match[1].lower().replace("ё", "е"))
    if gap == at:
        return None
    if last in _OPENING:
        begun = max(text.rfind(sign, max(0, gap - _LONGEST_NICKNAME), gap - 1) for sign in _OPENING[last])
        if begun < 0 or "\n" in text[begun:gap] or begun == gap - 1:
            return None
        return _token(passage, QUOTED, begun, gap)
    match = _WORD_END.search(text, max(0, gap - _LONGEST_WORD), gap)
    return _token(passage, WORD, match.start(), gap) if match else None


def _is_initial(letters: str) -> bool:
    return len(letters) == 1 or letters.lower() in _SOUNDS


def _token(passage: Passage, kind: str, start: int, end: int) -> Token:
    text = passage.text[start:end]
    return Token(kind, start, end, text, squeezed(passage.scan[start:end]))


def squeezed(scan: str) -> str:
    """Return what is compared of a word: `анна мария` → аннамария; of Latin letters their key."""
    if is_latin(scan):
        return key(scan)
    return scan.replace(" ", "").replace("'", "")


def tokens_after(passage: Passage, at: int) -> list[Token]:
    """Return the tokens behind an offset, in order; none behind a comma, except directly at the offset."""
    found: list[Token] = []
    text = passage.text
    while len(found) < _MOST:
        if text[at : at + 1] == "," and not found and text[at + 1 : at + 2] in tuple(SPACES):
            at += 1
        gap = at + 1 if text[at : at + 1] in tuple(SPACES) else at
        initial = _INITIAL_BEGIN.match(text, gap)
        if initial and _is_initial(initial[1]) and (gap > at or (found and found[-1].kind == INITIAL)):
            token = Token(INITIAL, gap, initial.end(), initial[1], initial[1].lower().replace("ё", "е"))
        elif gap == at:
            break
        elif text[gap : gap + 1] in _OPENS:
            closed = min(
                (
                    place
                    for sign in _OPENS[text[gap]]
                    if (place := text.find(sign, gap + 1, gap + _LONGEST_NICKNAME)) > 0
                ),
                default=-1,
            )
            if closed < 0:
                break
            token = _token(passage, QUOTED, gap, closed + 1)
        else:
            match = _WORD_BEGIN.match(text, gap, gap + _LONGEST_WORD)
            if match is None:
                break
            token = _token(passage, WORD, gap, match.end())
        found.append(token)
        at = token.end
    return found


def is_name_like(token: Token) -> bool:
    """Say whether a token is a word with a capital."""
    return token.kind == WORD and token.text[0].isupper()


__all__ = [
    "CLOSING",
    "INITIAL",
    "QUOTED",
    "SPACES",
    "WORD",
    "Token",
    "is_name_like",
    "squeezed",
    "tokens_after",
    "tokens_before",
]
