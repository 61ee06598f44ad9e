"""What an entry publishes under: from the file to the rows and back, beside what is compiled, never in it."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles.footnotes.compile import compile_registers
from articles.footnotes.registers import RegisterFileError, parse_registers
from articles.interchange import Unreadable, discard, import_register, plan_of, waiting
from articles.models import Batch, Organization, RegisterVersion, Resource
from articles.publishing import publish
from articles.publishing.relabel import apply_version, impact_of, reverse
from articles.registers import (
    compile_version,
    current_version,
    export_registers,
    load_register_data,
    refresh_version,
    state_of_rows,
)
from tests.builders import NOW, make_article, make_user, registers_data
from tests.interchange.conftest import entry, file_of

KEY = "test-agents"
HOST = {"kind": "host", "value": "lamp.example"}
PATH = {"kind": "path", "value": "tern.example/Lamp"}
ACCOUNT = {"kind": "account", "value": "lampnews", "service": "t.me", "number": "-1001234567", "register": KEY}
ALL = [HOST, PATH, ACCOUNT]


def with_resources(*resources: dict[str, Any], key: str = "northern-lamp") -> dict[str, Any]:
    data = registers_data()
    next(one for one in data["organizations"] if one["key"] == key)["resources"] = list(resources)
    return data


def exported(key: str = "northern-lamp") -> dict[str, Any]:
    return next(one for one in export_registers()["organizations"] if one["key"] == key)


def test_a_file_with_resources_comes_back_as_it_was(newsroom: None) -> None:
    parsed = parse_registers(with_resources(*ALL)).to_dict()
    assert next(one for one in parsed["organizations"] if one["key"] == "northern-lamp")["resources"] == ALL
    load_register_data(with_resources(*ALL))
    assert exported()["resources"] == ALL
    load_register_data(export_registers())
    assert exported()["resources"] == ALL
    assert "resources" not in exported("harbour")
    load_register_data(registers_data())
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    ("resource", "field"),
    [
        ({"value": "lamp.example"}, "kind"),
        ({"kind": "page", "value": "lamp.example"}, "kind"),
        ({"kind": "host"}, "value"),
        ({"kind": "host", "value": "https://lamp.example/"}, "value"),
        ({"kind": "host", "value": "Lamp.example"}, "value"),
        ({"kind": "host", "value": "lamp.example", "service": "t.me"}, "service"),
        ({"kind": "host", "value": "lamp.example", "number": "12"}, "number"),
        ({"kind": "path", "value": "lamp.example"}, "value"),
        ({"kind": "path", "value": "Lamp.example/a"}, "value"),
        ({"kind": "account", "value": "lampnews"}, "service"),
        ({"kind": "account", "value": "@lampnews", "service": "t.me"}, "value"),
        ({"kind": "account", "value": "https://t.me/lampnews", "service": "t.me"}, "value"),
        ({"kind": "account", "value": "lampnews", "service": "Telegram"}, "service"),
        ({"kind": "account", "value": "lampnews", "service": "t.me", "number": "one"}, "number"),
        ({"kind": "host", "value": "a" * 600 + ".example"}, "value"),
        ({**HOST, "register": "xx"}, "register"),
        ({**HOST, "colour": "red"}, "colour"),
    ],
)
def test_a_mistake_in_a_resource_is_named_with_its_field(resource: dict[str, Any], field: str) -> None:
    with pytest.raises(RegisterFileError) as caught:
        parse_registers(with_resources(HOST, resource))
    assert [one.place for one in caught.value.problems] == [f"organizations[1].resources[1].{field}"]


def test_what_is_no_list_of_objects_is_refused() -> None:
    for resources in ("lamp.example", {"kind": "host"}):
        data = with_resources()
        data["organizations"][1]["resources"] = resources
        with pytest.raises(RegisterFileError, match=r"organizations\[1\].resources"):
            parse_registers(data)


def test_the_compiled_form_is_the_same_with_and_without() -> None:
    assert compile_registers(parse_registers(with_resources(*ALL))) == compile_registers(
        parse_registers(registers_data())
    )


def test_what_waits_tells_of_resources_and_is_discarded(newsroom: None, legal: User) -> None:
    before = state_of_rows()
    assert waiting().total == 0
    Resource.objects.create(organization=Organization.objects.get(key="northern-lamp"), **HOST)
    assert state_of_rows() != before
    assert [(one.key, one.lines) for one in waiting().changed] == [("northern-lamp", ["+ resource “lamp.example”"])]
    discard(by=legal, at=NOW, reason="A mistake.")
    assert not Resource.objects.exists()
    assert waiting().total == 0


def test_discarding_brings_back_what_is_in_force(newsroom: None, legal: User) -> None:
    load_register_data(with_resources(*ALL))
    refresh_version(NOW)
    Resource.objects.filter(kind="account").update(number="7")
    Resource.objects.filter(kind="host").delete()
    assert [one.lines for one in waiting().changed] == [
        ["− resource “lamp.example”", "~ resource “t.me/lampnews”"],
    ]
    discard(by=legal, at=NOW, reason="A mistake.")
    assert exported()["resources"] == ALL


def test_a_version_of_which_only_resources_are_new_relabels_nothing(newsroom: None, legal: User) -> None:
    body = "<p>The Northern Lamp Fund met.</p>"
    release = publish(make_article(summary="", body=body), by=make_user("Editor"), at=NOW)
    standing = current_version()
    load_register_data(with_resources(*ALL))
    version = compile_version(NOW)
    assert version.digest == standing.digest
    assert version.source_digest != standing.source_digest
    impact = impact_of(version, NOW)
    assert (impact.organizations, impact.articles, impact.changed) == ([], [], {})
    batch = apply_version(version, by=legal, at=NOW, reason="Order 7.")
    assert (batch.organizations, batch.articles) == ([], [])
    assert waiting().total == 0
    release.refresh_from_db()
    assert release.edition.number == 1
    reverse(batch, by=legal, at=NOW, reason="A mistake.")
    assert not Resource.objects.exists()
    assert RegisterVersion.objects.count() == 3
    assert Batch.objects.count() == 2


def test_an_imported_file_brings_those_of_its_register_and_leaves_the_others(newsroom: None, legal: User) -> None:
    load_register_data(with_resources(HOST, ACCOUNT, {**PATH, "register": KEY}))
    refresh_version(NOW)
    lamp = {**entry("northern-lamp", "Northern Lamp Fund"), "resources": [{"kind": "host", "value": "new.example"}]}
    other = {"kind": "host", "value": "other.example", "register": "test-terrorist"}
    lamp["resources"] += [{key: ACCOUNT[key] for key in ("kind", "value", "service", "number")}, other]
    plan = plan_of(file_of(lamp), KEY, None, partial=True, at=NOW)
    assert [line for line in plan.changed[0].lines if "resource" in line] == [
        "− resource “tern.example/Lamp”",
        "+ resource “new.example”",
    ]
    import_register(file_of(lamp), KEY, None, by=legal, at=NOW, partial=True)
    assert exported()["resources"] == [HOST, ACCOUNT, {"kind": "host", "value": "new.example", "register": KEY}]
    import_register(file_of(entry("northern-lamp", "Northern Lamp Fund")), KEY, None, by=legal, at=NOW, partial=True)
    assert len(exported()["resources"]) == 3


def test_a_new_entry_of_a_file_has_its_resources_named_by_the_register(newsroom: None, legal: User) -> None:
    new = {**entry("pelicans", "Pelican Circle"), "resources": [HOST]}
    import_register(file_of(new), KEY, None, by=legal, at=NOW, partial=True)
    assert exported("pelicans")["resources"] == [{**HOST, "register": KEY}]


def test_a_resource_that_stands_twice_is_named_with_its_line(newsroom: None) -> None:
    new = {**entry("pelicans", "Pelican Circle"), "resources": [HOST, {**HOST, "register": KEY}]}
    content = json.dumps({"organizations": [new]}, ensure_ascii=False, indent=1)
    with pytest.raises(Unreadable) as caught:
        plan_of(content.encode(), KEY, None, partial=True, at=NOW)
    (fault,) = caught.value.faults
    assert fault.field == "organizations[0].resources[1].value"
    assert content.splitlines()[fault.line - 1].strip() == "{"
