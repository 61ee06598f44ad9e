"""Ways to spell a name of which a list prints one: of the other side of the ocean, without accents, with an ampersand.

None of them can be another name: each differs from the listed one only in how the same words are written.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import partial

# Spelled in two ways, on the two sides of an ocean; a list has one of them, an outlet prints its own.
_OCEAN = (
    ("centre", "center"), ("defence", "defense"), ("labour", "labor"), ("organisation", "organization"),
    ("programme", "program"), ("theatre", "theater"), ("licence", "license"), ("harbour", "harbor"),
)  # fmt: skip
_SWAPS = tuple(
    (re.compile(rf"\b{old}(s?)\b", re.IGNORECASE), new) for pair in _OCEAN for old, new in (pair, pair[::-1])
)
_SERIAL = re.compile(r"(, [^,]+?)( and )")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_STROKES = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i"})
_LATIN = re.compile(r"[^\W\d_а-яёА-ЯЁ]")
# The same word in Cyrillic letters, and who a body is named after.
_RUSSIAN = (
    ("Интернешнл", "Интернэшнл"), ("Интернешнл", "Интернейшнл"), ("Интернешнл", "Интернешенл"),
    ("Интернешнл", "Интернешионал"), ("имени ", "им. "), ("рымско-татарск", "рымскотатарск"), ("нтивоенн", "нти-военн"),
)  # fmt: skip
_MOST = 64

Way = Callable[[str], Iterable[str]]


def english_ways(name: str) -> list[str]:
    """Return a name in Latin letters and the other ways to spell it, the name itself first."""
    ways = _all_ways([name], (_plain,))
    return _all_ways(ways, (_ocean, _ampersand, _serial_comma, _apostrophe)) if " " in name else ways


def russian_ways(name: str) -> list[str]:
    """The same of a Russian name, in any of its cases."""
    return _all_ways([name], (_respelled,))


def _all_ways(ways: list[str], makes: tuple[Way, ...]) -> list[str]:
    for make in makes:
        ways = list(dict.fromkeys([*ways, *(other for way in ways for other in make(way))]))[:_MOST]
    return ways


def _ocean(name: str) -> list[str]:
    """Swap each such word by itself: a name may have one of this side and one of the other."""
    found, low = [name], name.lower()
    for swapped, new in _SWAPS:
        if swapped.pattern[2:6] in low:
            found += [swapped.sub(partial(_as_written, new=new), way) for way in found]
            found = list(dict.fromkeys(found))
    return found[1:]


def _as_written(word: re.Match[str], *, new: str) -> str:
    spelled = new + word[1].lower()
    if word[0].isupper():
        return spelled.upper()
    return spelled.capitalize() if word[0][0].isupper() else spelled


def _plain(name: str) -> list[str]:
    """Without accents, a German umlaut with its e, too: Böll, Boll, Boell."""
    if name.isascii() or _LATIN.search(name) is None:
        return []
    return [_stripped(name), _stripped(name.translate(_UMLAUTS))]


def _stripped(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.translate(_STROKES))
    return unicodedata.normalize("NFC", "".join(char for char in apart if not unicodedata.combining(char)))


def _ampersand(name: str) -> list[str]:
    return [name.replace(" and ", " & "), name.replace(" & ", " and ")]


def _serial_comma(name: str) -> list[str]:
    """With a comma before the last “and” of a list, or without it."""
    return [name.replace(", and ", " and "), _SERIAL.sub(r"\1,\2", name) if ", and " not in name else name]


def _apostrophe(name: str) -> list[str]:
    """Without the apostrophe of a plural's possessive: Doctors' Alliance."""
    return [re.sub(r"s['’] ", "s ", name)]


def _respelled(name: str) -> list[str]:
    found = [name]
    for one, other in _RUSSIAN:
        if one in name or other in name:
            found += [way.replace(old, new) for way in found for old, new in ((one, other), (other, one))]
            found = list(dict.fromkeys(found))
    return found[1:]
