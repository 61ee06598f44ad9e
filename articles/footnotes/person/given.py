"""Which words are given names or patronymics: for telling a namesake by the name that stands beside the family name."""

import re
from functools import cache, lru_cache
from pathlib import Path

from articles.footnotes.person.declension import given
from articles.footnotes.person.latin import is_latin, key

_HERE = Path(__file__).parent
_ENDINGS = ("ою", "ею", "ой", "ей", "ом", "ем", "ью", "а", "я", "у", "ю", "е", "и", "ы")
_NOMINATIVES = ("", "а", "я", "й", "ь", "о")
_FLEETING = {"льв": "лев", "павл": "павел"}
_PATRONYMIC = re.compile(
    r"[а-я]{2,}(?:ович|евич|ьич|мич|ыч|ович|ввич|савич)(?:а|у|ем|ом|е)?\Z|[а-я]{2,}(?:овн|евн|ичн|инишн)(?:а|ы|е|у|ой|ою)\Z"
)
_PATRONYMIC_LATIN = re.compile(r"[a-z']{2,}(?:ovich|evich|yich|'ich|lich|mich|vvich|ovna|evna|ichna|inichna)\Z")
_TURKIC = frozenset("оглы оглу кызы кзы гызы улы уулу угли oglu oglou ogly qizi kyzy kizi uulu".split())
_SEMITIC = frozenset("ибн бин бен бинт ibn bin ben bint".split())


@cache
def _russian() -> dict[str, str]:
    lines = (_HERE / "given_names.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ") for line in lines if line and line[0] != "#")


@cache
def _latin() -> frozenset[str]:
    """Return the keys of all given names in Latin letters, one spelling of each Russian one."""
    lines = (_HERE / "english_names.txt").read_text(encoding="utf-8").splitlines()
    western = [word for line in lines if line[:1] != "#" for word in line.split()]
    every = "\n".join([*western, *map(_latin_of, _russian())])
    return frozenset(key.__wrapped__(every).split("\n"))  # all at once costs a tenth


_SIMPLE = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
        "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    }
)  # fmt: skip


def _latin_of(word: str) -> str:
    return word.translate(_SIMPLE)


@lru_cache(maxsize=4096)
def given_readings(word: str) -> tuple[tuple[str, str], ...]:
    """Return (gender, cases) for each given name that a folded Russian word may be a form of.

    >>> given_readings("игорем")
    (('m', 'i'),)
    """
    stems = {word}
    stems.update(word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 1)
    stems.update(_FLEETING[stem] for stem in list(stems) if stem in _FLEETING)
    names = _russian()
    found: dict[str, str] = {}
    for stem in stems:
        for ending in _NOMINATIVES:
            name = stem + ending
            for gender in names.get(name, ""):
                if cases := given(name, gender).get(word):
                    found[gender] = "".join(dict.fromkeys(found.get(gender, "") + cases))
    return tuple(found.items())


@lru_cache(maxsize=4096)
def is_given_latin(word: str) -> bool:
    """Say whether a word in Latin letters is a given name."""
    return len(word) > 1 and key(word) in _latin()


def is_given(word: str) -> bool:
    """Say whether a word, folded, is a form of a given name, in either script; of a double name its first part."""
    first = re.split(r"[- ]", word)[0]
    return is_given_latin(first) if is_latin(first) else bool(given_readings(first))


def is_patronymic(words: tuple[str, ...]) -> int:
    """Return of how many words, folded, a patronymic consists that ends (in Arabic: begins) the words; 0: none does.

    >>> is_patronymic(("рафик", "оглы")), is_patronymic(("ильича",)), is_patronymic(("иван",))
    (2, 1, 0)
    """
    if len(words) > 1 and (words[-1] in _TURKIC or words[-2] in _SEMITIC):
        return 2
    last = words[-1] if words else ""
    return 1 if _PATRONYMIC.match(last) or _PATRONYMIC_LATIN.match(last) else 0
