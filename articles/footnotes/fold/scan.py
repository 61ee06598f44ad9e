"""Same-length folding of letters: case, ё, look-alikes. Offsets stay as they are."""

import re

_SURROGATES = re.compile("[\ud800-\udfff]")

# Letters that look the same in both scripts, small ones as folded from small and capital letters.
_LATIN_TWINS = "aceopxykmhtbij"
_CYRILLIC_TWINS = "асеорхукмнтвіј"
_TO_CYRILLIC = str.maketrans(_LATIN_TWINS, _CYRILLIC_TWINS)
_TO_LATIN = str.maketrans(_CYRILLIC_TWINS, _LATIN_TWINS)
_SAMPLE = 400
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяіј")
_LATIN_RUN = re.compile(r"[a-z]+")
_CYRILLIC_RUN = re.compile(r"[а-яіј]+")
_LETTER = re.compile(r"[a-zа-яіј]")
_WORD = re.compile(r"[a-zа-яіј]+")


def scan_form(plain: str) -> str:
    """Return a text whose signs are plain as the automaton sees it, of the same length.

    Hyphens are spaces by then, because a hyphen and a space between the words of a name are equal.
    """
    low = small(plain)
    return low if low.isascii() else untwin(low)


def small(plain: str) -> str:
    """Return a text in small letters, of the same length."""
    low = plain.lower()
    if len(low) != len(plain):  # the only letter that grows when it is made small
        low = plain.replace("İ", "ı").lower()
    return low if low.isascii() else low.replace("ё", "е").replace("ς", "σ")


def without_surrogates(text: str) -> str:
    """Return the text with every lone surrogate replaced, of the same length."""
    return _SURROGATES.sub("\ufffd", text)


def untwin(low: str) -> str:
    """Give a word of mixed script one script: the one in which every letter of it exists."""
    if not _holds(low, _CYRILLIC_TWINS) or not _holds(low, _LATIN_TWINS):
        return low
    begin = low[:_SAMPLE]
    russian = sum(map(begin.count, "илдя")) > sum(map(begin.count, "nrls"))  # letters without a twin
    other = CYRILLIC if russian else LATIN
    mixed = [
        match.start()
        for match in (_LATIN_RUN if russian else _CYRILLIC_RUN).finditer(low)
        if low[match.start() - 1 : match.start()] in other or low[match.end() : match.end() + 1] in other
    ]
    pieces, done = [], 0
    for at in mixed:
        if at < done:
            continue
        start = at
        while start > done and _LETTER.match(low, start - 1):
            start -= 1
        word = _WORD.match(low, start)
        if word:
            pieces += [low[done:start], _one_script(word.group())]
            done = word.end()
    return "".join([*pieces, low[done:]]) if pieces else low


def _holds(low: str, letters: str) -> bool:
    for letter in letters:  # noqa: SIM110 - any() costs twice as much, and every text pays it
        if letter in low:
            return True
    return False


def _one_script(word: str) -> str:
    cyrillic, latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    if LATIN.isdisjoint(cyrillic):
        return cyrillic
    return latin if CYRILLIC.isdisjoint(latin) else word
