"""Same-length folding: case, ё, quotation marks, dashes, spaces, look-alikes. Offsets stay as they are."""

import re

_QUOTES = "“”„‟«»‹›〝〞＂"
_APOSTROPHES = "’‘ʼ‛′`´"
_HYPHENS = "-–—‑‐−‒―"
_SPACES = "\u00a0\u2009\u202f\u2007\u200a\u2002\u2003\u2008\u3000\t\r\f\v"
_ONE_TO_ONE = (
    [(char, '"') for char in _QUOTES]
    + [(char, "'") for char in _APOSTROPHES]
    + [(char, " ") for char in _HYPHENS + _SPACES]
    + [("ё", "е"), ("ς", "σ")]
)
_SURROGATES = re.compile("[\ud800-\udfff]")

# Letters that look the same in both scripts, small ones as folded from small and capital letters.
_LATIN_TWINS = "aceopxykmhtbij"
_CYRILLIC_TWINS = "асеорхукмнтвіј"
_TO_CYRILLIC = str.maketrans(_LATIN_TWINS, _CYRILLIC_TWINS)
_TO_LATIN = str.maketrans(_CYRILLIC_TWINS, _LATIN_TWINS)
_LATIN_RUN = re.compile(r"[a-z]+")
_CYRILLIC_RUN = re.compile(r"[а-яіј]+")
_WORD = re.compile(r"[a-zа-яіј]+")


def scan_form(text: str) -> str:
    """Return the text as the automaton sees it, of the same length.

    Hyphens become spaces, because a hyphen and a space between the words of a name are equal.
    """
    low = text.lower()
    if len(low) != len(text):  # the only letter that grows when it is made small
        low = text.replace("İ", "ı").lower()
    if low.isascii():
        return low.replace("-", " ").replace("`", "'").replace("\t", " ").replace("\r", " ")
    for char, plain in _ONE_TO_ONE:
        if char in low:
            low = low.replace(char, plain)
    return _untwin(low)


def without_surrogates(text: str) -> str:
    """Return the text with every lone surrogate replaced, of the same length."""
    return _SURROGATES.sub("\ufffd", text)


def _untwin(low: str) -> str:
    """Give a word of mixed script one script: the one in which every letter of it exists."""
    if not _holds(low, _CYRILLIC_TWINS) or not _holds(low, _LATIN_TWINS):
        return low
    russian = low.count("о") + low.count("е") + low.count("а") > low.count("o") + low.count("e") + low.count("a")
    runs = _LATIN_RUN if russian else _CYRILLIC_RUN
    pieces, done = [], 0
    for run in runs.finditer(low):
        start, end = run.span()
        if start < done or not (_other(low, start - 1, russian) or _other(low, end, russian)):
            continue
        while start > done and _WORD.match(low[start - 1]):
            start -= 1
        word = _WORD.match(low, start)
        if word is None:
            continue
        pieces += [low[done:start], _one_script(word.group())]
        done = word.end()
    return "".join([*pieces, low[done:]]) if pieces else low


def _holds(low: str, letters: str) -> bool:
    for letter in letters:  # noqa: SIM110 - any() costs twice as much, and every text pays it
        if letter in low:
            return True
    return False


def _other(low: str, at: int, russian: bool) -> bool:
    runs = _CYRILLIC_RUN if russian else _LATIN_RUN
    return 0 <= at < len(low) and runs.match(low, at) is not None


def _one_script(word: str) -> str:
    cyrillic, latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    if not _LATIN_RUN.search(cyrillic):
        return cyrillic
    return latin if not _CYRILLIC_RUN.search(latin) else word
