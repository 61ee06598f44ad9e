"""An entry with hundreds of names is edited a page of them at a time: nothing is lost, nothing costs more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.interchange import waiting
from articles.models import Name, Organization, Resource
from tests.admin.forms import filled

LAMP = "northern-lamp"


@pytest.fixture
def legal(client_as: Callable[[str], Client]) -> Client:
    return client_as("Legal")


def with_names(number: int) -> str:
    """Give the lamp so many names in all; return the address of its page."""
    lamp = Organization.objects.get(key=LAMP)
    for position, name in enumerate(lamp.names.all()):
        Name.objects.filter(pk=name.pk).update(position=position)
    Name.objects.bulk_create(
        [Name(organization=lamp, text=f"Quay {n} Fund", language="en", position=n) for n in range(2, number)]
    )
    return reverse("admin:articles_organization_change", args=[lamp.pk])


def formset_of(response: Any, prefix: str = "names") -> Any:
    return next(one.formset for one in response.context["inline_admin_formsets"] if one.formset.prefix == prefix)


def shown(response: Any) -> list[str]:
    return [form.instance.text for form in formset_of(response).initial_forms]


def text(response: Any) -> str:
    return response.content.decode()


def number_of(response: Any, name: str) -> int:
    return shown(response).index(name)


def send(client: Client, address: str, page: Any, **changes: Any) -> Any:
    data = filled(page) | {"names-page": formset_of(page).page.number, "names-q": formset_of(page).asked.query}
    assert len(data) < 1000
    return client.post(address, data | changes, follow=True)


@pytest.mark.parametrize(("number", "pages"), [(51, 2), (300, 6)])
def test_each_name_stands_on_one_page_and_each_page_can_be_sent(legal: Client, number: int, pages: int) -> None:
    address = with_names(number)
    seen = []
    for page in range(1, pages + 1):
        seen += shown(legal.get(address, {"names-page": page}))
    assert seen == [name.text for name in Name.objects.filter(organization__key=LAMP)]
    assert len(seen) == number
    last = legal.get(address, {"names-page": pages})
    name = shown(last)[-1]
    changes = {f"names-{number_of(last, name)}-text": "Quay End"}
    done = send(legal, address, last, **changes, _continue="1")
    assert done.redirect_chain[-1][0] == f"{address}?names-page={pages}"
    assert shown(done)[-1] == "Quay End"
    assert Name.objects.filter(organization__key=LAMP).count() == number
    assert next(one.lines for one in waiting().changed).count("+ name “Quay End”: by rule, from the name itself") == 1


def test_a_short_entry_is_edited_as_ever(legal: Client) -> None:
    page = legal.get(with_names(50))
    assert "names-page" not in text(page)
    assert [one.formset.prefix for one in page.context["inline_admin_formsets"]] == [
        "names",
        "designations",
        "resources",
    ]


def test_names_are_looked_up_within_the_entry_and_edited_there(legal: Client) -> None:
    address = with_names(1000)
    page = legal.get(address, {"names-q": "quay 99"})
    assert shown(page) == ["Quay 99 Fund", *(f"Quay {n} Fund" for n in range(990, 1000))]
    done = send(legal, address, page, **{"names-1-text": "Quay of Gulls", "_continue": "1"})
    assert done.redirect_chain[-1][0] == f"{address}?names-page=1&names-q=quay+99"
    assert "Quay 990 Fund" not in shown(done)
    assert Name.objects.filter(organization__key=LAMP).count() == 1000
    assert shown(legal.get(address, {"names-q": "of gulls"})) == ["Quay of Gulls"]
    assert shown(legal.get(address, {"names-q": "no such name"})) == []


@pytest.mark.parametrize(
    "query", [{"names-page": "0"}, {"names-page": "x"}, {"names-page": "9" * 30}, {"names-q": "\x00"}]
)
def test_an_address_that_names_no_page_opens_one(legal: Client, query: dict[str, str]) -> None:
    assert len(shown(legal.get(with_names(120), query))) in (20, 50)


def test_small_letters_find_capitals_in_russian_too(legal: Client) -> None:
    address = with_names(300)
    assert shown(legal.get(address, {"names-q": "СЕВЕРНАЯ лампа"})) == ["фонд «Северная лампа»"]
    Name.objects.filter(text="Quay 7 Fund").update(text="Ёлочный Причал (7)")
    assert shown(legal.get(address, {"names-q": "елочный причал (7"})) == ["Ёлочный Причал (7)"]


def test_a_new_name_is_typed_above_the_list_and_comes_last(legal: Client) -> None:
    address = with_names(120)
    page = legal.get(address)
    prefixes = [one.formset.prefix for one in page.context["inline_admin_formsets"]]
    assert prefixes == ["new_names", "names", "designations", "resources"]
    assert formset_of(page, "new_names").total_form_count() == 1
    changes = {"new_names-0-text": "Pelican Circle", "new_names-0-language": "en"}
    send(legal, address, page, **changes)
    new = Name.objects.get(text="Pelican Circle")
    assert (new.position, new.review) == (120, "hand")
    assert Name.objects.filter(organization__key=LAMP).count() == 121


def test_a_name_is_moved_to_the_top_by_its_number(legal: Client) -> None:
    address = with_names(120)
    page = legal.get(address, {"names-page": 3})
    send(legal, address, page, **{f"names-{number_of(page, 'Quay 110 Fund')}-position": "0"})
    names = list(Name.objects.filter(organization__key=LAMP))
    assert [name.text for name in names[:3]] == ["Quay 110 Fund", "Northern Lamp Fund", "фонд «Северная лампа»"]
    assert [name.position for name in names] == list(range(120))


def test_an_error_leads_to_the_page_on_which_the_other_stands(legal: Client) -> None:
    address = with_names(300)
    page = legal.get(address)
    changes = {f"names-{number_of(page, 'Quay 7 Fund')}-text": "Quay 260 Fund"}
    refused = send(legal, address, page, **changes)
    form = formset_of(refused).forms[number_of(page, "Quay 7 Fund")]
    assert "already" in form.errors["text"][0]
    assert 'href="?names-page=6#names-group"' in form.errors["text"][0]
    assert 'href="?names-page=6#names-group"' in text(refused)
    assert "Quay 260 Fund" in shown(legal.get(address, {"names-page": 6}))
    again = send(
        legal, address, legal.get(address), **{"new_names-0-text": "Quay 7 Fund", "new_names-0-language": "en"}
    )
    assert "already" in formset_of(again, "new_names").forms[0].errors["text"][0]


def test_an_error_keeps_the_page_and_what_was_typed(legal: Client) -> None:
    address = with_names(300)
    page = legal.get(address, {"names-page": 4})
    at = number_of(page, "Quay 160 Fund")
    refused = send(legal, address, page, **{f"names-{at}-text": "…", f"names-{at + 1}-text": "Quay of Gulls"})
    assert formset_of(refused).page.number == 4
    assert formset_of(refused).forms[at + 1]["text"].value() == "Quay of Gulls"
    assert shown(refused)[0] == shown(page)[0]


def test_names_that_come_and_go_meanwhile_move_nothing_beneath_ones_hands(legal: Client) -> None:
    address = with_names(300)
    page = legal.get(address, {"names-page": 2})
    Name.objects.filter(text__in=["Quay 2 Fund", "Quay 3 Fund"]).delete()
    at = number_of(page, "Quay 60 Fund")
    send(legal, address, page, **{f"names-{at}-text": "Quay of Gulls"})
    texts = set(Name.objects.filter(organization__key=LAMP).values_list("text", flat=True))
    assert "Quay 60 Fund" not in texts
    assert {"Quay of Gulls", "Quay 59 Fund", "Quay 61 Fund"} <= texts
    assert len(texts) == 298


def test_what_is_written_about_a_name_that_is_gone_is_refused(legal: Client) -> None:
    address = with_names(300)
    page = legal.get(address, {"names-page": 2})
    Name.objects.filter(text="Quay 60 Fund").delete()
    at = number_of(page, "Quay 60 Fund")
    refused = send(legal, address, page, **{f"names-{at}-text": "Quay of Gulls"})
    assert "Somebody has deleted a row" in str(formset_of(refused).non_form_errors())
    assert Name.objects.filter(organization__key=LAMP).count() == 299
    assert not Name.objects.filter(text="Quay of Gulls").exists()


def test_a_name_of_another_entry_is_not_changed_by_its_id(legal: Client) -> None:
    address = with_names(60)
    other = Name.objects.get(text="GDL")
    page = legal.get(address)
    refused = send(legal, address, page, **{"names-3-id": other.pk, "names-3-text": "Taken"})
    assert refused.status_code == 200
    assert Name.objects.get(pk=other.pk).text == "GDL"
    assert not Name.objects.filter(text="Taken").exists()


def test_names_are_deleted_on_their_page(legal: Client) -> None:
    address = with_names(120)
    page = legal.get(address, {"names-page": 2})
    send(legal, address, page, **{f"names-{number_of(page, 'Quay 60 Fund')}-DELETE": "on"})
    assert not Name.objects.filter(text="Quay 60 Fund").exists()
    assert Name.objects.filter(organization__key=LAMP).count() == 119


def test_an_entry_that_grew_to_more_than_a_page_meanwhile_takes_what_was_added(legal: Client) -> None:
    address = with_names(50)
    page = legal.get(address)
    lamp = Organization.objects.get(key=LAMP)
    Name.objects.create(organization=lamp, text="Quay of Terns", language="en", position=60)
    new = {"text": "Quay of Gulls", "language": "en", "organization": lamp.pk, "position": 50, "review": "rule"}
    data = filled(page) | {f"names-50-{key}": value for key, value in new.items()} | {"names-TOTAL_FORMS": "51"}
    legal.post(address, data)
    texts = set(Name.objects.filter(organization=lamp).values_list("text", flat=True))
    assert {"Quay of Terns", "Quay of Gulls"} <= texts
    assert len(texts) == 52


def test_resources_come_a_page_at_a_time_too(legal: Client) -> None:
    address = with_names(300)
    lamp = Organization.objects.get(key=LAMP)
    Resource.objects.bulk_create([Resource(organization=lamp, kind="host", value=f"q{n}.example") for n in range(300)])
    page = legal.get(address, {"resources-page": 2})
    assert formset_of(page, "resources").initial_forms[0].instance.value == "q30.example"
    sent = {"resources-page": 2, "resources-0-value": "quay.example", "new_resources-0-kind": "host"}
    send(legal, address, page, **sent, **{"new_resources-0-value": "new.example"})
    values = set(Resource.objects.values_list("value", flat=True))
    assert {"quay.example", "new.example"} <= values
    assert len(values) == 301


def test_the_page_costs_as_many_queries_with_a_thousand_names_as_with_sixty(legal: Client) -> None:
    counts = []
    for number in (60, 1000):
        Name.objects.filter(organization__key=LAMP).exclude(text__contains="Lamp").exclude(language="ru").delete()
        address = with_names(number)
        legal.get(address)
        with CaptureQueriesContext(connection) as queries:
            legal.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30


def test_who_may_only_look_goes_through_the_pages(client_as: Callable[[str], Client]) -> None:
    address = with_names(300)
    reporter = client_as("Reporter")
    page = reporter.get(address, {"names-page": 6})
    assert "Quay 299 Fund" in text(page)
    assert "Quay 200 Fund" not in text(page)
    assert "new_names" not in text(page)
