"""What two people write at the same time, and what no form holds: said at its field, or answered in words."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Name, Organization
from tests.admin.forms import filled


def test_name_that_was_added_meanwhile_is_refused_at_its_field(client_as: Callable[[str], Client]) -> None:
    legal, organization = client_as("Legal"), Organization.objects.get(key="harbour")
    address = reverse("admin:articles_organization_change", args=[organization.pk])
    number = organization.names.count()
    name = {"text": "Pier", "language": "en", "strength": "strong", "review": "hand", "position": "9"}
    sent = filled(legal.get(address)) | {"names-TOTAL_FORMS": str(number + 1)}
    sent |= {f"names-{number}-{key}": value for key, value in name.items()}
    assert legal.post(address, sent).status_code == 302

    again = legal.post(address, sent)

    formset = again.context["inline_admin_formsets"][0].formset
    assert formset.errors[-1] == {"text": ["The entry has this name already."]}
    assert Name.objects.filter(text="Pier").count() == 1


@pytest.mark.parametrize("name", ["article", "correction", "event", "page", "register"])
def test_number_that_no_database_holds_is_no_error_of_the_server(client_as: Callable[[str], Client], name: str) -> None:
    client = client_as("Managing editor")
    answer = client.get(reverse(f"admin:articles_{name}_changelist"), {"id__in": "9" * 30}, follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize("value", ["9" * 30, "abc", "2026-13-45", "\x00", "[]"])
def test_form_is_not_filled_from_its_address(client_as: Callable[[str], Client], value: str) -> None:
    names = ("headline", "lead_photo", "regions", "origin_article", "dated_at", "embargo_until", "category", "slug")
    answer = client_as("Editor").get(reverse("admin:articles_article_add"), dict.fromkeys(names, value))
    assert answer.status_code == 200
    assert answer.context["adminform"].form["headline"].value() in (None, "")
