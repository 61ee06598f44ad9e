"""A natural person in a register file: the parts of the name, and what shows that they stand in the wrong places."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from articles.footnotes.registers.private import holds_private, is_dated
from articles.footnotes.registers.problems import Reader
from articles.footnotes.registers.problems import gettext_noop as _
from articles.footnotes.types import Designation, Name, Organization, Person

T = TypeVar("T", Name, Designation)
KINDS = ("organization", "person")
GENDERS = ("m", "f")
SURNAMES = ("ask", "mark")
PARTS = ("family", "given", "patronymic", "gender")
LONGEST_PART = 200
MOST_WORDS = 100  # beside which a person is never meant

# Every Russian patronymic ends so; a man's may be a family name, too (Рабинович), a woman's never is.
_OF_MAN = re.compile(r"(?:ович|евич|ьич|кич|мич|ввич|савич|тич)$", re.IGNORECASE)
_OF_WOMAN = re.compile(r"(?:овна|евна|ична|ввишна|инична)$", re.IGNORECASE)
_ORIENTAL = frozenset("оглы оглу кызы кзы гызы улы уулу угли ибн бин бинт".split())
_SCRIPTS = ("CYRILLIC", "LATIN")
_SIGNS = frozenset(" \u00a0.-‐‑'’‘ʼʻ`´")
_DAUGHTER, _SON = frozenset("кызы кзы гызы бинт".split()), frozenset("оглы оглу улы уулу угли ибн бин".split())


def parse_person(item: Reader, kind: str) -> Person | None:
    """Return the person of an entry; None for an organization, or when a part is missing, each mistake noted."""
    if kind != "person":
        for field in ("person", "surname", "not_beside"):
            if item.data.get(field):
                item.problem(field, _("only an entry of the kind “person” has this"))
        return None
    part = item.part("person")
    part.known(*PARTS)
    person = Person(_part(part, "family"), _part(part, "given"), _part(part, "patronymic", ""), _gender(part))
    if person.family and person.given and person.gender:
        _misplaced(part, person)
    return person


def _part(part: Reader, field: str, default: str | None = None) -> str:
    text = part.text(field, default).strip()
    if len(text) > LONGEST_PART:
        part.problem(field, _("is longer than %(longest)d characters"), longest=LONGEST_PART)
    elif text and not text[0].isalpha():
        part.problem(field, _("begins with no letter"))
    elif any(char.isdigit() for char in text):
        part.problem(field, _("holds a date or number of a person, which is not kept here"))
    elif strange := next((char for char in text if not _is_of_name(char)), ""):
        part.problem(field, _("holds a sign that no name holds: U+%(sign)04X"), sign=ord(strange))
    elif any(char.isalpha() and not unicodedata.name(char, "").startswith(_SCRIPTS) for char in text):
        part.problem(field, _("is in neither Russian nor Latin letters, so that nobody would be found by it"))
    return text


def _is_of_name(char: str) -> bool:
    return char.isalpha() or char in _SIGNS or unicodedata.category(char) == "Mn"


def _gender(part: Reader) -> str:
    if part.data.get("gender") is None:
        part.problem("gender", _("%(value)r is not one of %(allowed)s"), value=None, allowed=", ".join(GENDERS))
        return ""
    return part.choice("gender", GENDERS, "")


def _misplaced(part: Reader, person: Person) -> None:
    """Note a patronymic in another part's place, and one that does not fit the gender."""
    given = person.given.split()
    if any(_patronymic_of(word) for word in given) or (len(given) > 1 and _oriental(person.given)):
        part.problem("given", _("holds a patronymic, which has a field of its own"))
    family = person.family.split()
    if any(_OF_WOMAN.search(word) for word in family) or (len(family) > 1 and any(map(_patronymic_of, family))):
        part.problem("family", _("holds a patronymic, which has a field of its own"))
    elif _OF_MAN.search(person.family) and person.patronymic and not patronymic_gender(person.patronymic):
        part.problem("family", _("is a patronymic, and what stands for the patronymic is none"))
    fitting = patronymic_gender(person.patronymic)
    if fitting and fitting != person.gender:
        part.problem("gender", _("%(value)r does not fit the patronymic"), value=person.gender)


