"""A register out of the house: its file comes in again as it was; its table is read by a person, and by no formula."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from articles.interchange import harmless, merge_entries, plan_of, register_file, register_table, state_of
from articles.models import Name, Organization, Register, Resource
from articles.registers import export_registers, load_register_data, refresh_version
from tests.builders import NOW, make_user
from tests.persons import PARTS, person, registers_with_persons

KEY = "test-agents"
TODAY = date(2026, 3, 10)


@pytest.fixture
def agents(newsroom: None, legal: User) -> Register:
    """Put on the list of agents what a list can hold: a person, an ended designation, merged keys, resources."""
    load_register_data(registers_with_persons(person("one", PARTS, pseudonyms=("Старый Лоцман",), surname="ask")))
    both = {one.key: one for one in Organization.objects.filter(key__in=("harbour", "northern-lamp"))}
    seen = state_of(both["harbour"], both["northern-lamp"])
    merge_entries("northern-lamp", "harbour", seen=seen, by=legal, at=NOW, reason="One body.")
    register = Register.objects.get(key=KEY)
    lamp, ours = Organization.objects.get(key="northern-lamp"), Organization.objects.get(key="both-lists")
    for number, (kind, value) in enumerate((("host", "lamp.example"), ("account", "lamp"))):
        service = "t.me" if kind == "account" else ""
        Resource.objects.create(
            organization=lamp, kind=kind, service=service, value=value, register=register if number else None
        )
    terrorist = Register.objects.get(key="test-terrorist")
    Resource.objects.create(organization=ours, kind="host", value="other.example", register=terrorist)
    ours.designations.filter(register=register).update(designated_until=date(2025, 1, 1))
    Name.objects.filter(text="Twofold Bridge").update(review="hand", data={"cues": ["bridge"]})
    refresh_version(NOW)
    return register


def rows_of(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=delimiter))


def test_an_exported_register_changes_nothing_when_it_is_imported(agents: Register) -> None:
    plan = plan_of(register_file(agents).encode(), KEY, None, partial=False, at=NOW)
    assert (plan.added, plan.changed, plan.ended, plan.left_out, plan.distrust) == ([], [], [], [], [])
    assert plan.unchanged == 4


def test_an_exported_register_makes_the_same_register_elsewhere(agents: Register) -> None:
    text = register_file(agents)
    before = [
        one for one in export_registers()["organizations"] if one["key"] in ("northern-lamp", "one", "own-outlet")
    ]
    Organization.objects.all().delete()
    Register.objects.all().delete()
    load_register_data(json.loads(text))
    assert register_file(Register.objects.get(key=KEY)) == text
    after = {one["key"]: one for one in export_registers()["organizations"]}
    assert [after[one["key"]] for one in before] == before
    assert [period["until"] for period in after["both-lists"]["designations"]] == ["2025-01-01"]
    assert "resources" not in after["both-lists"]


def test_a_table_has_readable_headings_all_names_and_days(agents: Register) -> None:
    rows = {row["Key"]: row for row in rows_of(register_table(agents, TODAY))}
    assert set(rows) == {"northern-lamp", "both-lists", "one", "own-outlet"}
    lamp = rows["northern-lamp"]
    assert lamp == {
        "Name": "Northern Lamp Fund",
        "All names": "Northern Lamp Fund; фонд «Северная лампа»; Harbour",
        "Organization or person": "organization",
        "Register": "List of foreign agents organizations",
        "Designated from": "2020-01-01",
        "First day it no longer holds": "",
        "In force on 2026-03-10": "yes",
        "Source": "invented",
        "Resources": "lamp.example; t.me/lamp",
        "Key": "northern-lamp",
        "Merged keys": "harbour",
    }
    ended = rows["both-lists"]
    assert (ended["First day it no longer holds"], ended["In force on 2026-03-10"]) == ("2025-01-01", "no")
    assert rows["one"]["Organization or person"] == "person"


def test_a_day_that_is_not_known_is_called_so(agents: Register) -> None:
    agents.designations.update(designated_from=None, designated_until=None)
    assert {row["Designated from"] for row in rows_of(register_table(agents, TODAY))} == {"not known"}


def test_a_russian_table_has_semicolons_and_russian_titles(agents: Register) -> None:
    with translation.override("ru"):
        table = register_table(agents, TODAY)
    rows = list(csv.reader(io.StringIO(table[1:], newline=""), delimiter=";"))
    assert {row[3] for row in rows[1:]} == {"Перечень: иноагенты"}
    assert {len(row) for row in rows} == {11}


@pytest.mark.parametrize("begin", ["=1+1", "+7", "-lamp", "@lamp", "\t=1", "\r=1", "  =1", "＝1", "\xa0=1"])
def test_no_cell_begins_like_a_formula(agents: Register, begin: str) -> None:
    assert harmless(begin) == f"'{begin}"
    name = Name.objects.get(text="Northern Lamp Fund")
    Name.objects.filter(pk=name.pk).update(text=begin)
    agents.designations.update(source=begin)
    for row in csv.reader(io.StringIO(register_table(agents, TODAY)[1:], newline="")):
        for cell in row:
            assert not cell.strip(" \xa0").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_the_command_writes_both_forms(agents: Register, tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("export_register", KEY, stdout=out)
    assert out.getvalue() == register_file(agents)
    file = tmp_path / "agents.csv"
    call_command("export_register", KEY, "--format", "csv", "--output", str(file))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(rows_of(file.read_text(encoding="utf-8"))) == 4


def test_the_command_names_what_it_cannot_do(agents: Register, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no register “nothing”. Known: .*test-agents"):
        call_command("export_register", "nothing")
    with pytest.raises(CommandError, match="No such file"):
        call_command("export_register", KEY, "--output", str(tmp_path / "none" / "file"))


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_registers_page_leads_to_its_files(agents: Register, form: str) -> None:
    client = Client()
    client.force_login(make_user("Legal"))
    page = client.get(reverse("admin:articles_register_change", args=[agents.pk])).content.decode()
    action = reverse(f"admin:articles_register_as_{form}", args=[agents.pk])
    assert f'href="{action}"' in page
    file = client.get(action, follow=True)
    assert file.headers["Content-Disposition"].startswith(f'attachment; filename="{KEY}-')
    assert file.headers["Content-Disposition"].endswith(f'.{form}"')
    if form == "json":
        assert file.content.decode() == register_file(agents)
    else:
        assert len(rows_of(file.content.decode())) == 4


def test_a_file_that_is_none_and_a_register_that_is_none_are_not_found(agents: Register) -> None:
    client = Client()
    client.force_login(make_user("Legal"))
    for args in ([agents.pk, "xml"], [10**6, "json"], [10**30, "csv"]):
        assert client.get(reverse("admin:articles_register_export", args=args)).status_code == 404


def test_who_sees_no_registers_gets_no_file(agents: Register) -> None:
    client = Client()
    address = reverse("admin:articles_register_export", args=[agents.pk, "csv"])
    assert client.get(address).status_code == 302
    user = make_user("Reporter")
    user.groups.clear()
    client.force_login(user)
    assert client.get(address).status_code == 403
