"""A form sent after somebody else saved: put together where they changed different things, asked where the same."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, ArticleVersion, Author, Byline, Category, Region
from articles.publishing import keep_version
from tests.admin.forms import CHANGE, add_article, change_article, errors, filled
from tests.admin.test_article_form import category
from tests.admin.test_typed import keep, of
from tests.builders import make_article, make_user

BODY = "<p>One.</p><p>Two.</p><p>Three.</p>"


@pytest.fixture
def article(newsroom: object) -> Article:
    made = make_article(headline="The port", summary="", body=BODY)
    keep_version(made, by=make_user("Editor"), at=timezone.now())
    return made


@pytest.fixture
def managing(client_as: Callable[[str], Client]) -> Client:
    return client_as("Managing editor")


def opened(client: Client, article: Article) -> dict[str, Any]:
    return filled(client.get(reverse(CHANGE, args=[article.pk])))


def send(client: Client, article: Article, sent: dict[str, Any], **changes: Any) -> Any:
    return client.post(reverse(CHANGE, args=[article.pk]), sent | changes)


def hidden(response: Any, form: str) -> dict[str, Any]:
    """Return what a page's form would send of its hidden fields."""
    inside = response.content.decode().partition(f'id="{form}"')[2].partition("</form>")[0]
    sent: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', inside):
        sent.setdefault(unescape(name), []).append(unescape(value))
    return sent


def shown(response: Any, *names: str) -> list[Any]:
    """Return what the fields of the shown form hold."""
    form = response.context["adminform"].form
    assert not form.errors
    return [form[name].value() for name in names]


def test_different_fields_and_paragraphs_are_put_together_and_shown(
    editor: Client, managing: Client, article: Article
) -> None:
    mine = opened(editor, article)
    change_article(managing, article, headline="The pier", body=BODY.replace("One", "First"))
    answer = send(editor, article, mine, summary="New.", body=BODY.replace("Three", "Third"), _act="publish")
    assert answer.status_code == 200
    body = "<p>First.</p><p>Two.</p><p>Third.</p>"
    assert shown(answer, "headline", "summary", "body") == ["The pier", "New.", body]
    said = answer.content.decode()
    assert "Put together with what somebody else saved" in said and "The <del>port</del><ins>pier</ins>" in said
    assert Article.objects.get().summary == "", "it is shown before it is stored"
    saved = editor.post(reverse(CHANGE, args=[article.pk]), filled(answer))
    assert saved.status_code == 302
    stored = Article.objects.get()
    assert (stored.headline, stored.summary, stored.body) == ("The pier", "New.", body)
    assert ArticleVersion.objects.count() == 3


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("mine", "<p>One.</p><p>Mine.</p><p>Three.</p>"),
        ("theirs", "<p>One.</p><p>Theirs.</p><p>Three.</p>"),
        ("both", "<p>One.</p><p>Theirs.</p><p>Mine.</p><p>Three.</p>"),
    ],
)
def test_same_paragraph_is_asked_for_and_nothing_is_lost(
    editor: Client, managing: Client, article: Article, choice: str, expected: str
) -> None:
    mine = opened(editor, article)
    change_article(managing, article, body=BODY.replace("Two", "Theirs"))
    page = send(editor, article, mine, body=BODY.replace("Two", "Mine"), summary="New.")
    text = page.content.decode()
    (question,) = page.context["questions"]
    assert question.base == "<p>Two.</p>" and "What stood" not in question.mine
    assert [gone_and_come(side) for side in (question.mine, question.theirs)] == [("Two", "Mine"), ("Two", "Theirs")]
    assert str(question.mine) in text and str(question.theirs) in text
    assert "The same" not in text and question.label == "Text, place 1 of 1"
    answer = editor.post(page.context["address"], hidden(page, "conflict-form") | {f"choice-{question.name}": choice})
    assert shown(answer, "body", "summary") == [expected, "New."]
    assert editor.post(page.context["address"], filled(answer)).status_code == 302
    assert Article.objects.get().body == expected


def gone_and_come(side: str) -> tuple[str, ...]:
    """Return what is struck through and what is underlined in one side of a question."""
    words = re.sub(r'<span class="visually-hidden">[^<]*</span>', "", side)
    return tuple(" ".join(re.findall(rf"<{tag}>([^<]*)</{tag}>", words)) for tag in ("del", "ins"))


def test_sides_are_shown_word_by_word_against_what_stood_before(
    editor: Client, managing: Client, article: Article
) -> None:
    before = "<p>The ship came in on Monday with coal.</p><p>Nobody was hurt.</p>"
    change_article(managing, article, body=before, summary="The port is open & busy.")
    mine = opened(editor, article)
    theirs = before.replace("Monday", "Tuesday").replace("coal", "<b>coal</b>")
    change_article(managing, article, body=theirs, summary="The port is shut & busy.")
    page = send(
        editor,
        article,
        mine,
        body=before.replace("Monday", "Sunday"),
        summary="The port is <open> & quiet.",
    )
    summary, body = page.context["questions"]
    assert gone_and_come(body.mine) == ("Monday", "Sunday") and "The ship came in on " in body.mine
    assert gone_and_come(body.theirs) == ("Monday", "Tuesday") and "bold" in body.theirs
    assert gone_and_come(summary.theirs) == ("open", "shut")
    assert "&lt;" in summary.mine and "<open>" not in summary.mine
    assert "Nobody was hurt" not in body.mine + body.theirs