def patronymic_gender(text: str) -> str:
    """Return "m" or "f" for what has the form of a patronymic, else "".

    >>> patronymic_gender("Рауф кызы"), patronymic_gender("Ильич"), patronymic_gender("Чижиков")
    ('f', 'm', '')
    """
    words = text.lower().split()
    if not words:
        return ""
    if len(words) > 1 and (words[-1] in _DAUGHTER or words[0] in _DAUGHTER):
        return "f"
    if len(words) > 1 and (words[-1] in _SON or words[0] in _SON):
        return "m"
    return _patronymic_of(words[-1])


def _patronymic_of(word: str) -> str:
    return "f" if _OF_WOMAN.search(word) else "m" if _OF_MAN.search(word) else ""


def _oriental(text: str) -> bool:
    return not _ORIENTAL.isdisjoint(text.lower().split())


def check_names(items: Iterable[Reader], names: Iterable[Name], kind: str) -> None:
    """Note what no name of a person, or of an organization, can be."""
    for item, name in zip(items, names, strict=True):
        if name.kind == "pseudonym" and kind != "person":
            item.problem("kind", _("only a person has a pseudonym"))
        elif name.kind == "pseudonym" and sum(char.isalnum() for char in name.text) < 2:
            item.problem("text", _("a pseudonym of one letter would be found everywhere"))
        elif kind == "person" and is_dated(name.text):
            item.problem("text", _("holds a date or number of a person, which is not kept here"))


def check_key(item: Reader, key: str) -> None:
    """Note a person's key that is a number of a taxpayer or insured person."""
    if re.search(r"\d{9}|\d{3}-\d{3}-\d{3}", key):
        item.problem("key", _("holds a date or number of a person, which is not kept here"))


def without_private(item: Reader, one: T, *fields: str) -> T:
    """Return a name or designation without the texts of its fields that tell what is kept of nobody, each noted."""
    for field in fields:
        value = getattr(one, field)
        if any(map(holds_private, (value,) if isinstance(value, str) else value)):
            item.pass_over(field, _("tells a birth date, a person's number or an address; it is passed over"))
            one = replace(one, **{field: type(value)()})
    return one


def words_beside(item: Reader) -> tuple[str, ...]:
    """Return the words beside which a person is never meant, without birth dates and numbers, which are noted."""
    words = item.texts("not_beside")
    kept = tuple(word for word in words if not is_dated(word))
    if kept != words:
        item.pass_over("not_beside", _("tells a birth date or a person's number; it is passed over"))
    return kept


def twins(organizations: Iterable[Organization]) -> Iterator[tuple[str, str]]:
    """Yield (key, key of the one before) of two entries of one person.

    Two persons may share all three names: so they count as two where one register lists them since different days.
    """
    seen: dict[tuple[str, ...], list[Organization]] = {}
    for one in organizations:
        if one.person is None:
            continue
        before = seen.setdefault(identity(one.person), [])
        same = next((other for other in before if not told_apart(one, other)), None)
        if same is not None:
            yield one.key, same.key
        before.append(one)


def identity(person: Person) -> tuple[str, ...]:
    """Return what two entries of one person have in common."""
    parts = (person.family, person.given, person.patronymic)
    return (*(" ".join(part.lower().replace("ё", "е").split()) for part in parts), person.gender)


def told_apart(one: Organization, other: Organization) -> bool:
    """Say whether a register lists both, each since another known day."""
    return apart(*([(period.register, period.since) for period in both.designations] for both in (one, other)))


def apart(periods: Iterable[tuple[object, date | None]], others: Iterable[tuple[object, date | None]]) -> bool:
    """Say the same of (register, since)."""
    days = dict(periods)
    return any(since and days.get(register) and days[register] != since for register, since in others)
