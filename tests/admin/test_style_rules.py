"""Rules of style at the desk: written, tried on the archive, shown while one types; they hold nothing up."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.editions.house_style import compile_rule
from articles.models import StyleRule
from articles.publishing import publish
from articles.search import words
from tests.builders import NOW, make_article, make_user


def stored(words: str = "reportedly", **fields: Any) -> StyleRule:
    fields = {"kind": "avoid", "language": "en", "reason": "Say who says so.", "is_on": True} | fields
    rule = StyleRule(words=words, **fields)
    compile_rule(rule)
    rule.save()
    return rule


def marks(client: Client, **texts: str) -> list[dict[str, Any]]:
    sent = {"language": "en", "headline": "", "body": "", "words": ""} | texts
    address = reverse("admin:articles_article_live_marks_new")
    answer = client.post(address, json.dumps(sent), content_type="application/json").json()
    return [one for one in answer["marks"] if one["kind"] == "style"]


def test_shown_where_it_stands_with_reason_and_suggestion(editor: Client) -> None:
    stored(suggestion="as we are told")
    body = "<p>😀 He was <b>report</b>edly</p><p>Reportedly.</p>"
    spoken = "😀 He was reportedlyReportedly."
    found = marks(editor, headline="Reportedly gone", body=body, words=spoken)
    assert [(one["field"], one["from"], one["to"], one["suggestion"]) for one in found] == [
        ("headline", 0, 10, "As we are told"),
        ("body", 10, 20, "as we are told"),
        ("body", 20, 30, "As we are told"),
    ]
    assert {one["why"] for one in found} == {"Say who says so."}


@pytest.mark.parametrize("fields", [{"is_on": False}, {"language": "ru"}])
def test_not_shown_unless_it_holds_for_the_language(editor: Client, fields: dict[str, Any]) -> None:
    stored(**fields)
    assert not marks(editor, headline="Reportedly gone")


def test_panel_lists_the_advice(editor: Client) -> None:
    stored(suggestion="as we are told")
    article = make_article(headline="Reportedly gone")
    sent = {"language": "en", "headline": "Reportedly gone"}
    address = reverse("admin:articles_article_live_marks", args=[article.pk])
    panel = editor.post(address, json.dumps(sent), content_type="application/json").json()["panel"]
    assert "House style: only advice" in panel and "As we are told" in panel


def test_it_never_blocks(client_as: Callable[[str], Client]) -> None:
    stored()
    assert publish(make_article(headline="Reportedly gone"), by=make_user("Editor"), at=NOW)


def test_no_dictionary_is_loaded_while_one_types(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    stored("силовик", language="ru")

    def refuse() -> None:
        raise AssertionError

    monkeypatch.setattr(words, "dictionary", refuse)
    assert [one["surface"] for one in marks(editor, language="ru", headline="О силовиках")] == ["силовиках"]


def test_written_tried_and_switched_on(editor: Client) -> None:
    by = User.objects.get_or_create(username="editor")[0]
    for number in range(3):
        publish(
            make_article(f"gone-{number}", headline="Reportedly gone", body="<p>He is reportedly here.</p>"),
            by=by,
            at=NOW,
        )
    publish(make_article("here", headline="Here", body="<p>He is here.</p>"), by=by, at=NOW)
    sent = {"kind": "avoid", "language": "en", "words": " reportedly \n\n", "suggestion": "", "reason": "Say who."}
    assert editor.post(reverse("admin:articles_stylerule_add"), sent).status_code == 302
    rule = StyleRule.objects.get()
    assert (rule.words, rule.is_on, rule.compiled) == ("reportedly", False, [[["reportedly"]]])
    address = reverse("admin:articles_stylerule_change", args=[rule.pk])
    assert "trial" not in editor.get(address).context
    trial = editor.get(address, {"try": "1"})
    found = trial.context["trial"]
    assert (found.looked_at, found.articles, found.times, len(found.examples)) == (4, 3, 6, 6)
    assert "6 times, in 3 of the 4" in trial.content.decode()
    assert editor.post(address, sent | {"is_on": "on"}).status_code == 302
    assert marks(editor, headline="Reportedly")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"words": "—\n"}, "words"), ({"kind": "first_mention"}, "suggestion"), ({"reason": ""}, "reason")],
)
def test_what_cannot_be_used_is_said_at_its_field(editor: Client, changes: dict[str, str], field: str) -> None:
    sent = {"kind": "avoid", "language": "en", "words": "reportedly", "suggestion": "", "reason": "Say who."} | changes
    answer = editor.post(reverse("admin:articles_stylerule_add"), sent)
    assert field in answer.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("role", "may"), [("Reporter", 403), ("Legal", 403), ("Editor", 200), ("Managing editor", 200)]
)
def test_who_may_write_rules(client_as: Callable[[str], Client], role: str, may: int) -> None:
    assert client_as(role).get(reverse("admin:articles_stylerule_add")).status_code == may
