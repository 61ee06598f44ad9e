"""The invented register of persons beside this project: it loads as it is, and comes out the same."""

import json
from dataclasses import replace

import pytest

from articles.footnotes.registers import parse_registers
from articles.footnotes.types import Organization as Entry
from articles.models import Organization, Register
from articles.publishing.relabel import lacking
from articles.registers import current_compiled, export_registers, load_register_data, refresh_version
from tests.builders import NOW
from tests.conftest import SHARED

DATA = json.loads((SHARED / "registers/persons.json").read_text(encoding="utf-8"))


@pytest.mark.django_db
def test_it_loads_as_it_is_and_comes_out_the_same() -> None:
    assert load_register_data(DATA) == []
    assert Organization.objects.filter(kind="person").count() == 160
    assert Organization.objects.filter(kind="organization").count() == 12
    given = parse_registers(DATA)
    stored = parse_registers(export_registers()).organizations
    assert [in_order(stored[key]) for key in given.organizations] == [*map(in_order, given.organizations.values())]
    assert set(Register.objects.values_list("key", flat=True)) == set(given.registers)
    refresh_version(NOW)
    assert current_compiled().registers.organizations["chizhikov"].person == given.organizations["chizhikov"].person
    assert lacking(current_compiled().registers, ("en", "ru")) == []


def in_order(entry: Entry) -> Entry:
    """Return the entry with its designations in one order: rows stand in that of the registers."""
    return replace(entry, designations=tuple(sorted(entry.designations, key=lambda one: one.register)))
