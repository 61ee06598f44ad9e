"""Invented persons for tests, as entries of a register file."""

from typing import Any

from tests.builders import organization

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
