"""The link dialog's search for own articles: by words of the headline, with an address that the list before publishing
takes, told where it has none; nothing for those who do not write."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.admin.articles import links
from articles.models import Article, Site
from articles.publishing import publish, put_in_bin, schedule, withdraw
from articles.publishing.own_links import broken_own_links
from tests.builders import make_article, make_user

URL = "/admin/articles/article/own-links/"


def ask(client: Client, q: str, **more: Any) -> list[dict[str, str]]:
    response = client.get(URL, {"q": q, **more})
    assert response.status_code == 200
    found: list[dict[str, str]] = response.json()["articles"]
    return found


def headlines(client: Client, q: str, **more: Any) -> list[str]:
    return [one["headline"] for one in ask(client, q, **more)]


def test_what_readers_see_is_offered_with_an_address_that_leads_there(editor: Client) -> None:
    article = make_article(headline="The harbour reopens")
    publish(article, by=make_user("Editor"), at=timezone.now())
    (found,) = ask(editor, "harb reop")
    assert found["status"] == "live" and found["path"].startswith("/en/") and "published on" in found["told"]
    linking = make_article("other", body=f'<p>See <a href="{found["path"]}">this</a>.</p>')
    assert broken_own_links(linking, timezone.now(), Site.current()) == []
    linking.body = linking.body.replace(found["path"], f"{found['path']}x/")
    assert broken_own_links(linking, timezone.now(), Site.current())


def test_own_language_comes_first_then_what_is_public_then_the_newest(editor: Client) -> None:
    by, at = make_user("Editor"), timezone.now()
    for slug, language in (("a", "ru"), ("b", "en"), ("c", "en"), ("d", "ru"), ("e", "en")):
        article = make_article(slug, language=language, headline=f"Port {slug}")
        if slug in "abc":
            publish(article, by=by, at=at)
    assert headlines(editor, "port", language="en") == ["Port c", "Port b", "Port e", "Port a", "Port d"]
    assert headlines(editor, "port", language="ru") == ["Port a", "Port d", "Port c", "Port b", "Port e"]
    assert "Russian · " in ask(editor, "port", language="en")[-1]["told"]


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ("ёлка", True),
        ("ЕЛК", True),
        ("у ёлки порт", False),
        ("порту елка", True),
        ("«ёлка»!", True),
        ("лка", False),
        ("порт", True),
        ("Нептун", False),
        ("е", False),
        ("", False),
        ("ёлк%", True),
        ("[а-я]", False),
        ("12", True),
        ("МЕГАФОН", True),
        ("ТрЁ", True),
        ("1 г", True),
        ("е п", True),
        ("ё", False),
    ],
)
def test_words_are_found_by_their_beginnings_whatever_their_letters_are(
    editor: Client, asked: str, is_found: bool
) -> None:
    make_article(language="ru", headline="Ёлка — в порту, 12-й год МегаФона: трех")
    assert bool(ask(editor, asked, language="ru")) == is_found


def test_drafts_and_what_is_gone_are_told(editor: Client) -> None:
    by, at = make_user("Managing editor"), timezone.now()
    make_article("draft", headline="Pier one")
    make_article("dated", headline="Pier two", dated_at=at + timedelta(days=30))
    schedule(make_article("later", headline="Pier three"), by=by, at=at, live_at=at + timedelta(days=3))
    gone = make_article("gone", headline="Pier four")
    publish(gone, by=by, at=at)
    withdraw(gone, by=by, at=timezone.now(), note="A test")
    thrown = make_article("thrown", headline="Pier five")
    put_in_bin(thrown, by=by, at=timezone.now())
    found = {one["headline"]: one for one in ask(editor, "pier")}
    assert found.keys() == {"Pier one", "Pier two", "Pier three", "Pier four"}
    assert found["Pier one"]["path"] == "" and "no address" in found["Pier one"]["told"]
    assert found["Pier two"]["path"].endswith("/dated/") and "draft" in found["Pier two"]["told"]
    assert found["Pier three"]["path"].endswith("/later/") and "scheduled" in found["Pier three"]["told"]
    assert found["Pier four"]["path"] == "" and "withdrawn" in found["Pier four"]["told"]


def test_own_article_is_left_out_and_the_list_is_bounded(editor: Client, django_assert_num_queries: Any) -> None:
    articles = [make_article(f"a{number}", headline="Rain") for number in range(links.OFFERED + 3)]
    newest = articles[-1].pk
    ask(editor, "rain")
    with django_assert_num_queries(11):
        assert len(ask(editor, "rain")) == links.OFFERED
    assert len(headlines(editor, "rain", article=newest)) == links.OFFERED
    Article.objects.exclude(pk=newest).update(headline="Sun")
    assert headlines(editor, "rain") == ["Rain"] and headlines(editor, "rain", article=newest) == []


@pytest.mark.parametrize("more", [{"article": "x"}, {"article": "9" * 50}, {"language": "xx"}, {"q": "a\x00b " * 999}])
def test_odd_questions_are_answered(editor: Client, more: dict[str, str]) -> None:
    assert editor.get(URL, {"q": "rain", **more}).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [("Reporter", 200), ("Editor", 200), ("Managing editor", 200), ("Legal", 403), ("Administrator", 403)],
)
def test_it_is_for_those_who_write(client_as: Callable[[str], Client], role: str, status: int) -> None:
    assert client_as(role).get(URL, {"q": "rain"}).status_code == status
    assert client_as(role).post(URL).status_code == 405


def test_nobody_else_is_answered(client: Client, db: None) -> None:
    assert client.get(URL, {"q": "rain"}).status_code == 302
