"""Two entries become one: what waits, what the archive does then, and how it all comes back."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from articles.admin.articles.article_list import mentioning
from articles.editions import check
from articles.footnotes.annotate import article_key, decision_key
from articles.interchange import Chosen, discard, import_register, merge_entries, waiting
from articles.models import Article, Designation, Event, Name, Organization, Resource, Site, UnclearMention
from articles.publishing import Refused, answer_mention
from articles.publishing.record import verify
from articles.publishing.relabel import impact_of, reverse
from articles.registers import compile_version, export_registers, state_of_rows
from tests.builders import NOW, make_user
from tests.interchange.conftest import entry, file_of
from tests.interchange.uniting import (
    HARBOUR,
    HOUR,
    LAMP,
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
from tests.persons import HER_PARTS, PARTS


@pytest.mark.usefixtures("pelicans")
def test_merged_entries_wait_as_one_with_all_that_both_had(legal: User) -> None:
    before = exported("pelicans")
    merge(LAMP, "pelicans", legal)
    one = exported(LAMP)
    assert one["also_keys"] == ["pelicans", "old-pelicans"]
    assert [name["text"] for name in one["names"]] == [
        "Northern Lamp Fund",
        "фонд «Северная лампа»",
        "Pelican Circle",
        "Lantern",
    ]
    assert [period["since"] for period in one["designations"]] == ["2020-01-01", "2026-01-15"]
    assert one["resources"] == before["resources"]
    assert "pelicans" not in {one["key"] for one in export_registers()["organizations"]}
    changes = waiting()
    assert [one.key for one in changes.gone] == ["pelicans"]
    assert "+ the entry “pelicans” is merged into it" in changes.changed[0].lines
    event = Event.objects.get(kind="entries merged")
    assert (event.detail["entry"], event.detail["merged"], event.detail["reason"]) == (LAMP, "pelicans", "One body.")


@pytest.mark.usefixtures("pelicans")
def test_what_waits_is_dropped_and_both_are_as_they_were(legal: User) -> None:
    before, row = export_registers(), Organization.objects.get(key="pelicans").pk
    answered(published("quiet", "The Lantern met."), "not")
    merge(LAMP, "pelicans", legal)
    discard(by=legal, at=NOW, reason="A mistake.")
    assert export_registers() == before
    assert Organization.objects.get(key="pelicans").pk == row
    assert waiting().total == 0


@pytest.mark.usefixtures("pelicans")
def test_the_archive_follows_a_merge_and_its_taking_back(legal: User) -> None:
    article, other = published("quiet", "The Pelican Circle met."), published("lamp", "The Northern Lamp Fund met.")
    merge(LAMP, "pelicans", legal)
    assert marked_as(article, NOW) == {"pelicans"}
    assert set(mentioning(LAMP)) == {article.pk, other.pk}
    impact = impact_of(compile_version(NOW), NOW)
    assert (impact.organizations, sum(impact.changed.values())) == ([LAMP, "pelicans"], 2)
    batch = apply(legal)
    assert marked_as(article) == marked_as(other) == {LAMP}
    assert set(mentioning(LAMP)) == set(mentioning("pelicans")) == {article.pk, other.pk}
    assert waiting().total == 0
    back = reverse(batch, by=legal, at=NOW + 2 * HOUR, reason="A mistake.")
    work(NOW + 2 * HOUR)
    assert marked_as(article, NOW + 2 * HOUR) == {"pelicans"}
    assert set(mentioning("pelicans")) == {article.pk}
    assert set(mentioning(LAMP)) == {other.pk}
    assert back.kind == "reverse"
    assert verify() == []


@pytest.mark.usefixtures("pelicans")
def test_answers_and_questions_follow_a_merge_and_come_back(legal: User) -> None:
    marked, never = published("marked", "The Lantern met."), published("never", "The Lantern sang.")
    always, asked = published("always", "A Lantern fell."), published("asked", "A Lantern rose.")
    answered(marked, "mark")
    answered(never, "not")
    answered(always, "mark", always=True)
    merge(LAMP, "pelicans", legal)
    batch = apply(legal)
    assert marked_as(marked) == marked_as(always) == {LAMP}
    assert marked_as(never) == marked_as(asked) == set()
    [question] = UnclearMention.objects.all()
    assert (question.article, question.organization.key) == (asked, LAMP)
    later = answer_mention(asked, question.key, "mark", by=make_user("Editor"), at=NOW + HOUR)
    assert later.organization.key == LAMP
    assert marked_as(asked) == {LAMP}
    answer_mention(never, key_in(never), "mark", by=make_user("Editor"), at=NOW + HOUR)
    assert marked_as(never) == {LAMP}
    reverse(batch, by=legal, at=NOW + 2 * HOUR, reason="A mistake.")
    work(NOW + 2 * HOUR)
    assert marked_as(marked, NOW + 2 * HOUR) == marked_as(always, NOW + 2 * HOUR) == {"pelicans"}
    assert marked_as(never, NOW + 2 * HOUR) == set()


def key_in(article: Article) -> str:
    [found] = check(article, NOW).found.rejected
    return decision_key(found)


@pytest.mark.usefixtures("pelicans")
def test_an_article_is_published_between_the_merge_and_its_application(legal: User) -> None:
    """What is in force until then names the other key; its row is there."""
    merge(LAMP, "pelicans", legal)
    article, asked = published("quiet", "The Pelican Circle met."), published("asked", "The Lantern met.")
    assert marked_as(article, NOW) == {"pelicans"}
    assert UnclearMention.objects.get().organization.key == "pelicans"
    answered(asked, "mark", always=True)
    assert asked.decisions.get().key == article_key("pelicans")
    apply(legal)
    assert marked_as(article) == marked_as(asked) == {LAMP}


@pytest.mark.usefixtures("pelicans")
def test_a_file_that_names_the_other_key_is_about_the_entry(legal: User) -> None:
    merge(LAMP, "pelicans", legal)
    again = {**entry("pelicans", "Pelican Circle", "Pelican Ring")}
    import_register(file_of(again), "test-agents", None, by=legal, at=NOW, partial=True)
    assert "Pelican Ring" in [name["text"] for name in exported(LAMP)["names"]]
    assert Organization.objects.standing().filter(key="pelicans").count() == 0


@pytest.mark.usefixtures("pelicans")
def test_one_merged_into_one_that_is_merged_leads_to_the_last(legal: User) -> None:
    article = published("quiet", "The Pelican Circle met.")
    merge(LAMP, "pelicans", legal)
    merge(HARBOUR, LAMP, legal)
    assert exported(HARBOUR)["also_keys"] == [LAMP, "pelicans", "old-pelicans"]
    assert set(Organization.objects.filter(merged_into__key=HARBOUR).values_list("key", flat=True)) == {
        LAMP,
        "pelicans",
    }
    apply(legal)
    assert marked_as(article) == {HARBOUR}
    assert not Name.objects.filter(organization__merged_into__isnull=False).exists()
    assert not Designation.objects.filter(organization__merged_into__isnull=False).exists()
    assert not Resource.objects.filter(organization__merged_into__isnull=False).exists()


@pytest.mark.usefixtures("pelicans")
def test_a_merge_is_refused_when_one_has_changed_since(legal: User) -> None:
    seen = seen_of(LAMP, "pelicans")
    Name.objects.filter(text="Lantern").update(strength="weak")
    before = state_of_rows()
    with pytest.raises(Refused, match="changed since"):
        merge(LAMP, "pelicans", legal, seen=seen)
    assert state_of_rows() == before
    merge(LAMP, "pelicans", legal)
    with pytest.raises(Refused, match="no entry “pelicans” any more"):
        merge_entries(HARBOUR, "pelicans", seen=seen, by=legal, at=NOW, reason="")


def test_only_who_may_change_entries_merges_and_separates(newsroom: None) -> None:
    reporter = make_user("Reporter")
    with pytest.raises(PermissionDenied):
        merge(LAMP, HARBOUR, reporter)
    with pytest.raises(PermissionDenied):
        separate(LAMP, Chosen("lamp-2", frozenset([1]), both=frozenset([0])), reporter)


def test_one_entry_is_not_merged_with_itself_nor_the_outlets_own_away(newsroom: None, legal: User) -> None:
    with pytest.raises(Refused, match="the same entry"):
        merge(LAMP, LAMP, legal)
    Site.objects.update(publisher=Organization.objects.get(key=LAMP))
    with pytest.raises(Refused, match="outlet's own entry") as refused:
        merge(HARBOUR, LAMP, legal)
    assert refused.value.field == "keep"
    merge(LAMP, HARBOUR, legal)


def test_designations_of_one_day_that_end_on_different_days_are_named(newsroom: None, legal: User) -> None:
    ended = {**entry("pelicans", "Pelican Circle", since="2020-01-01")}
    ended["designations"][0]["until"] = "2024-05-01"
    import_register(file_of(ended), "test-agents", None, by=legal, at=NOW, partial=True)
    with pytest.raises(
        Refused, match="On test-agents one stands since 1 January 2020, the other since 1 January 2020, until"
    ):
        merge(LAMP, "pelicans", legal)


@pytest.mark.parametrize("unknown", [LAMP, "pelicans"])
def test_of_one_designation_the_known_day_and_source_stay(newsroom: None, legal: User, unknown: str) -> None:
    import_register(
        file_of(entry("pelicans", "Pelican Circle", since="2020-01-01")),
        "test-agents",
        None,
        by=legal,
        at=NOW,
        partial=True,
    )
    Designation.objects.filter(organization__key=unknown).update(designated_from=None, source="")
    merge(LAMP, "pelicans", legal)
    assert exported(LAMP)["designations"] == [
        {"register": "test-agents", "since": "2020-01-01", "until": None, "source": "invented"}
    ]


def test_a_name_of_both_is_that_which_a_person_has_judged(newsroom: None, legal: User) -> None:
    pelicans = Organization.objects.create(key="pelicans")
    pelicans.names.create(text="Northern Lamp Fund", language="en", strength="quoted", review="hand")
    merge(LAMP, "pelicans", legal)
    first = exported(LAMP)["names"][0]
    assert (first["text"], first["strength"], first["review"]) == ("Northern Lamp Fund", "quoted", "hand")


@pytest.mark.usefixtures("persons")
def test_persons_merge_with_persons_and_with_the_words_of_both(legal: User) -> None:
    for kept, other in (("one", LAMP), (LAMP, "one")):
        with pytest.raises(Refused, match="a person, the other an organization"):
            merge(kept, other, legal)
    merge("two", "one", legal)
    two = exported("two")
    assert (two["person"]["family"], two["surname"]) == (HER_PARTS["family"], "ask")
    assert two["not_beside"] == ["хирург", "клуб"]
    assert [name["text"] for name in two["names"]] == ["Зеленоборская Инга Тихоновна", "Рябоконев Тихон Саввич"]
    discard(by=legal, at=NOW, reason="A mistake.")
    assert exported("one")["person"] == PARTS


@pytest.mark.usefixtures("newsroom")
def test_an_entry_about_which_only_answers_are_kept_is_taken_back(legal: User) -> None:
    new = entry("terns", "Tern Society")
    new["names"] = [{"text": "Lantern", "language": "en", "strength": "ask"}]
    import_register(file_of(new), "test-agents", None, by=legal, at=NOW, partial=True)
    batch = apply(legal, NOW)
    answered(published("quiet", "The Lantern met."), "not")
    reverse(batch, by=legal, at=NOW + HOUR, reason="A mistake.")
    assert not Designation.objects.filter(organization__key="terns").exists()


@pytest.mark.usefixtures("newsroom")
def test_what_waits_is_dropped_though_the_outlet_has_taken_an_entry_of_it_for_its_own(legal: User) -> None:
    import_register(file_of(entry("terns", "Tern Society")), "test-agents", None, by=legal, at=NOW, partial=True)
    Site.objects.update(publisher=Organization.objects.get(key="terns"))
    discard(by=legal, at=NOW, reason="A mistake.")
    assert not Designation.objects.filter(organization__key="terns").exists()
