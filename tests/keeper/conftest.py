"""Empty registers as keepers' files fill them, and what the tests say of a file in short."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from articles.interchange import keeper
from articles.lists.layouts import Layout, named
from articles.models import ListFile, Register, Site
from articles.registers import load_register_data, refresh_version
from tests.builders import NOW, make_user
from tests.builders import register as register_data
from tests.keeper.taken import THREE, listed, take


def register_of(layout: Layout) -> dict[str, Any]:
    """Return the register of a layout for a register file, with the wordings that tests have."""
    status = (
        layout.status if layout.status in ("terrorist", "extremist", "undesirable", "foreign_agent") else "terrorist"
    )
    data = register_data(layout.register, status, layout.status, layout.status)
    return data | {"title": layout.title, "keeper": layout.title}


@pytest.fixture
def outlet(db: None) -> Site:
    site = Site(name_en="Tern Herald", name_ru="Вестник крачки", time_zone="Europe/Moscow", jurisdictions=[])
    site.save()
    return site


@pytest.fixture
def legal(outlet: Site) -> User:
    return make_user("Legal")


def empty_register(name: str) -> Register:
    """Store the register of a layout, without entries, and put it in force."""
    load_register_data({"registers": [register_of(named(name))], "organizations": []})
    refresh_version(NOW)
    return Register.objects.get(key=named(name).register)


def changes(file: ListFile) -> dict[str, int]:
    """Return how many lines change, by how, without those that nobody does."""
    return {key: count for key, count in file.counts.items() if count}


def accepted(file: ListFile, by: User) -> Any:
    """Accept what is proposed, plan, store."""
    keeper.accept_all(file, by=by, at=NOW)
    plans = keeper.plan_of_file(file, at=NOW)
    done = keeper.store_file(file, plans.seen, by=by, at=NOW, reason="")
    file.refresh_from_db()
    return done


def dump() -> str:
    """Return every value of every table as text, but whole numbers: those are keys, which count up, and counts."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [repr([one for one in row if not isinstance(one, int)]) for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.fixture
def register(legal: User) -> Register:
    return empty_register("ru-foreign-agents")


@pytest.fixture
def stored(register: Register, legal: User) -> Register:
    """Store a first file of three lines."""
    accepted(take(listed(*THREE), register, legal), legal)
    return register
