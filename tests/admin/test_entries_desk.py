"""An entry's page at the registers desk: resources, many names, merging and separating."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.baking import work_relabels
from articles.interchange import waiting
from articles.models import Designation, Name, Organization, Register, Resource
from articles.publishing import live_release, publish
from articles.registers import refresh_version
from tests.admin.forms import filled, values
from tests.builders import make_article, make_user


@pytest.fixture
def legal(client_as: Callable[[str], Client]) -> Client:
    return client_as("Legal")


def page_of(key: str) -> str:
    return reverse("admin:articles_organization_change", args=[Organization.objects.get(key=key).pk])


def text(response: Any) -> str:
    return response.content.decode()


def formset_of(response: Any, prefix: str) -> Any:
    return next(one.formset for one in response.context["inline_admin_formsets"] if one.formset.prefix == prefix)


def send_resource(client: Client, **values: str) -> Any:
    address = page_of("northern-lamp")
    row = {f"resources-0-{name}": value for name, value in values.items()}
    lamp = Organization.objects.get(key="northern-lamp").pk
    extra = {"resources-TOTAL_FORMS": "1", "resources-0-organization": lamp, **row}
    return client.post(address, filled(client.get(address)) | extra, follow=True)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"kind": "host", "value": "https://www.Lamp.example/"}, ("host", "", "lamp.example")),
        ({"kind": "path", "value": "https://Tern.example/Lamp"}, ("path", "", "tern.example/Lamp")),
        ({"kind": "account", "value": "@lampnews", "service": "t.me"}, ("account", "t.me", "lampnews")),
        ({"kind": "account", "value": "https://t.me/lampnews"}, ("account", "t.me", "lampnews")),
    ],
)
def test_a_resource_is_typed_as_it_is_copied_and_waits(
    legal: Client, transactional_db: None, typed: dict[str, str], stored: tuple[str, str, str]
) -> None:
    page = text(send_resource(legal, **typed))
    assert "1 change waits" in page
    assert list(Resource.objects.values_list("kind", "service", "value")) == [stored]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "host", "value": "a lamp"}, "value"),
        ({"kind": "path", "value": "lamp.example"}, "value"),
        ({"kind": "account", "value": "lampnews"}, "service"),
        ({"kind": "host", "value": "lamp.example", "number": "7"}, "number"),
    ],
)
def test_a_mistake_in_a_resource_stands_at_its_field(legal: Client, typed: dict[str, str], field: str) -> None:
    page = send_resource(legal, **typed)
    formset = formset_of(page, "resources")
    assert list(formset.forms[0].errors) == [field]
    assert not Resource.objects.exists()


def second_entry(**values: Any) -> Organization:
    """Store and put in force a second entry of the lamp's body."""
    one = Organization.objects.create(key="pelicans", **values)
    one.names.create(text="Pelican Circle", language="en", strength="strong")
    Designation.objects.create(organization=one, register=Register.objects.get(key="test-agents"))
    refresh_version(timezone.now())
    return one


def merge_page(key: str) -> str:
    return reverse("admin:articles_organization_merge", args=[Organization.objects.get(key=key).pk])


def separate_page(key: str) -> str:
    return reverse("admin:articles_organization_separate", args=[Organization.objects.get(key=key).pk])


def test_an_entry_is_looked_up_compared_and_merged_and_the_archive_follows(
    legal: Client, transactional_db: None
) -> None:
    second_entry()
    article = make_article(headline="A quiet day", summary="", body="<p>The Pelican Circle met.</p>")
    publish(article, by=make_user("Editor"), at=timezone.now())
    found = text(legal.get(merge_page("northern-lamp"), {"q": "pelican"}))
    assert 'href="?with=pelicans"' in found
    assert "harbour" not in found
    assert "harbour" in text(legal.get(merge_page("northern-lamp"), {"q": "HARB"}))
    assert "grey-wolves-league" in text(legal.get(merge_page("northern-lamp"), {"q": "ЛИГА СЕРЫХ"}))
    page = legal.get(merge_page("northern-lamp"), {"with": "pelicans"})
    sides = page.context["sides"]
    assert [(one["key"], len(one["names"]), one["articles"]) for one in sides] == [
        ("northern-lamp", 2, 0),
        ("pelicans", 1, 1),
    ]
    assert len(page.context["whole"]["names"]) == 3
    sent = {"with": "pelicans", "seen": page.context["seen"], "keep": "northern-lamp", "reason": "One body."}
    done = legal.post(merge_page("northern-lamp"), sent, follow=True)
    assert "“pelicans” is merged into “northern-lamp”" in text(done)
    assert "+ the entry “pelicans” is merged into it" in text(done)
    apply_all(legal)
    release = live_release(article, timezone.now())
    assert release is not None
    assert [mark["organization"] for mark in release.edition.marks] == ["northern-lamp"]
    listed = legal.get(reverse("admin:articles_organization_changelist"))
    assert "pelicans" not in {one.key for one in listed.context["cl"].result_list}
    by_old_key = legal.get(reverse("admin:articles_organization_changelist"), {"q": "pelicans"})
    assert [one.key for one in by_old_key.context["cl"].result_list] == ["northern-lamp"]
    articles = legal.get(reverse("admin:articles_article_changelist"), {"mentions": "pelicans"})
    assert [one.pk for one in articles.context["cl"].result_list] == [article.pk]


