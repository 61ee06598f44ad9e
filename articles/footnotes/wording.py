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
    persons = [one for one in organizations if _has_own_wording(registers, key, language, one)]
    others = [one for one in organizations if one not in persons]
    texts = [_one_note(registers, key, language, some) for some in (others, persons) if some]
    return " ".join(text for text in texts if text)


def _one_note(registers: Registers, key: str, language: str, organizations: list[str]) -> str:
    form = "lifted" if "@" in key else "one" if len(organizations) == 1 else "many"
    return worded(registers, key, form, language, organizations)


def _has_own_wording(registers: Registers, key: str, language: str, organization: str) -> bool:
    """Say whether it is a person, and the register has a wording for persons: the other one speaks of organizations."""
    register, one = registers.register(key), registers.organization(organization)
    is_person = one is not None and one.person is not None
    return is_person and register is not None and _wording(register, "person_one", language) is not None


def inline_text(registers: Registers, keys: tuple[str, ...], language: str, organization: str) -> str:
    """Return the short formulas of a combination, joined with `; `."""
    forms = [(key, "lifted" if "@" in key else "inline") for key in keys]
    texts = [worded(registers, key, form, language, [organization]) for key, form in forms]
    return "; ".join(text.rstrip(".") for text in texts if text)


def worded(registers: Registers, key: str, form: str, language: str, organizations: list[str]) -> str:
    """Return one wording with its fields filled in; "" when the register has none in any language."""
    register = registers.register(key)
    own = f"person_{form}" if organizations and _has_own_wording(registers, key, language, organizations[0]) else form
    wording = (_wording(register, own, language) or _wording(register, form, language)) if register else None
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
