"""Read a register file's dict. The schema is described in docs/reference/register-file.md."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from articles.footnotes.registers.book import Registers
from articles.footnotes.registers.person import KINDS as ENTRY_KINDS
from articles.footnotes.registers.person import SURNAMES, check_names, parse_person, twins
from articles.footnotes.registers.problems import Problem, Reader, RegisterFileError
from articles.footnotes.registers.problems import gettext_noop as _
from articles.footnotes.registers.resource import parse_resource
from articles.footnotes.statuses import STATUS_ORDER
from articles.footnotes.types import Designation, Name, Organization, Register, Wording

STRENGTHS = ("strong", "quoted", "weak", "ask")
KINDS = ("abbreviation", "proper", "official", "long", "pseudonym")
CASES = ("as_written", "capitals", "first_free", "any")
INFLECTIONS = ("head", "last", "each", "abbreviation", "indeclinable")
GENDERS = ("f", "m", "n")
ENTRY = tuple("key also_keys names designations descriptor kind person surname not_beside resources".split())
NOTES = ("one", "many", "inline", "lifted")
PERSON_NOTES = tuple(f"person_{form}" for form in NOTES)  # where the others speak of organizations


def parse_registers(data: dict[str, Any]) -> Registers:
    """Return the registers of a file's dict.

    Raises RegisterFileError with every mistake found: where, field and message.
    """
    problems: list[Problem] = []
    registers = _parsed(data, problems)
    if problems:
        raise RegisterFileError(problems)
    return registers


def parse_usable(data: dict[str, Any], *, persons_only: bool = False) -> tuple[Registers, list[Problem]]:
    """Return the registers of a file's dict without its faulty entries, and every mistake found.

    `persons_only`: only an entry of a person may be left out. Raises RegisterFileError when more is wrong.
    """
    problems: list[Problem] = []
    registers = _parsed(data, problems)
    faulty = faulty_entries(problems)
    if all(one.harmless for one in problems):
        return registers, problems
    entries = data.get("organizations") if isinstance(data, dict) else None
    if not isinstance(entries, list) or (persons_only and not all(_is_person(entries[number]) for number in faulty)):
        raise RegisterFileError(problems)
    left: list[Problem] = []
    registers = _parsed({**data, "organizations": without(entries, faulty)}, left)
    if not all(one.harmless for one in left):
        raise RegisterFileError(problems)
    return registers, problems


def _is_person(entry: object) -> bool:
    return isinstance(entry, dict) and entry.get("kind") == "person"


def faulty_entries(problems: Iterable[Problem]) -> set[int]:
    """Return the numbers of the entries (`organizations[3]`) that cannot be read as they are."""
    places = (re.match(r"organizations\[(\d+)\]", one.where) for one in problems if not one.harmless)
    return {int(place[1]) for place in places if place}


def without(entries: list[Any], numbers: set[int]) -> list[Any]:
    """Return the entries without those of these numbers."""
    return [one for number, one in enumerate(entries) if number not in numbers]


def _parsed(data: dict[str, Any], problems: list[Problem]) -> Registers:
    """Return the registers of a file's dict, noting every mistake."""
    top = Reader(data, "", problems)
    top.known("publisher", "jurisdictions", "status_order", "own_notice", "registers", "organizations")
    order = top.texts("status_order") or STATUS_ORDER
    registers: dict[str, Register] = {}
    for item in top.items("registers"):
        register = _register(item, order)
        if register.key in registers:
            item.problem("key", _("%(key)r stands twice"), key=register.key)
        registers[register.key] = register
    organizations, aliases = _organizations(top, registers)
    publisher = top.text("publisher", "") or None
    if publisher and aliases.get(publisher, publisher) not in organizations:
        top.problem("publisher", _("no entry has the key %(key)r"), key=publisher)
    own_notice = top.part("own_notice").data
    jurisdictions = top.texts("jurisdictions")
    return Registers(registers, organizations, tuple(order), publisher, own_notice, aliases, jurisdictions)


def parse_organization(data: dict[str, Any], registers: Mapping[str, Register]) -> Organization:
    """Return one organization of a file's dict. Raises RegisterFileError."""
    problems: list[Problem] = []
    organization = _organization(Reader(data, "", problems), registers)
    if problems:
        raise RegisterFileError(problems)
    return organization


def _register(item: Reader, order: tuple[str, ...]) -> Register:
    item.known("key", "jurisdiction", "title", "keeper", "status", "policy", "notes")
    key = item.text("key")
    policy = item.part("policy")
    policy.known("archive", "lifted")
    lifted = policy.choice("lifted", ("remove", "past_tense"), "remove")
    status = item.choice("status", order, "")
    if not status:
        ending = key.replace("-", "_").removesuffix("s")
        status = next((known for known in order if ending.endswith(known)), "")
    if not status:
        item.problem("status", _("one of %(allowed)s is expected"), allowed=", ".join(order))
    return Register(
        key=key,
        jurisdiction=item.text("jurisdiction", "RU"),
        title=dict(item.part("title").data),
        keeper=dict(item.part("keeper").data),
        status=status,
        archive=policy.choice("archive", ("today", "publication_day"), "today"),
        lifted=lifted,
        notes=_notes(item, lifted == "past_tense"),
    )