def apply_all(client: Client) -> None:
    page = client.get(reverse("admin:articles_pending_impact"))
    sent = {"version": page.context["candidate"].pk, "previous": page.context["standing"].pk, "reason": "Order 7."}
    client.post(reverse("admin:articles_pending_apply"), sent)
    while work_relabels(timezone.now):
        pass


def test_the_other_key_may_stay(legal: Client) -> None:
    second_entry()
    page = legal.get(merge_page("northern-lamp"), {"with": "pelicans"})
    sent = {"with": "pelicans", "seen": page.context["seen"], "keep": "pelicans", "reason": "One body."}
    legal.post(merge_page("northern-lamp"), sent)
    assert Organization.objects.get(key="northern-lamp").merged_into == Organization.objects.get(key="pelicans")


def test_a_merge_of_what_has_changed_since_is_refused_and_shown_anew(legal: Client) -> None:
    second_entry()
    page = legal.get(merge_page("northern-lamp"), {"with": "pelicans"})
    Name.objects.filter(text="Pelican Circle").update(text="Pelican Ring")
    sent = {"with": "pelicans", "seen": page.context["seen"], "keep": "northern-lamp", "reason": "One body."}
    again = text(legal.post(merge_page("northern-lamp"), sent))
    assert "have changed since" in again
    assert "Pelican Ring" in again
    assert not Organization.objects.filter(merged_into__isnull=False).exists()


def test_what_cannot_be_one_is_said_and_has_no_button(legal: Client) -> None:
    person = {"family": "Зеленоборская", "given": "Инга", "gender": "f"}
    second_entry(kind="person", **person)
    page = text(legal.get(merge_page("northern-lamp"), {"with": "pelicans"}))
    assert "these are never one" in page
    assert 'name="keep"' not in page
    gone = legal.get(merge_page("northern-lamp"), {"with": "nobody"}, follow=True)
    assert "There is no entry “nobody” any more." in text(gone)


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Administrator"])
def test_only_who_may_change_entries_is_let_in(client_as: Callable[[str], Client], role: str) -> None:
    for address in (merge_page("northern-lamp"), separate_page("northern-lamp")):
        assert client_as(role).get(address).status_code == 403
        assert client_as(role).post(address).status_code == 403


def test_chosen_names_become_an_entry_of_their_own(legal: Client) -> None:
    address = separate_page("grey-wolves-league")
    page = legal.get(address)
    form = page.context["form"]
    assert (form["key"].value(), form["designation_0"].value()) == ("grey-wolves-league-2", "both")
    sent = values(form) | {"seen": page.context["seen"], "names": ["1"], "reason": "Two bodies."}
    done = legal.post(address, sent, follow=True)
    assert "“grey-wolves-league-2” is an entry of its own" in text(done)
    assert [name.text for name in Name.objects.filter(organization__key="grey-wolves-league-2")] == ["GDL"]
    assert [one.key for one in waiting().added] == ["grey-wolves-league-2"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"names": []}, "names"),
        ({"names": ["7"]}, "names"),
        ({"names": ["1"], "designation_0": "go"}, "designation_0"),
        ({"names": ["1"], "key": "harbour"}, "key"),
        ({"names": ["1"], "reason": ""}, "reason"),
    ],
)
def test_a_bad_choice_stands_at_its_field(legal: Client, sent: dict[str, Any], field: str) -> None:
    address = separate_page("grey-wolves-league")
    page = legal.get(address)
    filled_in = values(page.context["form"]) | {"seen": page.context["seen"], "reason": "Two."} | sent
    again = legal.post(address, filled_in)
    assert list(again.context["form"].errors) == [field]
    assert Organization.objects.count() == 5


