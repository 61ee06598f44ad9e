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


def _kind(char: str) -> int:
    """Return 1 for a Latin letter, 2 for a Cyrillic one, 3 for what else belongs to a word, 0 for what does not."""
    return 1 if char in LATIN else 2 if char in CYRILLIC else 3 if char.isalnum() or char == "_" else 0


_KINDS = bytes(map(_kind, _FOLDED))  # of each byte
_RARE_SIGNS = [(char, PLAIN[char]) for char in "`\f\v"]
_RARE, _IRREGULAR = 4, 5
_ASCII_KINDS = bytes(
    _IRREGULAR if char in _IRREGULAR_ASCII else _RARE if char in dict(_RARE_SIGNS) else _kind(char.lower())
    for char in map(chr, range(256))
)
# A letter of one script beside one of the other, looked for from the letters of the script that is rarer in the text.
_MIXED_LATIN = re.compile(rb"\x01(?:(?=\x02)|(?<=\x02\x01))")
_MIXED_CYRILLIC = re.compile(rb"\x02(?:(?=\x01)|(?<=\x01\x02))")
_SAMPLE = 400


def regular_scan(text: str) -> tuple[str, bytes] | None:
    """Return the text as the automaton sees it, of the same length, and by offset whether what stands before it belongs
    to a word; None when something in it is irregular.

    Line breaks are taken for those of blocks.
    """
    plain = text
    if not text.isascii():
        if "о" in text or "е" in text:
            return _by_table(text)
        for char, sign in COMMON:
            plain = plain.replace(char, sign)
            if plain.isascii():
                break
        else:
            return _by_table(text)
        if _NO_BREAK in text and no_break_run(text):
            return None
    kinds = f" {plain} ".encode().translate(_ASCII_KINDS)
    if _IRREGULAR in kinds or text.rfind("  ") >= 0:  # quicker than to find from the left
        return None
    if _RARE in kinds:
        for char, sign in _RARE_SIGNS:
            plain = plain.replace(char, sign)
        kinds = kinds.replace(bytes([_RARE]), b"\0")
    return plain.lower().replace("-", " "), kinds


def _by_table(text: str) -> tuple[str, bytes] | None:
    try:
        stored, _ = charmap_encode(text, "strict", _ENCODING)
    except UnicodeEncodeError:
        return None
    if stored.rfind(b"  ") >= 0 or (_NO_BREAK_BYTE in stored and no_break_run(text)):
        return None
    scan, _ = charmap_decode(stored, "strict", _FOLDED)
    kinds = stored.translate(_KINDS)
    if 1 in kinds and 2 in kinds:
        russian = kinds.count(2, 0, _SAMPLE) > kinds.count(1, 0, _SAMPLE)
        if (_MIXED_LATIN if russian else _MIXED_CYRILLIC).search(kinds):
            scan = untwin(scan)
    return scan, b"\0" + kinds + b"\0"