def test_same_field_is_asked_for(editor: Client, managing: Client, article: Article) -> None:
    mine = opened(editor, article)
    change_article(managing, article, headline="Theirs", category=str(Category.objects.get(slug="courts").pk))
    page = send(editor, article, mine, headline="Mine")
    assert [question.name for question in page.context["questions"]] == ["headline"]
    assert [change.label for change in page.context["together"]] == ["Category"]
    answer = editor.post(page.context["address"], hidden(page, "conflict-form") | {"choice-headline": "mine"})
    assert shown(answer, "headline") == ["Mine"]
    assert str(shown(answer, "category")[0]) == str(Category.objects.get(slug="courts").pk)


def test_question_without_an_answer_is_asked_again(editor: Client, managing: Client, article: Article) -> None:
    mine = opened(editor, article)
    change_article(managing, article, headline="Theirs")
    page = send(editor, article, mine, headline="Mine")
    for choice in ({}, {"choice-headline": "nonsense"}):
        again = editor.post(page.context["address"], hidden(page, "conflict-form") | choice)
        assert [question.name for question in again.context["questions"]] == ["headline"]


def test_answers_to_what_has_changed_again_are_asked_anew(editor: Client, managing: Client, article: Article) -> None:
    mine = opened(editor, article)
    change_article(managing, article, headline="Theirs")
    page = send(editor, article, mine, headline="Mine")
    change_article(managing, article, headline="Theirs again")
    again = editor.post(page.context["address"], hidden(page, "conflict-form") | {"choice-headline": "mine"})
    assert "Theirs again" in again.content.decode() and again.context["questions"]
    done = editor.post(again.context["address"], hidden(again, "conflict-form") | {"choice-headline": "mine"})
    assert shown(done, "headline") == ["Mine"]


def test_rubrics_are_put_together_one_by_one(editor: Client, managing: Client, article: Article) -> None:
    south, east = (Region.objects.create(slug=slug, name_en=slug, name_ru=slug) for slug in ("south", "east"))
    north = Region.objects.get(slug="north")
    mine = opened(editor, article)
    change_article(managing, article, regions=[str(north.pk), str(south.pk)])
    answer = send(editor, article, mine, regions=[str(east.pk)])
    assert sorted(shown(answer, "regions")[0]) == sorted([str(south.pk), str(east.pk)])


def test_times_in_another_zone_and_the_editors_html_are_no_change(
    editor: Client, managing: Client, article: Article
) -> None:
    change_article(
        editor, article, dated_at_0="2026-03-10", dated_at_1="21:48", body="<table><tr><td>x</td></tr></table>"
    )
    mine = opened(editor, article)
    change_article(managing, article, headline="The pier")
    written = (
        '<table style="min-width: 50px"><colgroup><col></colgroup><tbody><tr><td><p>x</p></td></tr></tbody></table>'
    )
    answer = send(editor, article, mine, body=written, summary="New.")
    assert shown(answer, "headline", "summary") == ["The pier", "New."]


def test_bylines_that_others_changed_are_taken_over(editor: Client, managing: Client, article: Article) -> None:
    mine = opened(editor, article)
    Byline.objects.all().delete()
    for position, name in enumerate(("Berta Knot", "Carl Gull")):
        author = Author.objects.create(slug=name.split()[0].lower(), name_en=name, name_ru=name)
        Byline.objects.create(article=article, author=author, position=position)
    keep_version(article, by=make_user("Managing editor"), at=timezone.now())
    answer = send(editor, article, mine, summary="New.")
    saved = editor.post(reverse(CHANGE, args=[article.pk]), filled(answer))
    assert saved.status_code == 302, errors(saved)
    assert [str(row) for row in Article.objects.get().bylines.all()] == ["Berta Knot", "Carl Gull"]
    assert Article.objects.get().summary == "New."


def test_same_change_of_both_is_no_question_and_is_stored_at_once(
    editor: Client, managing: Client, article: Article
) -> None:
    mine = opened(editor, article)
    change_article(managing, article, headline="The pier")
    answer = send(editor, article, mine, headline="The pier")
    assert answer.status_code == 302


def test_base_that_was_not_kept_asks_where_the_two_differ_only(
    editor: Client, managing: Client, newsroom: object
) -> None:
    article = make_article(headline="The port", summary="", body=BODY)  # its first version is in no row
    mine = opened(editor, article)
    change_article(managing, article, body=BODY.replace("One", "First"))
    page = send(editor, article, mine, body=BODY.replace("Three", "Third"))
    assert {question.name.partition("-")[0] for question in page.context["questions"]} == {"body"}
    assert all(f"<p>{word}.</p>" in page.content.decode() for word in ("One", "First", "Three", "Third"))


