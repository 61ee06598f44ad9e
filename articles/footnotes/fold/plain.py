"""Signs that are written in several ways, each made one: quotation marks, apostrophes, hyphens, spaces.

Of the same length, so offsets stay as they are. An English text is ASCII after its common signs are made plain, and
then all that follows costs a fraction; of the other texts the first bytes of their UTF-8 characters say which of the
rare signs to look for.
"""

_QUOTES = "“”„‟«»‹›〝〞＂"
_APOSTROPHES = "’‘ʼ‛′`´"
_HYPHENS = "-–—‑‐−‒―"
_SPACES = "\u00a0\u2009\u202f\u2007\u200a\u2002\u2003\u2008\u3000\t\r\f\v"
PLAIN = (
    dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_APOSTROPHES, "'")
    | dict.fromkeys(_HYPHENS, " ")
    | dict.fromkeys(_SPACES, " ")
)
_ASCII = [(char, plain) for char, plain in PLAIN.items() if char.isascii()]
COMMON = [(char, PLAIN[char]) for char in "“”’«»—–\u00a0‘"]

GLYPH_CHARS = "*✱†‡²³¹⁰⁴⁵⁶⁷⁸⁹∗＊⁎"
BREAKS = "\n\u2028\u2029"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f"
_COMMON_ACCENTS = "\u0300\u0301\u0303\u0306\u0308"  # one of these stands in any text with accents of its own
_RARE = BREAKS + "&" + GLYPH_CHARS + INVISIBLE + _COMMON_ACCENTS
_RARE_ASCII = "".join(char for char in _RARE if char.isascii())


def _by_lead() -> list[tuple[bytes, list[tuple[str, str]], str]]:
    """Return the signs beyond ASCII by the first byte of their UTF-8: (byte, those to make plain, the rare ones)."""
    seldom = [char for char in PLAIN if not char.isascii() and (char, PLAIN[char]) not in COMMON]
    leads = sorted({char.encode()[:1] for char in [*seldom, *_RARE] if not char.isascii()})
    return [
        (
            lead,
            [(char, PLAIN[char]) for char in seldom if char.encode()[:1] == lead],
            "".join(char for char in _RARE if char.encode()[:1] == lead),
        )
        for lead in leads
    ]


_BY_LEAD = _by_lead()


def plain_form(text: str) -> tuple[str, str]:
    """Return the text with its signs made plain, and the irregular characters that may stand in it."""
    plain = text
    if not text.isascii():
        for char, sign in COMMON:
            if char in plain:
                plain = plain.replace(char, sign)
    rare = _RARE_ASCII
    if not plain.isascii():
        stored = plain.encode("utf-8", "surrogatepass")
        for lead, signs, irregular in _BY_LEAD:
            if lead in stored:
                rare += irregular
                for char, sign in signs:
                    if char in plain:
                        plain = plain.replace(char, sign)
    for char, sign in _ASCII:
        if char in plain:
            plain = plain.replace(char, sign)
    return plain, rare


def no_break_run(text: str) -> bool:
    """Say whether a no-break space stands beside another space."""
    at = text.find("\u00a0")
    while at >= 0:
        if text[at + 1 : at + 2].isspace() or text[at - 1 : at].isspace():
            return True
        at = text.find("\u00a0", at + 1)
    return False
