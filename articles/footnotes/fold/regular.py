"""Texts without anything irregular, which most are: signs plain and letters small by a few passes over the whole.

An English text is ASCII once its common signs are made plain. Any other is taken through a table of the 255 commonest
characters of the engine's languages, as a charset would be; a character that is not in it makes the text irregular.
"""

import re
from codecs import charmap_build, charmap_decode, charmap_encode

from articles.footnotes.fold.plain import COMMON, PLAIN, no_break_run
from articles.footnotes.fold.scan import CYRILLIC, LATIN, small, untwin

_UNDEFINED = "\ufffe"
_NO_BREAK = "\u00a0"
_LETTERS = "".join(map(chr, range(0x400, 0x460))) + "Ґґ"
_SIGNS = "“”„’‘«»–—\u00a0‑‐−\u2009\u202f…•·№§°€©\ufffc"
_LATIN = "áàâäãåçéèêëíîïñóôöøúûüÁÀÂÄÅÇÉÈÓÖØÜß"
_IRREGULAR_ASCII = "*\t\r"


def _table() -> str:
    """Return the characters by their bytes: ASCII where it stands, the others in what it leaves free."""
    kept = {code: chr(code) for code in (0, 0x0A, *range(0x20, 0x7F)) if chr(code) not in _IRREGULAR_ASCII}
    free = (code for code in range(256) if code not in kept)
    others = dict(zip(free, _LETTERS + _SIGNS + _LATIN, strict=False))
    return "".join(kept.get(code) or others.get(code) or _UNDEFINED for code in range(256))


_TABLE = _table()
_ENCODING = charmap_build(_TABLE)
_FOLDED = "".join(char if char == _UNDEFINED else small(PLAIN.get(char, char)) for char in _TABLE)
_NO_BREAK_BYTE = _TABLE.index(_NO_BREAK)
_SCRIPTS = bytes(1 if char in LATIN else 2 if char in CYRILLIC else 0 for char in _FOLDED)  # of each byte
# A letter of one script beside one of the other, looked for from the letters of the script that is rarer in the text.
_MIXED_LATIN = re.compile(rb"\x01(?:(?=\x02)|(?<=\x02\x01))")
_MIXED_CYRILLIC = re.compile(rb"\x02(?:(?=\x01)|(?<=\x01\x02))")
_SAMPLE = 400
_ASCII_SIGNS = [(char, plain) for char, plain in PLAIN.items() if char.isascii()]


def regular_scan(text: str) -> str | None:
    """Return the text as the automaton sees it, of the same length; None when something in it is irregular.

    Line breaks are taken for those of blocks.
    """
    plain = text
    if not text.isascii():
        if "о" in text or "е" in text:
            return _by_table(text)
        for char, sign in COMMON:
            if char in plain:
                plain = plain.replace(char, sign)
        if not plain.isascii():
            return _by_table(text)
        if _NO_BREAK in text and no_break_run(text):
            return None
    if "*" in plain or "\t" in plain or "\r" in plain or text.rfind("  ") >= 0:  # quicker than to find from the left
        return None
    plain = plain.lower()
    for char, sign in _ASCII_SIGNS:
        if char in plain:
            plain = plain.replace(char, sign)
    return plain


def _by_table(text: str) -> str | None:
    try:
        stored, _ = charmap_encode(text, "strict", _ENCODING)
    except UnicodeEncodeError:
        return None
    if stored.rfind(b"  ") >= 0 or (_NO_BREAK_BYTE in stored and no_break_run(text)):
        return None
    scan, _ = charmap_decode(stored, "strict", _FOLDED)
    scripts = stored.translate(_SCRIPTS)
    if 1 in scripts and 2 in scripts:
        russian = scripts.count(2, 0, _SAMPLE) > scripts.count(1, 0, _SAMPLE)
        if (_MIXED_LATIN if russian else _MIXED_CYRILLIC).search(scripts):
            return untwin(scan)
    return scan
