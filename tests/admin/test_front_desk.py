"""The desk's page of the front page: what its script sends and is sent, and what it refuses."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from articles.models import Article, Category, Event, FrontPlace, Site, Spot
from articles.publishing import arrange, publish, schedule, sheet_of
from articles.publishing.front import BreakingText, Placed, Sheet
from articles.reader.pages import build
from tests.builders import NOW, make_article, make_user

PAGE = "/admin/articles/frontpage/"
LEAD = Spot("lead", 0, 0)
EMPTY: dict[str, Any] = {"places": {}, "line": None}
HOUR = timedelta(hours=1)


@pytest.fixture
def editor(editor: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Stop the clock."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return editor


def story(slug: str, **fields: Any) -> Article:
    words = {"headline": slug.replace("-", " ").capitalize(), "summary": "", "body": "<p>It rained.</p>"}
    article = make_article(slug, **words | fields)
    publish(article, by=make_user("Editor"), at=NOW - HOUR)
    return article


def post(client: Client, name: str, user: str = "Editor", **sent: Any) -> HttpResponse:
    body = {"user": make_user(user).pk, "language": "en"} | sent
    return client.post(f"{PAGE}{name}/", json.dumps(body), content_type="application/json")


def led_by(article: Article, until: str = "") -> dict[str, Any]:
    return {"places": {LEAD.key: {"article": article.pk, "until": until}}, "line": None}


def told(client: Client, query: str = "") -> dict[str, Any]:
    page = client.get(PAGE + query)
    assert page.status_code == 200
    data: dict[str, Any] = page.context["told"]
    return data


def test_the_page_has_every_place_and_what_can_stand_there(editor: Client) -> None:
    one = story("one")
    coming = make_article("coming", headline="Coming", summary="", body="<p>It rains.</p>")
    schedule(coming, by=make_user("Editor"), at=NOW, live_at=NOW + HOUR)
    make_article("draft", headline="A draft")
    publish(make_article("odin", language="ru", headline="Один"), by=make_user("Editor"), at=NOW)

    data = told(editor)
    assert [article["id"] for article in data["found"]] == [coming.pk, one.pk]
    assert data["state"] == EMPTY | {"articles": []}
    assert [article["headline"] for article in told(editor, "?language=ru")["found"]] == ["Один"]
    shown = editor.get(PAGE).content.decode()
    keys = [f"{kind}.0.{n}" for kind, number in (("banner", 1), ("lead", 1), ("second", 4)) for n in range(number)]
    for category in Category.objects.all():
        keys += [f"{kind}.{category.pk}.{n}" for kind, number in (("box", 1), ("row", 3)) for n in range(number)]
    assert all(f'data-place="{key}"' in shown for key in keys)
    assert shown.count("data-place=") == len(keys) + 1, "and the word of the button"


def test_the_preview_is_the_page_that_storing_prints(editor: Client) -> None:
    old, new = story("old"), story("new")
    line = {"text": "The GDL is out", "link": "/en/category/courts/", "until": ""}
    state = led_by(old) | {"line": line}
    shown = post(editor, "preview", state=state).json()
    assert shown["stands"][LEAD.key]["id"] == old.pk
    assert shown["stands"]["second.0.0"]["id"] == new.pk, "by rule"
    assert not FrontPlace.objects.exists()

    stored = post(editor, "store", was=EMPTY, becomes=state).json()
    assert stored["ok"] and stored["state"]["line"]["text"] == "The GDL is out"
    assert build("/en/", NOW).body.decode() == shown["page"]
    assert editor.get(f"{PAGE}printed/?language=en").content.decode() == shown["page"]
    assert Event.objects.filter(kind="front place", article=old).count() == 1
    assert "placed it on the front page" in editor.get(PAGE).content.decode()


def test_the_preview_tells_a_past_moment_from_an_article_that_nobody_sees(editor: Client) -> None:
    one = story("one")
    for until, over in (("2026-03-10T18:30", []), (f"{NOW - timedelta(days=1):%Y-%m-%dT%H:%M}", [LEAD.key])):
        assert post(editor, "preview", state=led_by(one, until)).json()["over"] == over


def test_the_page_in_the_frame_runs_nothing_and_is_framed_by_the_desk_alone(editor: Client) -> None:
    story("one")
    page = editor.get(f"{PAGE}printed/")
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "allow-scripts" not in policy
    assert page["X-Robots-Tag"] == "noindex, nofollow" and "no-store" in page["Cache-Control"]


def test_a_moment_is_read_by_the_newsroom_s_clock_and_comes_back_as_it_was(editor: Client) -> None:
    one = story("one")
    stored = post(editor, "store", was=EMPTY, becomes=led_by(one, "2026-03-10T18:30")).json()
    state = {name: stored["state"][name] for name in ("places", "line")}
    assert state["places"][LEAD.key]["until"] == "2026-03-10T18:30:00+03:00"
    again = post(editor, "store", was=state, becomes=state | {"line": {"text": "Open"}}).json()
    assert again["ok"], again
    assert sheet_of("en", NOW).places[LEAD].until == timezone.make_aware(
        timezone.datetime(2026, 3, 10, 18, 30), Site.current().zone
    )


def test_two_editors_lose_nothing(editor: Client) -> None:
    one, two, three = story("one"), story("two"), story("three")
    other = make_user("Managing editor")
    arrange("en", Sheet(), Sheet({LEAD: Placed(one.pk)}, BreakingText("Theirs")), by=other, at=NOW)

    both = post(editor, "store", was=EMPTY, becomes=led_by(two) | {"line": {"text": "Mine"}}).json()
    assert (both["error"], both["places"], both["line"]) == ("overtaken", [LEAD.key], True)
    assert both["who"] == {LEAD.key: "managing-editor"}
    assert sheet_of("en", NOW) == Sheet({LEAD: Placed(one.pk)}, BreakingText("Theirs"))

    theirs = {name: both["state"][name] for name in ("places", "line")}
    again = post(editor, "store", was=theirs, becomes=led_by(two) | {"line": theirs["line"]}).json()
    assert again["ok"]
    beside = {"places": {"second.0.3": {"article": three.pk, "until": ""}}, "line": None}
    merged = post(editor, "store", was=EMPTY, becomes=beside).json()
    assert merged["ok"] and "others have changed" in merged["says"]
    assert {one.article for one in sheet_of("en", NOW).places.values()} == {two.pk, three.pk}


BROKEN: dict[str, Any] = {
    "nothing": None,
    "a list": [],
    "no places": {"line": None},
    "a place of no kind": {"places": {"tower.0.0": {"article": 1}}, "line": None},
    "a place without numbers": {"places": {"lead": {"article": 1}}, "line": None},
    "a number too long": {"places": {f"lead.0.{'9' * 40}": {"article": 1}}, "line": None},
    "no article": {"places": {"lead.0.0": {}}, "line": None},
    "an article that is no number": {"places": {"lead.0.0": {"article": "one"}}, "line": None},
    "an article beyond all numbers": {"places": {"lead.0.0": {"article": 10**30}}, "line": None},
    "true": {"places": {"lead.0.0": {"article": True}}, "line": None},
    "no moment": {"places": {"lead.0.0": {"article": 1, "until": "tomorrow"}}, "line": None},
    "a moment beyond time": {"places": {"lead.0.0": {"article": 1, "until": "9999-12-31T23:59-14:00"}}, "line": None},
    "three hundred places": {"places": {f"second.0.{n}": {"article": n + 1} for n in range(300)}, "line": None},
    "a line that is a text": {"places": {}, "line": "Open"},
    "a line of numbers": {"places": {}, "line": {"text": 1}},
    "a line without end": {"places": {}, "line": {"text": "x" * 100_000}},
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_no_script_sends_is_answered_cleanly(editor: Client, what: str) -> None:
    for name, sent in (("preview", {"state": BROKEN[what]}), ("store", {"was": EMPTY, "becomes": BROKEN[what]})):
        assert post(editor, name, **sent).status_code == 400, name
    assert not FrontPlace.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "[" * 5000, "null"])
def test_what_is_no_json_is_answered_cleanly(editor: Client, body: str) -> None:
    for name in ("preview", "store"):
        assert editor.post(f"{PAGE}{name}/", body, content_type="application/json").status_code in (400, 409)


def test_what_no_page_can_show_is_said_in_words(editor: Client) -> None:
    draft, one = make_article("draft"), story("one")
    for becomes in (led_by(draft), led_by(one, "2020-01-01T00:00"), led_by(Article(pk=draft.pk + 99))):
        refused = post(editor, "store", was=EMPTY, becomes=becomes)
        assert refused.status_code == 409 and refused.json()["says"]
    assert post(editor, "preview", state=led_by(draft)).json()["stands"][LEAD.key]["id"] == one.pk
    bad = post(editor, "preview", state=EMPTY | {"line": {"text": "Open", "link": "javascript:alert(1)"}}).json()
    assert "page of this site" in bad["trouble"] and "javascript" not in bad["page"]
    assert post(editor, "preview", language="xx", state=EMPTY).status_code == 400


def test_what_is_unclear_in_the_breaking_line_is_said(editor: Client) -> None:
    story("one")
    shown = post(editor, "preview", state=EMPTY | {"line": {"text": "The Harbour is shut"}}).json()
    assert shown["unclear"] == "“Harbour”"


def test_search_finds_what_can_be_placed_by_words_of_the_headline(editor: Client) -> None:
    one, _two = story("bridge-open"), story("harbour-shut")
    make_article("draft", headline="Bridge of a draft")

    def found(query: str) -> list[int]:
        return [one["id"] for one in editor.get(f"{PAGE}found/", {"q": query}).json()["articles"]]

    assert found("bri") == [one.pk]
    assert found("nothing like it") == [] == found("%") == found("x" * 10_000)
    assert len(found("")) == 2


@pytest.mark.parametrize("role", ["Reporter", "Legal", "Administrator"])
def test_other_roles_get_neither_the_page_nor_its_side_views(client_as: Callable[[str], Client], role: str) -> None:
    client = client_as(role)
    assert [client.get(f"{PAGE}{name}").status_code for name in ("", "found/", "printed/")] == [403] * 3
    assert [post(client, name, role, state=EMPTY).status_code for name in ("preview", "store")] == [403] * 2


def test_somebody_else_in_this_browser_and_nobody_at_all_store_nothing(editor: Client) -> None:
    one = story("one")
    sent = {"was": EMPTY, "becomes": led_by(one)}
    assert post(editor, "store", "Managing editor", **sent).status_code == 409
    assert post(Client(), "store", **sent).status_code == 401
    assert not FrontPlace.objects.exists()


def test_an_outlet_of_one_language_has_one_front_page(editor: Client) -> None:
    Site.objects.update(languages="ru")
    assert told(editor, "?language=en")["language"] == "ru"
    assert post(editor, "preview", state=EMPTY).status_code == 400


def test_without_registers_the_page_says_so(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from articles.models import RegisterVersion

    RegisterVersion.objects.update(applied_at=None)
    assert editor.get(PAGE).status_code == 200
    assert editor.get(f"{PAGE}printed/").status_code == 200
    refused = post(editor, "store", was=EMPTY, becomes=EMPTY | {"line": {"text": "Open"}})
    assert refused.status_code == 409 and "registers" in refused.json()["says"]
