"""The bin at the desk: a list of its own, in no other; nothing to write there; back by one act."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Site
from articles.publishing import put_in_bin
from tests.admin.forms import CHANGE, act, change_article, filled
from tests.builders import make_article, make_user

LIST = "admin:articles_article_changelist"


@pytest.fixture
def binned(editor: Client) -> Article:
    article = make_article("binned", headline="Pelican at noon")
    make_article("kept", headline="Pelican at dusk")
    put_in_bin(article, by=make_user("Editor"), at=timezone.now())
    return Article.objects.get(pk=article.pk)


def headlines(client: Client, **query: object) -> list[str]:
    return sorted(one.headline for one in client.get(reverse(LIST), query).context["cl"].result_list)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["Pelican at dusk"]),
        ({"status": "draft"}, ["Pelican at dusk"]),
        ({"q": "Pelican"}, ["Pelican at dusk"]),
        ({"status": "bin"}, ["Pelican at noon"]),
        ({"status": "bin", "q": "dusk"}, []),
    ],
)
def test_bin_is_a_list_of_its_own(editor: Client, binned: Article, query: dict[str, str], shown: list[str]) -> None:
    assert headlines(editor, **query) == shown
    assert headlines(editor, **query, category__id__exact=binned.category_id) == shown


def test_neither_overview_nor_queue_nor_search_of_originals_shows_it(editor: Client, binned: Article) -> None:
    overview = editor.get(reverse("admin:index"))
    assert "Pelican at noon" not in overview.content.decode()
    assert {str(one["label"]): one["number"] for one in overview.context["statuses"]}["draft"] == 1
    asked = {"app_label": "articles", "model_name": "article", "field_name": "origin_article", "term": "Pelican"}
    found = editor.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [one["text"] for one in found] == ["Pelican at dusk"]


def test_it_is_read_there_and_not_written(editor: Client, binned: Article) -> None:
    address = reverse(CHANGE, args=[binned.pk])
    shown = editor.get(address)
    assert [one.name for one in shown.context["acts"]] == ["unbin", "erase"]
    assert "In the bin since" in shown.content.decode()
    assert editor.post(address, {"headline": "Gull"}).status_code == 403
    user = make_user("Editor")
    sent = {"user": user.pk, "client": "one", "sequence": 1, "article": binned.pk, "fields": {"headline": "Gull"}}
    kept = editor.post(reverse("admin:articles_article_keep"), json.dumps(sent), content_type="application/json")
    assert kept.status_code == 403


@pytest.mark.parametrize("name", ["publish", "submit", "approve", "share", "copy"])
def test_no_act_is_done_with_it_there(editor: Client, binned: Article, name: str) -> None:
    answer = act(editor, binned, name)
    assert answer.status_code == 403 or "in the bin" in editor.get(reverse(CHANGE, args=[binned.pk])).content.decode()
    assert Article.objects.get(pk=binned.pk).binned_at and Article.objects.count() == 2
    assert not binned.releases.exists() and binned.state == "draft"


def test_put_there_and_taken_back(editor: Client, newsroom: Site) -> None:
    article = make_article()
    change_article(editor, article, headline="Terns at sea", _act="bin")
    assert headlines(editor, status="bin") == ["Terns at sea"]
    shown = act(editor, article, "unbin")
    assert shown["Location"] == reverse(CHANGE, args=[article.pk])
    assert headlines(editor) == ["Terns at sea"]


def test_a_form_sent_while_another_bins_it_stores_nothing(editor: Client, monkeypatch: Any) -> None:
    from articles.admin.articles.article import ArticleAdmin

    article, address = make_article(), ""
    address = reverse(CHANGE, args=[article.pk])
    sent = filled(editor.get(address), headline="Too late")
    begin, user = ArticleAdmin.begin, User.objects.get(username="editor")

    def late(self: ArticleAdmin, request: Any, obj: Any) -> None:
        if Article.objects.get(pk=article.pk).binned_at is None:
            put_in_bin(Article.objects.get(pk=article.pk), by=user, at=timezone.now())
        begin(self, request, obj)

    monkeypatch.setattr(ArticleAdmin, "begin", late)
    assert editor.post(address, sent).status_code == 403
    stands = Article.objects.get(pk=article.pk)
    assert stands.headline == article.headline and stands.binned_at


def test_settings_say_how_long(client_as: Any) -> None:
    client, address = client_as("Administrator"), reverse("admin:articles_site_change", args=[1])
    sent = filled(client.get(address))
    assert client.post(address, sent | {"bin_days": "7"}).status_code == 302
    assert Site.current().bin_days == 7
    assert client.post(address, sent | {"bin_days": "0"}).status_code == 200


def test_erased_for_good_it_is_gone_and_the_list_says_so(editor: Client, binned: Article) -> None:
    asked = editor.get(reverse("admin:articles_article_act", args=[binned.pk, "erase"]))
    assert "Nobody can bring it back" in asked.content.decode()
    response = act(editor, binned, "erase")
    assert response["Location"] == reverse(LIST)
    assert "The draft is erased." in editor.get(response["Location"]).content.decode()
    assert [one.headline for one in Article.objects.all()] == ["Pelican at dusk"]


def test_two_people_find_each_their_button(editor: Client, client_as: Callable[[str], Client], binned: Article) -> None:
    Site.objects.update(erase_by_two=True)
    managing, address = client_as("Managing editor"), reverse(CHANGE, args=[binned.pk])
    acts = [[one.name for one in client.get(address).context["acts"]] for client in (editor, managing)]
    assert acts == [["unbin", "ask_erase"]] * 2
    assert act(editor, binned, "ask_erase").status_code == 302
    first, second = editor.get(address), managing.get(address)
    assert [one.name for one in first.context["acts"]] == ["unbin"]
    assert [one.name for one in second.context["acts"]] == ["unbin", "erase"]
    assert "Another editor was asked to erase it" in first.content.decode()
    assert act(editor, binned, "erase").status_code == 200, "refused on the page of the act"
    assert act(managing, binned, "erase").status_code == 302
    assert not Article.objects.filter(pk=binned.pk).exists()
