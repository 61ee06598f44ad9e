"""What a register file leaves out of a name, derived by the rules of docs/reference/register-file.md."""

import re
from dataclasses import dataclass

from articles.footnotes.fold import fold_form
from articles.footnotes.inflect import is_dictionary_word
from articles.footnotes.types import Name

# What any designated body may be called; beside it a name that is also a word is the body.
GENERAL_DESCRIPTORS = {
    "ru": ("организация", "группировка", "движение", "объединение"),
    "en": ("group", "grouping", "organization", "organisation", "movement"),
}
# English words of grammar that an abbreviation may spell in capitals.
_FUNCTION_WORDS = frozenset(
    "a am an and are as at be but by can do for from had has have he her him his how i if in is it its may me my "
    "no nor not of off on or our out she so that the to too up us was we were what when who will with you".split()
)
# Common nouns that begin a Russian official name and are written small in running text.
_COMMON_HEADS = frozenset(
    "автономная агентство ассоциация батальон бригада группа группировка движение издание институт комитет "
    "корпорация межрегиональная межрегиональное международная международное молодежная молодежное национальная "
    "общественная общественное община общероссийская общероссийское объединение организация партия полк правозащитный "
    "проект радиостанция региональная региональное религиозная религиозное сайт совет сообщество союз телеканал "
    "телерадиокомпания террористическая террористическое университет фонд формирование центр школа экстремистская "
    "экстремистское".split()
)
_LETTERS = re.compile(r"[^\W\d_]+")
_LONG_NAME = 6
_SHORT_ABBREVIATION = 3


@dataclass(frozen=True, slots=True)
class Derived:
    """A name's settings with nothing left out."""

    strength: str
    kind: str
    case: str
    inflection: str
    spells_word: bool


def derive(name: Name) -> Derived:
    """Return the settings of a name, each as the file gives it or by its rule."""
    words = _LETTERS.findall(name.text)
    single = len(words) == 1 and " " not in name.text.strip()
    kind = name.kind or ("abbreviation" if single and _all_capitals(words[0]) else "proper")
    spells = name.spells_word
    return Derived(
        strength=name.strength or _strength(name, words, single, kind),
        kind=kind,
        case=name.case or _case(name, words, kind),
        inflection=name.inflection or _inflection(name, kind),
        spells_word=fold_form(name.text) in _FUNCTION_WORDS if spells is None else spells,
    )


def _all_capitals(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _strength(name: Name, words: list[str], single: bool, kind: str) -> str:
    """An imported single word is a question until a person has set its strength."""
    if kind == "abbreviation":
        return "weak" if len(words[0]) <= _SHORT_ABBREVIATION else "strong"
    if not single:
        return "strong"
    if name.language == "en":
        return "ask"
    return "ask" if is_dictionary_word(words[0]) else "strong"


def _case(name: Name, words: list[str], kind: str) -> str:
    if kind == "abbreviation":
        return "as_written"
    if name.text == name.text.lower() or len(words) >= _LONG_NAME:
        return "any"
    capitals = sum(word[0].isupper() for word in words)
    if name.language == "en" and words[0] == "The" and len(words) > 2:
        return "first_free"
    if name.language == "ru" and fold_form(words[0]) in _COMMON_HEADS and (len(words) > 2 or capitals > 1):
        return "first_free"
    return "capitals"


def _inflection(name: Name, kind: str) -> str:
    if name.language != "ru":
        return "indeclinable"
    return "abbreviation" if kind == "abbreviation" else "head"