def test_value_that_no_field_takes_is_kept_and_asked_for(editor: Client, managing: Client, article: Article) -> None:
    mine = opened(editor, article)
    change_article(managing, article, category=str(Category.objects.get(slug="courts").pk), slug="pier")
    page = send(editor, article, mine, category="4711", dated_at_0="yesterday", slug="no good slug")
    names = [question.name for question in page.context["questions"]]
    assert set(names) == {"category", "slug"}
    answer = editor.post(
        page.context["address"], hidden(page, "conflict-form") | {f"choice-{name}": "mine" for name in names}
    )
    assert shown(answer, "slug", "category") == ["no good slug", "4711"]
    assert b"yesterday" in answer.content


def test_what_was_typed_is_offered_with_what_others_saved_meanwhile(
    editor: Client, managing: Client, article: Article
) -> None:
    fields = {name: value for name, value in opened(editor, article).items() if isinstance(value, str)}
    keep(editor, article, sequence=1, base=2, fields=fields | {"summary": "New.", "body": BODY})
    change_article(managing, article, headline="The pier")
    (offer,) = editor.get(reverse(CHANGE, args=[article.pk])).context["typed"]["offers"]
    assert offer.others and "Summary" in [change.label for change in offer.changes]
    answer = editor.post(reverse(CHANGE, args=[article.pk]), {"_go_on": "one"})
    assert shown(answer, "headline", "summary") == ["The pier", "New."]


def test_form_without_a_session_holds_everything_and_is_sent_after_the_login(editor: Client, article: Article) -> None:
    user = of(editor)
    sent = opened(editor, article) | {"headline": "The “pier”", "regions": ["1", "2"], "typed_user": str(user.pk)}
    editor.logout()
    page = send(editor, article, sent, _save="")
    assert page.status_code == 401 and "Your session has ended" in page.content.decode()
    kept = hidden(page, "again")
    assert kept["headline"] == ["The “pier”"] and kept["regions"] == ["1", "2"]
    login = {"_username": user.username, "_password": "wrong"}
    again = editor.post(reverse(CHANGE, args=[article.pk]), kept | login)
    assert again.status_code == 401 and 'role="alert"' in again.content.decode()
    assert "wrong" not in hidden(again, "again").values()
    kept = hidden(again, "again") | {"regions": []}
    saved = editor.post(reverse(CHANGE, args=[article.pk]), kept | login | {"_password": "correct horse battery"})
    assert saved.status_code == 302, errors(saved)
    assert Article.objects.get().headline == "The “pier”"


def test_another_account_gets_nothing_stored_in_its_name(editor: Client, managing: Client, article: Article) -> None:
    sent = opened(editor, article) | {"headline": "Mine", "typed_user": str(of(editor).pk)}
    page = send(managing, article, sent)
    assert page.status_code == 409 and "belongs to somebody else" in page.content.decode()
    login = {"_username": "managing-editor", "_password": "correct horse battery"}
    assert managing.post(page.context["address"], hidden(page, "again") | login).status_code == 409
    login = {"_username": "editor", "_password": "correct horse battery"}
    assert managing.post(page.context["address"], hidden(page, "again") | login).status_code == 302
    assert str(ArticleVersion.objects.first().saved_by.user) == "editor"  # type: ignore[union-attr]


def test_stale_token_is_answered_with_the_form_only_to_our_own_pages(newsroom: object, article: Article) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("Editor"))
    sent = {"headline": "Typed", "csrfmiddlewaretoken": "x" * 32}
    address = reverse(CHANGE, args=[article.pk])
    ours = client.post(address, sent, headers={"origin": "http://testserver"})
    assert ours.status_code == 403 and hidden(ours, "again")["headline"] == ["Typed"]
    for headers in ({}, {"origin": "http://evil.example"}, {"origin": "null"}):
        foreign = client.post(address, sent, headers=headers)
        assert foreign.status_code == 403 and b"Typed" not in foreign.content


def test_own_second_window_is_not_told_as_somebody_else(editor: Client) -> None:
    add_article(editor, headline="The quay", summary="", category=category())
    article = Article.objects.get()
    address = reverse(CHANGE, args=[article.pk])
    first, second = (filled(editor.get(address), headline=f"The {word} quay") for word in ("old", "new"))
    third = filled(editor.get(address), summary="Rebuilt.")
    editor.post(address, first)
    asked = editor.post(address, second).content.decode()
    assert "You changed the same in another window" in asked and "What you saved in the other window" in asked
    assert "Both of you" not in asked and "either of you" not in asked
    merged = editor.post(address, third).content.decode()
    assert "Put together with what you saved in another window" in merged and "somebody else saved" not in merged
