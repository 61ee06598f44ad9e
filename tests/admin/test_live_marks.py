"""What publishing would mark, said of a text that is not saved: the same marks, in the places of the typed text."""

import json
import os
import random
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from articles.admin.articles.places import in_browser, places_in, words_of
from articles.models import Article, ArticleVersion, MentionDecision
from tests.admin.live_edits import Typist, published, underlined
from tests.builders import make_article

NEW = "admin:articles_article_live_marks_new"
ONE = "admin:articles_article_live_marks"


def ask(client: Client, texts: object, article: Article | None = None) -> list[dict[str, object]]:
    address = reverse(ONE, args=[article.pk]) if article else reverse(NEW)
    answer = client.post(address, json.dumps(texts), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return list(answer.json()["marks"])


def typed(body: str, words: str, **more: str) -> dict[str, str]:
    return {"headline": "", "body": body, "words": words, "language": "en", **more}


EDITS = int(os.environ.get("LIVE_EDITS", "100"))  # of each seed


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_underlined_is_what_publishing_marks(editor: Client, seed: int) -> None:
    article, typist = make_article(), Typist(random.Random(seed))
    marks = 0
    for number in range(EDITS):
        typist.edit()
        found = underlined(editor, article, typist)
        assert found == published(article, typist), (number, typist.sent())
        marks += len(found)
    assert marks > 100
    assert not ArticleVersion.objects.exclude(number=1).exists()


def test_a_mark_that_is_typed_in_at_the_end_of_a_text_is_underlined(editor: Client) -> None:
    marks = ask(editor, typed("", "", headline="Cells of the GDL*"))
    assert ("typed", 16, 17) in {(one["kind"], one["from"], one["to"]) for one in marks}


def test_marks_typed_in_before_a_name_shift_no_place(editor: Client) -> None:
    text = "GDL* GDL** GDL***** Cells of the GDL*"
    marks = ask(editor, typed("", "", headline=text, summary=f"{text}."))
    for field in ("headline", "summary"):
        signs = [text[one["from"] : one["to"]] for one in marks if (one["field"], one["kind"]) == (field, "typed")]
        assert signs == ["*", "**", "*****", "*"]
        names = [text[one["from"] : one["to"]] for one in marks if (one["field"], one["kind"]) == (field, "marked")]
        assert names == ["GDL"] * 4


def test_places_before_the_first_save(editor: Client) -> None:
    words = "Both 😀 met the GDL.GDL* again."
    marks = ask(editor, typed("<p>Both 😀 met the <b>G</b>DL.</p><p>GDL* again.</p>", words, headline=" GDL"))
    found = {(one["field"], one["kind"], one["from"], one["to"]) for one in marks}
    assert found == {
        ("headline", "marked", 1, 4),
        ("body", "marked", 16, 19),
        ("body", "marked", 20, 23),
        ("body", "typed", 23, 24),
    }
    assert all("GDL" in str(one["surface"]) and one["note"] and one["registers"] for one in marks)
    assert not Article.objects.exists()


def test_unclear_names_come_with_their_key_and_the_panel_follows(editor: Client) -> None:
    article = make_article(headline="The port", body="<p>Nobody.</p>")
    (mark,) = ask(editor, typed("<p>The Harbour spoke.</p>", "The Harbour spoke.", headline="The port"), article)
    assert (mark["kind"], mark["surface"]) == ("unclear", "Harbour") and mark["key"] and mark["why"]
    told = typed("<p>The Harbour spoke.</p>", "The Harbour spoke.", headline="The port")
    (mark,) = ask(editor, told | {"key": str(mark["key"]), "answer": "mark"}, article)
    assert (mark["kind"], mark["answer"]) == ("marked", "mark")
    article.refresh_from_db()
    assert article.body == "<p>Nobody.</p>"


def beside(client: Client, article: Article, **texts: str) -> dict[str, str]:
    answer = client.post(reverse(ONE, args=[article.pk]), json.dumps(texts), content_type="application/json")
    return dict(answer.json())


def test_notes_that_will_be_printed_follow_what_is_typed(editor: Client) -> None:
    article = make_article(headline="The port", summary="", body="<p>Nobody.</p>")
    said = "The organization is listed as terrorist."
    assert said not in beside(editor, article, **typed("<p>Nobody.</p>", "Nobody."))["panel"]
    panel = beside(editor, article, **typed("<p>The GDL.</p>", "The GDL."))["panel"]
    assert "Notes that will be printed" in panel and f"* {said}" in panel
    two = "<p>The GDL, the Twofold Bridge.</p>"
    assert "* The organization is listed as terrorist." in beside(editor, article, **typed(two, "x"))["panel"]
    saved = make_article("other")
    assert said in editor.get(reverse("admin:articles_article_change", args=[saved.pk])).content.decode()


def test_gate_follows_what_is_typed(editor: Client) -> None:
    article = make_article(headline="The port", summary="", body="<p>Nobody.</p>")
    sent = typed("<p>The Harbour.</p>", "The Harbour.")
    assert "<mark>Harbour</mark>" in beside(editor, article, **sent)["gate"]
    assert beside(editor, article, **typed("<p>Nobody.</p>", "Nobody."))["gate"] == ""
    sent = typed("<p>Nobody.</p>", "Nobody.", translator="Anna Tern")
    assert beside(editor, article, **sent)["gate"].count("does not say") == 2
    sent |= {"origin_outlet": "Post", "origin_published_at": "2026-03-01"}
    assert beside(editor, article, **sent)["gate"] == ""
    told = beside(editor, article, **typed("<p>x</p>", "x", translator="A", origin_article=str(make_article("o").pk)))
    assert told["gate"] == ""
    for none in ("4711", "x", "9" * 30):
        told = beside(editor, article, **typed("<p>x</p>", "x", translator="A", origin_article=none))
        assert told["gate"].count("does not say") == 2


def test_an_answer_that_is_none_is_refused(editor: Client, client_as: Callable[[str], Client]) -> None:
    article = make_article(headline="The port", body="<p>Nobody.</p>")
    told = typed("<p>The Harbour spoke.</p>", "The Harbour spoke.")
    (mark,) = ask(editor, told, article)
    answer = {"key": mark["key"], "answer": "mark"}
    for address, sent in (
        (reverse(NEW), told | answer),
        (reverse(ONE, args=[article.pk]), told | answer | {"answer": "perhaps"}),
        (reverse(ONE, args=[article.pk]), told | answer | {"key": "none"}),
    ):
        refused = editor.post(address, json.dumps(sent), content_type="application/json")
        assert refused.status_code == 409 and refused.json()["problem"]
    reporter = client_as("Reporter")
    sent = json.dumps(told | answer)
    refused = reporter.post(reverse(ONE, args=[article.pk]), sent, content_type="application/json")
    assert refused.status_code in (403, 409)
    assert not MentionDecision.objects.exists()


def test_panel_says_that_it_is_of_what_is_typed(editor: Client) -> None:
    article = make_article(headline="The port", body="<p>Nobody.</p>")
    address = reverse(ONE, args=[article.pk])
    sent = json.dumps(typed("<p>The GDL &lt;b&gt;</p>", "The GDL <b>"))
    panel = editor.post(address, sent, content_type="application/json").json()["panel"]
    assert "as it stands in the form" in panel and "&lt;b&gt;" in panel and 'class="mention marked"' in panel


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("no json", "What was sent is no JSON."),
        ("[" * 100_000, "What was sent is no JSON."),
        ("[]", "A text for each field is expected."),
        ('{"headline": 5}', "A text for each field is expected."),
        (json.dumps({"headline": "a" * 20_001}), "20001 characters"),
        (json.dumps({"body": "a" * 500_001}), "500001 characters"),
        (json.dumps({"body": "<blockquote>" * 200}), "stands too deep"),
    ],
)
def test_what_cannot_be_read_is_named(editor: Client, body: str, said: str) -> None:
    answer = editor.post(reverse(NEW), body, content_type="application/json")
    assert answer.status_code == 422 and said in answer.json()["problem"]


