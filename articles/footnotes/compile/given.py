"""Given names made ready: those of the Russian dictionary, of Western texts, and of the persons on the registers."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from articles.footnotes.inflect import given_names
from articles.footnotes.person.given import GivenNames
from articles.footnotes.person.latin import key
from articles.footnotes.types import Person

# Names that the dictionary has as another word only, or not at all, each with the example that earned it.
_ALSO = {
    "том": "m",  # Том Озерин: «том» is a pronoun first
    "куртис": "m",  # Куртис Озерин
    "зигурд": "m",  # Зигурд Озерин
    "люка": "m",  # Люка Озерин
}
_SIMPLE = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
        "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    }
)  # fmt: skip


@cache
def known_given_names() -> GivenNames:
    """Return the given names that are known without a register."""
    return GivenNames(*_known())


def given_names_with(persons: Iterable[Person]) -> GivenNames:
    """Return the given names that are known, and those of the persons, which the dictionary may not have."""
    russian, latin = _known()
    russian = dict(russian)
    for person in persons:
        name = person.given.lower().replace("ё", "е")
        if name.isalpha():  # of a double name the person alone is known
            russian[name] = "".join(dict.fromkeys(russian.get(name, "") + person.gender))
    added = _keys(name for name in russian if name not in _known()[0])
    return GivenNames(russian, latin | added)


@cache
def _known() -> tuple[dict[str, str], frozenset[str]]:
    """Return the Russian names with their genders, and the keys of all names in Latin letters: of a Russian one of one
    spelling, which is that of all."""
    russian = {**given_names(), **_ALSO}
    lines = Path(__file__).with_name("english_names.txt").read_text(encoding="utf-8").splitlines()
    western = [word for line in lines if line[:1] != "#" for word in line.split()]
    return russian, _keys(russian) | _keys(western)


def _keys(names: Iterable[str]) -> frozenset[str]:
    text = "\n".join(name.translate(_SIMPLE) for name in names)
    return frozenset(key.__wrapped__(text).split("\n"))  # all at once costs a tenth