def test_a_separation_of_what_has_changed_since_begins_anew(legal: Client) -> None:
    address = separate_page("grey-wolves-league")
    page = legal.get(address)
    sent = values(page.context["form"]) | {"seen": page.context["seen"], "names": ["1"], "reason": "Two bodies."}
    Name.objects.filter(text="Grey Dune League").delete()
    again = legal.post(address, sent, follow=True)
    assert "have changed since" in text(again)
    assert again.context["form"]["names"].value() == []


def test_a_person_is_separated_with_a_name_of_its_own(legal: Client) -> None:
    one = second_entry(kind="person", family="Зеленоборская", given="Инга", gender="f")
    one.names.create(text="Яков Зеленоборский", language="ru", position=2)
    address = separate_page("pelicans")
    page = legal.get(address)
    sent = values(page.context["form"]) | {"seen": page.context["seen"], "names": ["1"], "reason": "Two."}
    parts = {"family": "Зеленоборский", "given": "Яков", "gender": ""}
    assert list(legal.post(address, sent | parts).context["form"].errors) == ["gender"]
    legal.post(address, sent | parts | {"gender": "m"})
    assert Organization.objects.get(key="pelicans-2").family == "Зеленоборский"


def test_of_a_thousand_names_those_that_hold_a_word_are_chosen_from(legal: Client) -> None:
    lamp = Organization.objects.get(key="northern-lamp")
    Name.objects.bulk_create(
        [Name(organization=lamp, text=f"Lamp of Quay {n}", language="en", position=n + 5) for n in range(1000)]
    )
    address = separate_page("northern-lamp")
    assert legal.get(address).context["form"].more == 702
    page = legal.get(address, {"q": "quay 99"})
    choices = page.context["form"].fields["names"].choices
    assert [label.partition(" (")[0] for _number, label in choices] == [
        "Lamp of Quay 99",
        *(f"Lamp of Quay {n}" for n in range(990, 1000)),
    ]
    sent = values(page.context["form"]) | {"seen": page.context["seen"], "reason": "Two."}
    sent["names"] = [number for number, _label in choices]
    legal.post(f"{address}?q=quay 99", sent)
    assert Name.objects.filter(organization__key="northern-lamp-2").count() == 11


@pytest.mark.parametrize(("role", "shown"), [("Legal", 4), ("Managing editor", 4), ("Reporter", 1)])
def test_what_can_be_done_with_an_entry_stands_on_its_page(
    client_as: Callable[[str], Client], role: str, shown: int
) -> None:
    acts = ("Try a name", "Never beside …", "Merge with …", "Separate …")
    client, address = client_as(role), page_of("northern-lamp")
    page = text(client.get(address))
    assert [act for act in acts if act in page] == list(acts[:shown])
    if shown == 4:
        refused = text(client.post(address, filled(client.get(address), key="")))
        assert "This field is required." in refused
        assert [act for act in acts if act in refused] == list(acts)


def test_an_act_of_the_page_leads_to_its_own(legal: Client) -> None:
    for name, view in (("merge_one", "merge"), ("separate_one", "separate")):
        pk = Organization.objects.get(key="northern-lamp").pk
        done = legal.get(reverse(f"admin:articles_organization_{name}", args=[pk]))
        assert done.url == reverse(f"admin:articles_organization_{view}", args=[pk])


def test_the_page_of_a_merged_entry_leads_to_the_one_that_it_was_merged_into(legal: Client) -> None:
    one, lamp = second_entry(), Organization.objects.get(key="northern-lamp")
    Organization.objects.filter(pk=one.pk).update(merged_into=lamp)
    page = legal.get(reverse("admin:articles_organization_change", args=[one.pk]), follow=True)
    assert page.redirect_chain[-1][0] == page_of("northern-lamp")
    assert "“pelicans” was merged into this entry." in text(page)
    gone = legal.get(reverse("admin:articles_organization_change", args=[10**6]))
    assert gone.url == reverse("admin:index")
