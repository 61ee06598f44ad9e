"""Invented persons for tests, as entries of a register file."""

from typing import Any

from tests.builders import organization, registers_data

PARTS = {"family": "Рябоконев", "given": "Тихон", "patronymic": "Саввич", "gender": "m"}
HER_PARTS = {"family": "Зеленоборская", "given": "Инга", "patronymic": "Тихоновна", "gender": "f"}


def person(
    key: str = "ryabokonev",
    parts: dict[str, Any] = PARTS,
    *registers: str,
    since: str | None = "2024-03-01",
    pseudonyms: tuple[str, ...] = (),
    **values: Any,
) -> dict[str, Any]:
    """Return a person's entry, on the register of agents unless others are named."""
    full = " ".join(filter(None, (parts["family"], parts["given"], parts.get("patronymic"))))
    names = [{"text": full, "language": "ru"}, *({"text": one, "type": "pseudonym"} for one in pseudonyms)]
    entry = organization(key, names, *(registers or ("test-agents",)), since=since)
    return entry | {"kind": "person", "person": parts} | values


def note(text: str | dict[str, str]) -> dict[str, Any]:
    return {"text": text, "source": "invented for tests"}


def registers_with_persons(*entries: dict[str, Any]) -> dict[str, Any]:
    """Return the builders' register file with wordings for persons on the register of agents, and these entries."""
    data = registers_data()
    agents = next(one for one in data["registers"] if one["key"] == "test-agents")
    agents["notes"]["ru"] |= {
        "person_one": note({"f": "Признана агентом.", "m": "Признан агентом.", "n": "Признано агентом."}),
        "person_many": note("Признаны агентами."),
        "person_inline": note({"f": "признана агентом", "m": "признан агентом", "n": "признано агентом"}),
    }
    agents["notes"]["en"] |= {
        "person_one": note("Named an agent."),
        "person_many": note("Named agents."),
        "person_inline": note("named an agent"),
    }
    return {**data, "organizations": [*data["organizations"], *entries]}
