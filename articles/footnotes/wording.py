"""Which wording of a note fits: by language, by number of entries, in Russian by gender.

The gender is the person's, or that of an organization's descriptor; unknown is feminine, for организация.
"""

from datetime import date

from articles.footnotes.registers import Registers
from articles.footnotes.statuses import ROOTS
from articles.footnotes.types import Register, Wording

# One of these stands in every status formula that outlets print: the ban, the status or the list. Folded.
FORMULA_ROOTS = (
    *ROOTS, "запрещ", "переч", "реестр", "спис", "banned", "outlawed", "prohibited", "proscribed", "regist",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTHS_RU = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


def note_text(registers: Registers, key: str, language: str, organizations: list[str]) -> str:
    """Return the note of one register (`key` or `key@until`) for the organizations of a block."""
    forms = ("lifted",) if "@" in key else ("one", "many")
    persons = [one for one in organizations if _has_own_wording(registers, key, forms, language, one)]
    others = [one for one in organizations if one not in persons]
    texts = [_one_note(registers, key, language, some) for some in (others, persons) if some]
    return " ".join(dict.fromkeys(text for text in texts if text))


def _one_note(registers: Registers, key: str, language: str, organizations: list[str]) -> str:
    if "@" in key:  # this wording speaks of one, so that a man and a woman have each their own
        return " ".join(_each(registers, key, "lifted", language, organizations))
    return worded(registers, key, "one" if len(organizations) == 1 else "many", language, organizations)


def _each(registers: Registers, key: str, form: str, language: str, organizations: list[str]) -> list[str]:
    """Return the different texts that a wording of one has for several."""
    texts = [worded(registers, key, form, language, [one]) for one in organizations]
    return list(dict.fromkeys(text for text in texts if text))


def bearers(registers: Registers, combination: tuple[str, ...], key: str, organizations: list[str]) -> list[str]:
    """Return those that are on one register of a combination: a couple has one mark with the statuses of both."""
    found = [one for one in organizations if _is_on(registers, combination, key, one)]
    return found or organizations


def _is_on(registers: Registers, combination: tuple[str, ...], key: str, organization: str) -> bool:
    one = registers.organization(organization)
    plain, _, until = key.partition("@")
    ends = [period.until for period in one.designations if period.register == plain] if one else []
    if until:
        return any(end and end.isoformat() == until for end in ends)
    return any(end is None or f"{plain}@{end.isoformat()}" not in combination for end in ends)


def _has_own_wording(registers: Registers, key: str, forms: tuple[str, ...], language: str, organization: str) -> bool:
    """Say whether it is a person, and the register has one of these wordings for persons: the other one speaks of
    organizations."""
    register, one = registers.register(key), registers.organization(organization)
    if one is None or one.person is None or register is None:
        return False
    return any(_wording(register, f"person_{form}", language) is not None for form in forms)


def inline_text(registers: Registers, keys: tuple[str, ...], language: str, *organizations: str) -> str:
    """Return the short formulas of a combination, joined with `; `; of a couple those of each."""
    texts = [
        text
        for key in keys
        for text in _each(
            registers,
            key,
            "lifted" if "@" in key else "inline",
            language,
            bearers(registers, keys, key, list(organizations)),
        )
    ]
    return "; ".join(text.rstrip(".") for text in texts)


def worded(registers: Registers, key: str, form: str, language: str, organizations: list[str]) -> str:
    """Return one wording with its fields filled in; "" when the register has none in any language."""
    register = registers.register(key)
    is_own = bool(organizations) and _has_own_wording(registers, key, (form,), language, organizations[0])
    wording = _wording(register, f"person_{form}" if is_own else form, language) if register else None
    if wording is None:
        return ""
    texts = wording.texts
    text = texts[""] if "" in texts else texts.get(_gender(registers, organizations, language), "")
    if "{until}" in text:
        text = text.replace("{until}", _day(key.partition("@")[2], language))
    if "{names}" in text:
        names = [registers.organization(one) for one in organizations]
        text = text.replace("{names}", ", ".join(one.display_name(language) for one in names if one))
    return text


def _wording(register: Register, form: str, language: str) -> Wording | None:
    by_form = register.notes.get(language) or next(iter(register.notes.values()), None)
    return by_form.get(form) if by_form else None


def _gender(registers: Registers, organizations: list[str], language: str) -> str:
    organization = registers.organization(organizations[0]) if organizations else None
    if organization is not None and organization.person is not None:
        return organization.person.gender
    return (organization.descriptor.get(language, ("", ""))[1] if organization else "") or "f"


def _day(text: str, language: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    months = _MONTHS_RU if language == "ru" else _MONTHS_EN
    month = months[day.month - 1]
    return f"{day.day} {month} {day.year}" + (" года" if language == "ru" else "")
