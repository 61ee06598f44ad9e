"""Registers back to the file's form: only what differs from the defaults, so that a file stays readable."""

from typing import TYPE_CHECKING, Any

from articles.footnotes.types import Designation, Name, Organization, Person, Register, Wording

if TYPE_CHECKING:
    from articles.footnotes.registers.book import Registers


def registers_to_dict(registers: "Registers") -> dict[str, Any]:
    """Return the file's form of the registers, ready for `json.dump`."""
    out: dict[str, Any] = {}
    if registers.publisher:
        out["publisher"] = registers.publisher
    if registers.jurisdictions:
        out["jurisdictions"] = list(registers.jurisdictions)
    out["status_order"] = list(registers.status_order)
    if registers.own_notice:
        out["own_notice"] = {language: dict(notice) for language, notice in registers.own_notice.items()}
    out["registers"] = [_register(register) for register in registers.registers.values()]
    out["organizations"] = [organization_to_dict(one) for one in registers.organizations.values()]
    return out


def _register(register: Register) -> dict[str, Any]:
    return {
        "key": register.key,
        "jurisdiction": register.jurisdiction,
        "title": dict(register.title),
        "keeper": dict(register.keeper),
        "status": register.status,
        "policy": {"archive": register.archive, "lifted": register.lifted},
        "notes": {
            language: {form: _wording(wording) for form, wording in forms.items()}
            for language, forms in register.notes.items()
        },
    }


def _wording(wording: Wording) -> dict[str, Any]:
    texts = dict(wording.texts)
    return {"text": texts.get("", texts), "source": wording.source}


def organization_to_dict(organization: Organization) -> dict[str, Any]:
    """Return the file's form of one organization."""
    out: dict[str, Any] = {"key": organization.key}
    if organization.person is not None:
        out |= {"kind": organization.kind, "person": _person(organization.person)}
        if organization.surname:
            out["surname"] = organization.surname
        if organization.not_beside:
            out["not_beside"] = list(organization.not_beside)
    if organization.also_keys:
        out["also_keys"] = list(organization.also_keys)
    if organization.descriptor:
        out["descriptor"] = {
            language: {"word": word, "gender": gender} if gender else {"word": word}
            for language, (word, gender) in organization.descriptor.items()
        }
    out["names"] = [_name(name) for name in organization.names]
    out["designations"] = [_designation(one) for one in organization.designations]
    if organization.resources:
        out["resources"] = [one.row() for one in organization.resources]
    return out


def _person(person: Person) -> dict[str, Any]:
    return {
        "family": person.family,
        "given": person.given,
        "patronymic": person.patronymic or None,
        "gender": person.gender,
    }


def _designation(one: Designation) -> dict[str, Any]:
    return {
        "register": one.register,
        "since": one.since.isoformat() if one.since else None,
        "until": one.until.isoformat() if one.until else None,
        "source": one.source,
    }


def _name(name: Name) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key in Name.__dataclass_fields__:
        value = getattr(name, key)
        if value not in ("", (), None):
            out[key] = list(value) if isinstance(value, tuple) else value
    return out
