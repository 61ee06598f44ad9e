"""Russian names in Latin letters: every usual spelling, and a key that all of them share.

Authority: ICAO Doc 9303 (passports), BGN/PCGN 1947, GOST 7.79, and what newspapers print.
"""

import re
import unicodedata
from functools import lru_cache

MOST = 48  # spellings of one word
_PLAIN = {
    "а": ("a",), "б": ("b",), "в": ("v",), "г": ("g",), "д": ("d",), "ж": ("zh",), "з": ("z",), "и": ("i",),
    "к": ("k",), "л": ("l",), "м": ("m",), "н": ("n",), "о": ("o",), "п": ("p",), "р": ("r",), "с": ("s",),
    "т": ("t",), "у": ("u",), "ф": ("f",), "х": ("kh", "h"), "ц": ("ts", "c"), "ч": ("ch",), "ш": ("sh",),
    "щ": ("shch", "sch"), "ъ": ("", "ie"), "ы": ("y",), "ь": ("", "'"), "э": ("e",), "ю": ("yu", "iu", "ju"),
    "я": ("ya", "ia", "ja"), "й": ("y", "i", "j"), "-": ("-",), " ": (" ",), "'": ("'",), "і": ("i",),
    "ї": ("yi", "i"), "є": ("ye", "ie"), "ґ": ("g",),
}  # fmt: skip
_VOWELS = "аеёиоуыэюя"
_SOFT = "жчшщ"
# Endings of adjectives and of given names, whole: they are spelled in more ways than their letters.
_ENDINGS = {
    "ский": ("sky", "skiy", "skii", "ski", "skij"), "цкий": ("tsky", "tskiy", "tskii", "tski", "tskij", "cky", "ckiy"),
    "ий": ("y", "iy", "ii", "i", "ij"), "ый": ("y", "yy", "yi", "yj", "iy"),
    "ия": ("ia", "iya", "iia", "ija"), "ая": ("aya", "aia", "aja"), "яя": ("yaya", "iaia"),
}  # fmt: skip
_EXTRA = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe",
    "þ": "th", "ð": "d", "ə": "a", "Ə": "A",
})  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_UKRAINIAN = re.compile(r"(?:ко|ук|юк|чак|щак|ейко|ець|ишин|ська|ський)\Z")


def is_latin(text: str) -> bool:
    """Say whether a name is written in Latin letters."""
    return any("a" <= char <= "z" or "\u00c0" <= char <= "\u024f" for char in text.lower())


def without_accents(text: str) -> str:
    """Return the text with plain Latin letters: `Grikštaitis` is `Grikstaitis`."""
    plain = unicodedata.normalize("NFD", text.translate(_EXTRA))
    return "".join(char for char in plain if not unicodedata.combining(char))


def listed_spellings(text: str) -> list[str]:
    """Return a Latin spelling as it is listed, without its accents, and with two letters for an umlaut."""
    low = text.lower()
    return list(dict.fromkeys((low, without_accents(low), without_accents(low.translate(_UMLAUTS)))))


def spellings(word: str) -> list[str]:
    """Return the usual Latin spellings of a Russian word (small letters, ё kept), the commonest first, at most MOST.

    >>> spellings("ёж")
    ['yozh', 'ezh', 'iozh']
    """
    if " " in word or "-" in word:
        sep = " " if " " in word else "-"
        every = [spellings(part)[:8] for part in word.split(sep)]
        return _product(every, sep)
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) > len(end)), "")
    stem = word[: len(word) - len(ending)] if ending else word
    ukrainian = _UKRAINIAN.search(word) is not None
    options = [_letter(stem + ending, i, ukrainian) for i in range(len(stem))]
    if ending:
        options.append(_ENDINGS[ending])
    found = _product(options, "")
    if "дж" in word:
        found += [one.replace("dzh", "j") for one in found]
    if "кс" in word:
        found += [one.replace("ks", "x") for one in found]
    return list(dict.fromkeys(found))[: 2 * MOST]


def _letter(word: str, i: int, ukrainian: bool) -> tuple[str, ...]:
    char, before = word[i], word[i - 1] if i else ""
    if char == "ё":
        return ("o", "yo", "e", "ë") if before in _SOFT and before else ("yo", "e", "io", "ye", "ë")
    if char == "е":
        if not before:
            return ("ye", "e", "je")
        if before in "ьъ":
            return ("ye", "ie", "e")
        return ("e", "ye") if before in _VOWELS else ("e",)
    if char in "ьъ" and word[i + 1 : i + 2] in tuple("еёюя"):
        return ("", "'")
    if ukrainian and char == "г":
        return ("h", "g")
    if ukrainian and char == "и":
        return ("y", "i")
    if char == "и" and before in "ьъ" and before:
        return ("i", "yi")
    return _PLAIN.get(char, (char,))


def _product(options: list[tuple[str, ...]] | list[list[str]], sep: str) -> list[str]:
    """Combine choices, the first ones first, and leave out the least likely when there are too many."""
    found: list[tuple[int, str]] = [(0, "")]
    for i, choice in enumerate(options):
        found = [(rank + at, text + (sep if i else "") + one) for rank, text in found for at, one in enumerate(choice)]
        if len(found) > MOST:
            found = sorted(found, key=lambda pair: pair[0])[:MOST]
    return [text for _, text in sorted(found, key=lambda pair: pair[0])]


_KEY = (
    (re.compile(r"[’'`ʹ]"), ""), (re.compile(r"shch|sch|šč"), "$"), (re.compile(r"kh|ch(?=ael)"), "h"),
    (re.compile(r"ts|tz"), "c"), (re.compile(r"dzh"), "j"), (re.compile(r"x"), "ks"), (re.compile(r"q"), "k"),
    (re.compile(r"\b(?:oglu|oglou)\b"), "ogly"), (re.compile(r"\b(?:g[iy]z[iy])\b"), "kizi"), (re.compile(r"w"), "v"),
    (re.compile(r"(?<=[a-z])(?:iyo|io|yo)"), "e"), (re.compile(r"\b(?:yo|jo|io)"), "e"),
    (re.compile(r"\b(?:ye|je|ie)"), "e"), (re.compile(r"(?<=[a-z])(?:ye|ie|je)"), "e"),
    (re.compile(r"\b(?:yu|iu|ju)"), "u"), (re.compile(r"(?:i?yu|i?iu|i?ju)"), "u"),
    (re.compile(r"(?:i?ya|i?ia|i?ja)"), "#"), (re.compile(r"(?:iy|ii|yy|ij|yj|y|i|j)+"), "i"),
    (re.compile(r"([a-z$])\1"), r"\1"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Return what all Latin spellings of a name share: `Yevgeny`, `Evgenii` and `Evgeniy` have one key."""
    low = without_accents(text.lower())
    for pattern, plain in _KEY:
        low = pattern.sub(plain, low)
    return low.replace("-", "").replace(" ", "")


def keys_of(word: str) -> set[str]:
    """Return the keys of a Russian word's Latin spellings; a few, because most share one."""
    return {key(one) for one in spellings(word)}
