"""A newsroom whose registers files are imported into, and files made in the test."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.interchange import import_register
from articles.models import Designation, Organization, Register
from articles.registers import load_register_data, refresh_version
from tests.builders import NOW, make_newsroom, make_user, organization
from tests.persons import HER_PARTS, PARTS, person, registers_with_persons

MAPPING = {
    "columns": {"key": "No", "name_ru": "Наименование", "name_en": "Name", "since": "Since", "until": "Until"},
    "delimiter": ";",
    "dates": "%d.%m.%Y",
    "key_prefix": "agents-",
    "ignore": ["Remark"],
}
HEADER = "No;Наименование;Name;Since;Until;Remark\n"


@pytest.fixture
def newsroom(db: None) -> None:
    make_newsroom()


@pytest.fixture
def legal(newsroom: None) -> User:
    return make_user("Legal")


@pytest.fixture
def twenty(newsroom: None) -> Register:
    """Put twenty more organizations on the list of agents; return it."""
    register = Register.objects.get(key="test-agents")
    for number in range(20):
        one = Organization.objects.create(key=f"agents-{number}")
        one.names.create(text=f"Society of the Tern {number}", language="en", strength="strong")
        Designation.objects.create(organization=one, register=register)
    return register


def entry(key: str, *names: str, since: str | None = "2026-01-15", register: str = "test-agents") -> dict[str, Any]:
    return organization(key, [{"text": name} for name in names], register, since=since)


def file_of(*organizations: dict[str, Any], **top: Any) -> bytes:
    return json.dumps({"organizations": list(organizations), **top}, ensure_ascii=False, indent=1).encode()


@pytest.fixture
def pelicans(newsroom: None, legal: User) -> Organization:
    """Put a second entry of the lamp's body in force, found by a name that a person is asked about."""
    new = {**entry("pelicans", "Pelican Circle"), "also_keys": ["old-pelicans"]}
    new["names"] += [{"text": "Lantern", "language": "en", "strength": "ask"}]
    new["resources"] = [{"kind": "host", "value": "pelicans.example"}]
    import_register(file_of(new), "test-agents", None, by=legal, at=NOW, partial=True)
    refresh_version(NOW)
    return Organization.objects.get(key="pelicans")


@pytest.fixture
def persons(newsroom: None) -> Iterator[None]:
    load_register_data(
        registers_with_persons(
            person("one", PARTS, not_beside=["хирург"], surname="ask"),
            person("two", HER_PARTS, not_beside=["хирург", "клуб"]),
        )
    )
    refresh_version(NOW)
    yield
