"""One entry becomes two: what waits, what the archive does then, and how it comes back."""

import pytest
from django.contrib.auth.models import User

from articles.admin.articles.article_list import mentioning
from articles.interchange import Chosen, discard, proposed, separate_entry, waiting
from articles.models import Article, Event, Name, Organization, Resource
from articles.publishing import Refused
from articles.publishing.record import verify
from articles.publishing.relabel import reverse
from articles.registers import export_registers, load_register_data, state_of_rows
from tests.builders import NOW
from tests.interchange.conftest import entry
from tests.interchange.uniting import (
    HOUR,
    LAMP,
    WOLVES,
    answered,
    apply,
    exported,
    marked_as,
    merge,
    published,
    seen_of,
    separate,
    work,
)


@pytest.mark.usefixtures("pelicans")
def test_what_was_merged_is_proposed_to_be_separated_as_it_came(legal: User) -> None:
    before = {key: exported(key) for key in (LAMP, "pelicans")}
    answered(published("always", "A Lantern fell."), "mark", always=True)
    merge(LAMP, "pelicans", legal)
    apply(legal)
    entry_row = Organization.objects.get(key=LAMP)
    found = proposed(entry_row, exported(LAMP))
    assert found.key == "pelicans"
    separate(LAMP, Chosen(found.key, found.names, found.designations, found.both, found.resources), legal)
    assert exported(LAMP) | {"also_keys": ["old-pelicans"]} == before[LAMP] | {"also_keys": ["old-pelicans"]}
    assert {**before["pelicans"], "also_keys": []} == {**exported("pelicans"), "also_keys": []}
    apply(legal, NOW + 2 * HOUR)
    assert marked_as(Article.objects.get(slug="always"), NOW + 2 * HOUR) == {"pelicans"}


def test_a_designation_of_both_is_proposed_for_both_and_a_name_of_both_stays(newsroom: None, legal: User) -> None:
    new = entry("pelicans", "Pelican Circle", "Northern Lamp Fund", since="2020-01-01")
    new["designations"].append({"register": "test-terrorist", "since": "2021-01-01", "until": None, "source": ""})
    load_register_data({**export_registers(), "organizations": [new]})
    merge(LAMP, "pelicans", legal)
    found = proposed(Organization.objects.get(key=LAMP), exported(LAMP))
    assert [exported(LAMP)["names"][number]["text"] for number in found.names] == ["Pelican Circle"]
    registers = [period["register"] for period in exported(LAMP)["designations"]]
    assert {registers[number] for number in found.designations} == {"test-terrorist"}
    assert {registers[number] for number in found.both} == {"test-agents"}


def test_the_archive_follows_a_separation_and_its_taking_back(newsroom: None, legal: User) -> None:
    article, other = published("league", "The Grey Dune League met."), published("gdl", "The GDL met.")
    Resource.objects.create(organization=Organization.objects.get(key=WOLVES), kind="host", value="gdl.example")
    row = Organization.objects.get(key=WOLVES)
    assert proposed(row, exported(WOLVES)).key == "grey-wolves-league-2"
    separate(WOLVES, Chosen("dune-party", frozenset([1]), both=frozenset([0]), resources=frozenset([0])), legal)
    assert [name["text"] for name in exported("dune-party")["names"]] == ["GDL"]
    assert [name["text"] for name in exported(WOLVES)["names"]] == ["Grey Dune League", "Лига серых дюн"]
    assert exported(WOLVES)["designations"] == exported("dune-party")["designations"]
    assert exported("dune-party")["resources"] == [{"kind": "host", "value": "gdl.example"}]
    assert "resources" not in exported(WOLVES)
    assert Event.objects.get(kind="entry separated").detail["separated"] == "dune-party"
    batch = apply(legal)
    assert (marked_as(article), marked_as(other)) == ({WOLVES}, {"dune-party"})
    assert set(mentioning("dune-party")) == {other.pk}
    reverse(batch, by=legal, at=NOW + 2 * HOUR, reason="A mistake.")
    work(NOW + 2 * HOUR)
    assert marked_as(other, NOW + 2 * HOUR) == {WOLVES}
    assert verify() == []


def test_a_separation_that_waits_is_dropped(newsroom: None, legal: User) -> None:
    before = export_registers()
    separate(WOLVES, Chosen("dune-party", frozenset([1]), both=frozenset([0])), legal)
    assert [one.key for one in waiting().added] == ["dune-party"]
    discard(by=legal, at=NOW, reason="A mistake.")
    assert export_registers() == before


@pytest.mark.parametrize(
    ("chosen", "field", "message"),
    [
        (Chosen("dune-party", frozenset(), both=frozenset([0])), "names", "at least one name that goes"),
        (Chosen("dune-party", frozenset([0, 1, 2]), both=frozenset([0])), "names", "has to stay"),
        (Chosen("dune-party", frozenset([1])), "designations", "stands on no register"),
        (Chosen("dune-party", frozenset([1]), frozenset([0])), "designations", "has to stay"),
        (Chosen("a key", frozenset([1]), both=frozenset([0])), "key", "is no key"),
        (Chosen(WOLVES, frozenset([1]), both=frozenset([0])), "key", "key of an entry already"),
        (Chosen(LAMP, frozenset([1]), both=frozenset([0])), "key", "key of an entry already"),
        (Chosen("old-pelicans", frozenset([1]), both=frozenset([0])), "key", "key of an entry already"),
    ],
)
@pytest.mark.usefixtures("pelicans")
def test_a_bad_choice_is_named_at_its_field(legal: User, chosen: Chosen, field: str, message: str) -> None:
    before = state_of_rows()
    with pytest.raises(Refused, match=message) as refused:
        separate(WOLVES, chosen, legal)
    assert refused.value.field == field
    assert state_of_rows() == before


@pytest.mark.usefixtures("persons")
def test_a_person_is_separated_with_the_parts_of_the_name(legal: User) -> None:
    Name.objects.create(organization=Organization.objects.get(key="one"), text="Зеленоборский Яков", language="ru")
    parts = {"family": "Зеленоборский", "given": "Яков", "patronymic": None, "gender": ""}
    chosen = Chosen("three", frozenset([1]), both=frozenset([0]), person=parts)
    with pytest.raises(Refused) as refused:
        separate("one", chosen, legal)
    assert refused.value.field == "gender"
    separate("one", Chosen("three", frozenset([1]), both=frozenset([0]), person=parts | {"gender": "m"}), legal)
    assert exported("three")["person"] == parts | {"gender": "m"}
    assert exported("one")["not_beside"] == ["хирург"]


def test_a_separation_is_refused_when_the_entry_has_changed_since(newsroom: None, legal: User) -> None:
    seen = seen_of(WOLVES)
    Name.objects.filter(text="GDL").update(strength="weak")
    chosen = Chosen("dune-party", frozenset([1]), both=frozenset([0]))
    with pytest.raises(Refused, match="changed since"):
        separate_entry(WOLVES, chosen, seen=seen, by=legal, at=NOW, reason="")
