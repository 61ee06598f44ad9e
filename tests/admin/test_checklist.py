"""The list before publishing at the desk: beside the form, on the pages of the acts, and its settings."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Site
from articles.publishing.checklist import CHOICES
from tests.admin.forms import CHANGE, act, errors, filled
from tests.builders import make_article

PLAIN = {"headline": "Quiet day", "summary": "", "body": '<p>See <a href="/en/nonsense/">the map</a>.</p>'}
BROKEN = "The link “the map” leads readers nowhere"


def require(*keys: str) -> None:
    Site.objects.update(required_points=list(keys))


def page(client: Client, article: Article, act: str = "") -> str:
    address = (
        reverse("admin:articles_article_act", args=[article.pk, act]) if act else reverse(CHANGE, args=[article.pk])
    )
    return client.get(address).content.decode()


@pytest.mark.parametrize("where", ["", "publish", "schedule"])
def test_list_stands_beside_the_form_and_on_the_pages_that_publish(editor: Client, where: str) -> None:
    article = make_article(**PLAIN)
    shown = page(editor, article, where)
    form = reverse(CHANGE, args=[article.pk]) if where else ""
    assert BROKEN in shown and f'href="{form}#id_body"' in shown
    folded = shown[shown.index("points are fine") :]
    assert "<details>" in shown and "Each photo has an alternative text" in folded


@pytest.mark.parametrize("where", ["share", "request"])
def test_acts_that_publish_nothing_show_no_list(editor: Client, where: str) -> None:
    assert "checklist-title" not in page(editor, make_article(**PLAIN), where)


def test_list_of_changes_stands_on_the_page_that_publishes_them(editor: Client) -> None:
    article = make_article(**PLAIN)
    act(editor, article, "publish")
    assert BROKEN in page(editor, article, "correct")


def test_every_jump_of_the_list_leads_to_a_field_of_the_form(editor: Client) -> None:
    require(*(key for key, _name in CHOICES))
    article = make_article(**PLAIN, translator="Anna Tern")
    response = editor.get(reverse(CHANGE, args=[article.pk]))
    jumps = {line.jump for line in response.context["checklist"].lines}
    assert jumps >= {"id_body", "id_category", "id_dated_at_0", "id_origin_outlet", "id_origin_published_at_0"}
    assert all(f'id="{one}"' in response.content.decode() for one in jumps)


def test_what_is_required_and_missing_is_said_at_its_field(editor: Client) -> None:
    require("links")
    article = make_article(**PLAIN)
    assert "Required." in page(editor, article)
    answer = act(editor, article, "publish")
    assert not article.releases.exists()
    complaints = errors(editor.get(answer["Location"]))
    assert BROKEN in complaints["body"][0] and "settings require this" in complaints["body"][0]


def test_schedule_is_held_up_as_well(editor: Client) -> None:
    require("dated")
    article, moment = make_article(**PLAIN), timezone.localtime(timezone.now() + timedelta(days=2))
    answer = act(editor, article, "schedule", live_at_0=f"{moment:%Y-%m-%d}", live_at_1=f"{moment:%H:%M}")
    assert "dated_at" in errors(editor.get(answer["Location"]))
    assert not article.releases.exists()


def test_settings_choose_what_is_required(client_as: Callable[[str], Client]) -> None:
    client, address = client_as("Administrator"), reverse("admin:articles_site_change", args=[1])
    sent = filled(client.get(address), required_points=["alt", "links"])
    assert client.post(address, sent).status_code == 302
    assert Site.current().required_points == ["alt", "links"]
    assert client.post(address, sent | {"required_points": ["category"]}).status_code == 200
