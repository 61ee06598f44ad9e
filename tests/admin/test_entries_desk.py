"""An entry's page at the registers desk: resources, many names, merging and separating."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Organization, Resource
from tests.admin.forms import filled


@pytest.fixture
def legal(client_as: Callable[[str], Client]) -> Client:
    return client_as("Legal")


def page_of(key: str) -> str:
    return reverse("admin:articles_organization_change", args=[Organization.objects.get(key=key).pk])


def text(response: Any) -> str:
    return response.content.decode()


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
    formset = page.context["inline_admin_formsets"][-1].formset
    assert list(formset.forms[0].errors) == [field]
    assert not Resource.objects.exists()
