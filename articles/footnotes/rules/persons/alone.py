"""A family name without a given name beside it: alone, or in the plural."""

import re

from articles.footnotes.automaton import LATIN, PersonData, PersonForm
from articles.footnotes.rules.hit import Passage, in_capitals, sentence_begins
from articles.footnotes.rules.persons.reading import (
    BARE,
    OTHER,
    PLURAL,
    Reading,
    genders_of,
    matches_given,
)
from articles.footnotes.rules.persons.tokens import WORD, Token, in_latin, is_name_like

_MEN = frozenset("гн господин господина господину господином господине mr mister monsieur herr".split())
_WOMEN = frozenset("гжа гжи гже гжу гжой госпожа госпожи госпоже госпожу госпожой mrs ms miss madame frau".split())
_TITLE = re.compile(r"(?<![\w-])([А-Яа-яЁё]+(?:-[а-я]+)?|[A-Z][a-z]+)\.?[ \u00a0]\Z")
# Words after which a capital is a place's or an office's, not a given name's.
_GOVERNING = frozenset(
    "в во на из с со к ко по за под у от для о об при до про через над между без вместо после перед против".split()
)
# Offices that the name of a place or body follows: `мэр Приморска Ольхова`.
_OFFICES = (
    "мэр", "глав", "губернатор", "президент", "премьер", "министр", "жител", "депутат", "сенатор", "прокурор", "посол",
    "посла", "директор", "начальник", "урожен", "редактор", "корреспондент", "сотрудни", "руководител", "представител",
    "председател", "спикер", "секретар", "член", "основател", "владел", "замест", "ректор", "тренер", "капитан",
)  # fmt: skip
# English words after which a capital is a given name's: elsewhere it may be a place, an office, an outlet.
_PEOPLE_LATIN = frozenset(
    "brother sister cousin wife husband son daughter father mother uncle aunt nephew niece widow partner friend "
    "neighbour neighbor namesake artist singer writer poet author journalist reporter blogger lawyer activist actor "
    "actress teacher painter sculptor musician footballer swimmer coach doctor farmer baker cook driver businessman "
    "businesswoman entrepreneur student historian engineer named certain".split()
)
_ENDS_OF_MAN = {"n": tuple("бвгджзйклмнпрстфхцчшщьоу"), "g": ("а", "я"), "d": ("у", "ю"), "i": ("ом", "ем")}
_ENDS_OF_WOMAN = {"n": ("а", "я", "ь"), "g": ("ы", "и"), "d": ("е", "и"), "a": ("у", "ю"), "i": ("ой", "ей")}
_KIN = (
    "брать", "сестр", "сестер", "супруг", "семь", "семей", "чета", "чет", "клан", "династи", "близнец",
)  # fmt: skip
_KIN_ENDINGS = 4
_KIN_LATIN = frozenset("brothers sisters family twins couple siblings".split())


def read_alone(
    passage: Passage,
    start: int,
    end: int,
    form: PersonForm,
    person: PersonData,
    before: list[Token],
    after: list[Token],
) -> Reading:
    """Return the reading of a family name without a given name: alone, in the plural, of the other gender."""
    if not form.own and not form.other:
        return Reading(PLURAL, form, start, end)
    if form.plural and before and before[0].text.lower().startswith(_KIN) and _is_kin(before[0].text.lower()):
        return Reading(PLURAL, form, start, end)
    if LATIN in form.own + form.other and after and after[0].text in _KIN_LATIN:
        return Reading(PLURAL, form, start, end)
    genders = genders_of(form, person, None)
    titled = _title_gender(passage, start)
    if not form.own or (titled and titled != person.gender and (form.other or titled not in genders)):
        return Reading(OTHER, form, start, end, rule="other_gender", genders="")
    return Reading(BARE, form, start, end, genders=genders, doubt=_doubtful(passage, form, person, before))


def _doubtful(passage: Passage, form: PersonForm, person: PersonData, before: list[Token]) -> Token | None:
    """Return a word with a capital inside a sentence that may be a given name nobody knows: it agrees with the form;
    or what stands between the person's given name and the family name, and is no part of the person's."""
    if not before or not is_name_like(before[0]) or before[0].folded in person.given:
        return None
    token, text = before[0], passage.text
    previous = before[1] if len(before) > 1 else None
    if previous is not None and matches_given(person, before[1:]):
        return token
    if sentence_begins(text, token.start) or in_capitals(text, token.start, token.end) or previous is None:
        return None
    word = previous.text.lower()
    first = sentence_begins(text, previous.start)
    if previous.kind != WORD or not (previous.text.islower() or first) or word in _GOVERNING:
        return None
    if word.startswith(_OFFICES):
        return None
    if in_latin(token.text):
        return token if word in _PEOPLE_LATIN and form.own == LATIN else None
    ends = _ENDS_OF_MAN if person.gender == "m" else _ENDS_OF_WOMAN
    return token if any(token.folded.endswith(ends[case]) for case in form.own if case in ends) else None


def _is_kin(word: str) -> bool:
    stem = next(stem for stem in _KIN if word.startswith(stem))
    return len(word) - len(stem) <= _KIN_ENDINGS


def _title_gender(passage: Passage, start: int) -> str:
    """Return the gender that a title directly before the name states: г-жа, Mr, Ms."""
    match = _TITLE.search(passage.text, max(0, start - 14), start)
    word = match[1].lower().replace("-", "") if match else ""
    return "f" if word in _WOMEN else "m" if word in _MEN else ""