def test_only_those_who_may_see_the_article_are_told(client_as: Callable[[str], Client], client: Client) -> None:
    article = make_article()
    sent = json.dumps(typed("<p>GDL</p>", "GDL"))
    for address in (reverse(NEW), reverse(ONE, args=[article.pk])):
        assert client.post(address, sent, content_type="application/json").status_code == 302
        assert client_as("Reporter").post(address, sent, content_type="application/json").status_code == 200
        assert client_as("Editor").get(address).status_code == 405
    assert client_as("Editor").post(reverse(ONE, args=[9999]), sent, content_type="application/json").status_code == 404
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(reverse(NEW), sent, content_type="application/json").status_code in (302, 403)


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["*", "**", " ", "†"])), max_size=6)
)
def test_what_was_taken_out_shifts_nothing_else(text: str, signs: list[tuple[int, str]]) -> None:
    clean = text.replace("*", "").replace("†", "")
    typed_text = clean
    for at, sign in signs:
        typed_text = typed_text[:at] + sign.replace(" ", "*") + typed_text[at:]
    places = places_in(typed_text, clean)
    assert places == sorted(places) and len(places) == len(clean) + 1
    assert all(typed_text[place] == char or char.isspace() for place, char in zip(places, clean, strict=False))


@given(st.text(max_size=80))
def test_a_browser_counts_as_utf_16_does(text: str) -> None:
    counted = in_browser(text)
    assert counted == [len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in range(len(text) + 1)]


def test_words_of_html() -> None:
    assert words_of('<p>A &amp; <a href="x">b</a>&nbsp;&#60;</p>')[0] == "A & b\u00a0<"
