"""Authors carry no designated organization's name, rubrics may; a change to the registers waits."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from articles.admin.registers.register_form import from_text, to_text
from articles.models import Author, Category, Organization, Region, Register, RegisterVersion, Topic
from articles.registers import current_version
from tests.admin.forms import errors, filled


@pytest.fixture
def legal(client_as: Callable[[str], Client]) -> Client:
    return client_as("Legal")


def change(client: Client, record: Any, **changes: Any) -> Any:
    address = reverse(f"admin:articles_{record._meta.model_name}_change", args=[record.pk])
    return client.post(address, filled(client.get(address), **changes), follow=True)


@pytest.mark.parametrize("model", [Author])
@pytest.mark.parametrize(("field", "name"), [("name_en", "All about GDL"), ("name_ru", "Лига серых дюн")])
def test_name_that_holds_a_designated_name_is_refused_at_its_field(
    editor: Client, model: type[Any], field: str, name: str
) -> None:
    names = {"name_en": "Sea", "name_ru": "Море", "slug": "sea", "position": "0"} | {field: name}
    response = editor.post(reverse(f"admin:articles_{model._meta.model_name}_add"), names)
    assert list(errors(response)) == [field]
    assert not model.objects.filter(slug="sea").exists()


@pytest.mark.parametrize("model", [Category, Region, Topic])
def test_a_rubric_may_hold_a_designated_name(editor: Client, model: type[Any]) -> None:
    names = {"name_en": "All about GDL", "name_ru": "Лига серых дюн", "slug": "sea", "position": "0"}
    editor.post(reverse(f"admin:articles_{model._meta.model_name}_add"), names)
    assert model.objects.filter(slug="sea").exists()


def test_changed_wording_waits_until_it_is_applied(
    legal: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    register, before = Register.objects.get(key="test-terrorist"), current_version().number
    with django_capture_on_commit_callbacks(execute=True):
        change(legal, register, en_one="Listed, says the keeper.", en_one_source="the keeper's letter")
    register.refresh_from_db()
    assert register.notes["en"]["one"]["text"] == "Listed, says the keeper."
    assert register.notes["ru"]["many"]["text"] == "Организации в перечне: террористические."
    assert current_version().number == before


def test_saving_without_a_change_makes_no_version(
    legal: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change(legal, Register.objects.get(key="test-terrorist"))
        change(legal, Organization.objects.get(key="northern-lamp"))
    assert RegisterVersion.objects.count() == 1


def test_missing_wording_is_refused_at_its_field(legal: Client) -> None:
    response = change(legal, Register.objects.get(key="test-agents"), ru_many="")
    assert list(errors(response)) == ["ru_many"]


def test_wording_by_gender_is_edited_as_lines() -> None:
    wording = {"text": {"f": "Признана", "m": "Признан", "n": "Признано"}, "source": ""}
    assert to_text(wording) == "f: Признана\nm: Признан\nn: Признано"
    assert from_text(to_text(wording)) == wording["text"]
    assert from_text("One\ntext") == "One text"
    for broken in ("f: Признана\nПризнан", "f: a\nf: b"):
        with pytest.raises(ValidationError):
            from_text(broken)


def test_register_versions_are_read_only(legal: Client) -> None:
    version = RegisterVersion.objects.get()
    assert legal.get(reverse("admin:articles_registerversion_change", args=[version.pk])).status_code == 200
    assert legal.post(reverse("admin:articles_registerversion_change", args=[version.pk])).status_code == 403
    assert legal.get(reverse("admin:articles_registerversion_add")).status_code == 403
