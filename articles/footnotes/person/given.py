"""Which words are given names or patronymics: for telling a namesake by the name that stands beside the family name."""

import re
import zlib
from collections.abc import Collection, Mapping
from functools import lru_cache

from articles.footnotes.person.declension import given
from articles.footnotes.person.latin import is_latin, key

_KEPT = 4096
# English words before a family name that share the key of a rare given name: Mayor Olkhov, in May Olkhov left.
_ENGLISH = frozenset(
    "aide any are army august been deemed elder email freed gallery garrison glory lady laden marshal martian may "
    "mayor meet met offer per pillar platoon poll rally reef saw seed seem silver unit usher valley vary visa wage "
    "wary will wit".split()
)
_ENDINGS = ("ою", "ею", "ой", "ей", "ом", "ем", "ью", "а", "я", "у", "ю", "е", "и", "ы")
_NOMINATIVES = ("", "а", "я", "й", "ь", "о")
_FLEETING = {"льв": "лев", "павл": "павел"}
# Ильич, Лукич, Никитич of fathers in -а; Сергеич, Иваныч as they are spoken; Ukrainian ones.
_PATRONYMIC = re.compile(
    r"[а-яіїєґ]{2,}(?:[ое]вич|ввич|авич|[ьмктлеа]ич|ыч)(?:а|у|ем|ом|е)?\Z"
    r"|[а-яіїєґ]{2,}(?:[оеі]вн|ичн|ишн)(?:а|ы|е|у|ой|ою)\Z"
)
_PATRONYMIC_LATIN = re.compile(r"[a-z']{2,}(?:[oe]v[iy]ch|vvich|avich|[y'lmktea]ich|[oei]vna|ichna|ishna)\Z")
_TURKIC = frozenset("оглы оглу кызы кзы гызы улы уулу угли oglu oglou ogly qizi kyzy kizi uulu".split())
_SEMITIC = frozenset("ибн бин бен бинт ibn bin ben bint".split())


class GivenNames:
    """Which words are given names.

    `russian`: name (small letters, е for ё) → its genders; `latin`: the keys (`latin.key`) of names in Latin letters.
    """

    def __init__(self, russian: Mapping[str, str], latin: Collection[str]) -> None:
        self._russian, self._latin = russian, latin
        self.readings = lru_cache(maxsize=_KEPT)(self._readings)
        self.is_latin = lru_cache(maxsize=_KEPT)(self._is_latin)

    def _readings(self, word: str) -> tuple[tuple[str, str], ...]:
        """Return (gender, cases) for each name that a folded Russian word may be a form of: `игорем` (("m", "i"),)."""
        stems = {word}
        stems.update(word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 1)
        stems.update(_FLEETING[stem] for stem in list(stems) if stem in _FLEETING)
        found: dict[str, str] = {}
        for stem in stems:
            for ending in _NOMINATIVES:
                name = stem + ending
                for gender in self._russian.get(name, ""):
                    if cases := given(name, gender).get(word):
                        found[gender] = "".join(dict.fromkeys(found.get(gender, "") + cases))
        return tuple(found.items())

    def _is_latin(self, word: str) -> bool:
        """Say whether a word in Latin letters is a given name."""
        return len(word) > 1 and word not in _ENGLISH and key(word) in self._latin

    def is_given(self, word: str) -> bool:
        """Say whether a word, folded, is a form of a given name, in either script; of a double name its first part."""
        first = re.split(r"[- ]", word)[0]
        return self.is_latin(first) if is_latin(first) else bool(self.readings(first))

    def to_bytes(self) -> bytes:
        """Return them as a register version stores them."""
        lines = [" ".join(pair) for pair in self._russian.items()]
        return zlib.compress("\n".join([*lines, "", *sorted(self._latin)]).encode())

    @classmethod
    def from_bytes(cls, stored: bytes) -> "GivenNames":
        """Return what `to_bytes` stored; no names when nothing was."""
        russian, _, latin = (zlib.decompress(stored).decode() if stored else "").partition("\n\n")
        return cls(dict(line.split(" ") for line in russian.splitlines()), frozenset(latin.splitlines()))


def is_patronymic(words: tuple[str, ...]) -> int:
    """Return of how many words, folded, a patronymic consists that ends (in Arabic: begins) the words; 0: none does.

    >>> is_patronymic(("рафик", "оглы")), is_patronymic(("ильича",)), is_patronymic(("иван",))
    (2, 1, 0)
    """
    if len(words) > 1 and (words[-1] in _TURKIC or words[-2] in _SEMITIC):
        return 2
    last = words[-1] if words else ""
    return 1 if _PATRONYMIC.match(last) or _PATRONYMIC_LATIN.match(last) else 0
