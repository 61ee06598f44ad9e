"""A newsroom whose registers files are imported into, and files made in the test."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.models import Designation, Organization, Register
from tests.builders import make_newsroom, make_user, organization

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