def _notes(item: Reader, past_tense: bool) -> dict[str, dict[str, Wording]]:
    notes: dict[str, dict[str, Wording]] = {}
    by_language = item.part("notes")
    for language in by_language.data:
        if language.startswith("_"):
            continue
        forms = by_language.part(language)
        forms.known(*NOTES, *PERSON_NOTES)
        notes[language] = {form: _wording(forms.part(form)) for form in (*NOTES, *PERSON_NOTES) if form in forms.data}
        for form in NOTES:
            if form not in forms.data and (form != "lifted" or past_tense):
                forms.problem(form, _("a wording is expected"))
    return notes


def _wording(item: Reader) -> Wording:
    item.known("text", "source")
    text = item.data.get("text")
    if isinstance(text, dict):
        if set(text) != set(GENDERS) or not all(isinstance(one, str) and one for one in text.values()):
            item.problem("text", _("a text, or one for each of f, m, n is expected"))
            return Wording({})
        return Wording(dict(text), item.text("source", ""))
    return Wording({"": item.text("text")}, item.text("source", ""))


def _organizations(top: Reader, registers: dict[str, Register]) -> tuple[dict[str, Organization], dict[str, str]]:
    organizations: dict[str, Organization] = {}
    aliases: dict[str, str] = {}
    readers = top.items("organizations")
    for item in readers:
        organization = _organization(item, registers)
        if organization.key in organizations:
            item.problem("key", _("%(key)r stands twice"), key=organization.key)
        organizations[organization.key] = organization
    _note_twins(organizations, readers)
    for item in readers:
        for key in item.texts("also_keys"):
            if key in organizations or key in aliases:
                item.problem("also_keys", _("%(key)r is already the key of an entry"), key=key)
            aliases[key] = str(item.data.get("key"))
    return organizations, aliases


def _note_twins(organizations: dict[str, Organization], readers: list[Reader]) -> None:
    """Note, at the later one, two entries of one person."""
    places = {str(item.data.get("key")): item for item in readers}
    for key, other in twins(organizations.values()):
        if key in places:
            places[key].problem("person", _("is the person of the entry %(key)r"), key=other)


def _organization(item: Reader, registers: Mapping[str, Register]) -> Organization:
    item.known(*ENTRY)
    kind = item.choice("kind", ENTRY_KINDS, "organization")
    items = item.items("names")
    names = tuple(_name(name) for name in items)
    if not names:
        item.problem("names", _("at least one name is expected"))
    check_names(items, names, kind)
    person = parse_person(item, kind)
    return Organization(
        key=item.text("key"),
        names=names,
        designations=tuple(_designation(one, registers) for one in item.items("designations")),
        also_keys=item.texts("also_keys"),
        descriptor=_descriptor(item),
        kind=kind,
        person=person,
        surname=item.choice("surname", SURNAMES, "") if person else "",
        not_beside=item.texts("not_beside") if person else (),
        resources=tuple(parse_resource(one, registers) for one in item.items("resources")),
    )


def _descriptor(item: Reader) -> dict[str, tuple[str, str]]:
    by_language = item.part("descriptor")
    descriptor = {}
    for language in by_language.data:
        one = by_language.part(language)
        one.known("word", "gender")
        descriptor[language] = (one.text("word"), one.choice("gender", GENDERS, ""))
    return descriptor


def _designation(item: Reader, registers: Mapping[str, Register]) -> Designation:
    item.known("register", "since", "until", "source")
    register = item.text("register")
    if register not in registers:
        item.problem("register", _("no register has the key %(key)r"), key=register)
    since, until = item.day("since"), item.day("until")
    if since and until and until < since:
        item.problem("until", _("lies before since"))
    return Designation(register, since, until, item.text("source", ""))


def _name(item: Reader) -> Name:
    item.known(*Name.__dataclass_fields__, "type")
    text = item.text("text")
    if text and not any(char.isalnum() for char in text):
        item.problem("text", _("holds no letter"))
    cyrillic = any("а" <= char <= "я" or char == "ё" for char in text.lower())
    spells_word = item.data.get("spells_word")
    if spells_word is not None and not isinstance(spells_word, bool):
        item.problem("spells_word", _("true or false is expected"))
        spells_word = None
    return Name(
        text=text,
        language=item.choice("language", ("en", "ru"), "ru" if cyrillic else "en"),
        strength=item.choice("strength", STRENGTHS, ""),
        strong_in=item.texts("strong_in"),
        kind=item.choice("kind" if "kind" in item.data else "type", KINDS, ""),
        case=item.choice("case", CASES, ""),
        inflection=item.choice("inflection", INFLECTIONS, ""),
        forms=item.texts("forms"),
        not_forms=item.texts("not_forms"),
        descriptor=item.texts("descriptor"),
        cues=item.texts("cues"),
        not_after=item.texts("not_after"),
        not_before=item.texts("not_before"),
        other_meanings=item.texts("other_meanings"),
        spells_word=spells_word,
        review=item.choice("review", ("rule", "hand"), "rule"),
        examples=item.texts("examples"),
    )
