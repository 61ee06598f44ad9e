"""The freeze at the desk: a band on each page, what is sent is refused, what was typed is kept, two people lift it."""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Category, Freeze, Slot
from articles.publishing.freezing import freeze
from tests.admin.forms import act, filled
from tests.builders import make_article

As = Callable[[str], Client]
REASON = "A phone was lost."


def frozen(scope: str) -> Freeze:
    return freeze(scope, by=None, at=timezone.now(), reason=REASON)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_page_says_who_froze_it_when_and_why(client_as: As, language: str) -> None:
    chief, reporter = client_as("Managing editor"), client_as("Reporter")
    answer = chief.post(reverse("admin:articles_freeze_begin"), {"scope": "publishing", "reason": REASON})
    assert answer.status_code == 302
    article = make_article()
    for address in (
        reverse("admin:index"),
        reverse("admin:articles_article_changelist"),
        reverse("admin:articles_article_change", args=[article.pk]),
        reverse("admin:articles_photo_add"),
    ):
        page = reporter.get(address, headers={"Accept-Language": language}).content.decode()
        band = page.partition('class="frozen"')[2].partition("</section>")[0]
        assert REASON in band and "managing-editor" in band
        assert reverse("admin:articles_freeze_changelist") not in band, "who may not see the list is led nowhere"


def test_an_act_says_why_it_is_refused_and_texts_are_saved_all_the_same(client_as: As) -> None:
    editor, article = client_as("Editor"), make_article()
    frozen("publishing")
    assert REASON in act(editor, article, "publish").content.decode()
    assert not article.releases.exists()
    address = reverse("admin:articles_article_change", args=[article.pk])
    editor.post(address, filled(editor.get(address), headline="Another"))
    article.refresh_from_db()
    assert article.headline == "Another"


def test_what_pages_print_as_it_stands_waits_too(client_as: As) -> None:
    chief, category = client_as("Managing editor"), Category.objects.get(slug="politics")
    address = reverse("admin:articles_category_change", args=[category.pk])
    sent = filled(chief.get(address), name_en="Nonsense")
    frozen("publishing")
    assert chief.post(address, sent).status_code == 503
    assert not Category.objects.filter(name_en="Nonsense").exists()


def test_what_is_typed_stays_in_the_browser_and_is_not_said_to_be_kept(client_as: As) -> None:
    editor, article = client_as("Editor"), make_article()
    frozen("everything")
    user = User.objects.get(username="editor")
    sent = {"user": user.pk, "article": article.pk, "client": "one", "sequence": 1, "fields": {"headline": "x"}}
    answer = editor.post(reverse("admin:articles_article_keep"), json.dumps(sent), content_type="application/json")
    assert answer.status_code == 503 and answer.json()["error"] == "frozen" and REASON in answer.json()["says"]
    assert not Slot.objects.exists()


def test_a_form_that_is_sent_comes_back_with_all_that_was_typed(client_as: As) -> None:
    editor, article = client_as("Editor"), make_article()
    address = reverse("admin:articles_article_change", args=[article.pk])
    sent = filled(editor.get(address), headline="Another headline")
    frozen("everything")
    answer = editor.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 503 and REASON in page and 'value="Another headline"' in page
    article.refresh_from_db()
    assert article.headline != "Another headline"
    other = editor.post(reverse("admin:articles_author_add"), {"name_en": "Vela"})
    assert other.status_code == 503 and REASON in other.content.decode()
    assert editor.get(address).status_code == 200, "what only reads is open"


def test_two_people_lift_it_at_the_desk(client_as: As) -> None:
    people = [client_as(role) for role in ("Legal", "Administrator", "Editor")]
    held = frozen("everything")
    address = reverse("admin:articles_freeze_lift", args=[held.pk])
    assert people[2].post(address).status_code == people[2].get(address).status_code == 403
    assert REASON in people[0].get(address).content.decode()
    people[0].post(address)
    assert "legal" in people[1].get(reverse("admin:index")).content.decode().partition('class="frozen"')[2][:900]
    held.refresh_from_db()
    assert held.ended_at is None
    people[1].post(address)
    held.refresh_from_db()
    assert held.ended_at is not None
    assert 'class="frozen"' not in people[0].get(reverse("admin:index")).content.decode()


def test_who_is_out_can_log_in_and_out_under_a_freeze(client_as: As) -> None:
    client_as("Editor")
    frozen("everything")
    client = Client()
    client.post(reverse("admin:login"), {"username": "editor", "password": "correct horse battery"})
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.post(reverse("admin:logout")).status_code == 302
