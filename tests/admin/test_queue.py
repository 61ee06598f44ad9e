"""The page of the review queue: what it shows, who may answer, what an answer does, with and without a script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from articles.models import Article, MentionDecision, Release, UnclearMention
from articles.publishing import keep_version, override_gate
from tests.admin.forms import CHANGE, act
from tests.builders import make_article, make_user

QUEUE = "admin:articles_unclearmention_changelist"
TEXT = "<p>It rained. Lawyers of Harbour spoke.</p><p>Nobody saw the Harbour again.</p>"


def saved(slug: str = "rain", **fields: Any) -> Article:
    article = make_article(slug, **{"headline": f"Story of {slug}", "summary": "", "body": TEXT} | fields)
    keep_version(article, by=make_user("Editor"), at=timezone.now())
    return article


def answer(client: Client, row: UnclearMention, value: str, *, script: bool = False, **more: str) -> Any:
    headers = {"Accept": "application/json"} if script else {}
    address = reverse("admin:articles_unclearmention_answer", args=[row.pk])
    return client.post(address, {"answer": value, **more}, headers=headers)


def first() -> UnclearMention:
    row = UnclearMention.objects.order_by("pk").first()
    assert row is not None
    return row


def test_question_stands_with_its_sentence_and_its_reason(editor: Client) -> None:
    saved()
    page = editor.get(reverse(QUEUE)).content.decode()
    assert "Lawyers of <mark>Harbour</mark> spoke." in page
    assert "Story of rain" in page
    assert "foreign agent" in page
    assert "only a person can say which is meant" in page
    assert '<strong id="left">2</strong> questions wait' in page


@pytest.mark.parametrize("role", ["Editor", "Legal", "Managing editor"])
def test_those_who_may_answer_find_it_in_the_sidebar_with_its_number(
    client_as: Callable[[str], Client], role: str
) -> None:
    saved()
    client = client_as(role)
    assert client.get(reverse(QUEUE)).status_code == 200
    assert reverse(QUEUE) in client.get(reverse("admin:index")).content.decode()
    assert answer(client, first(), "not").status_code == 302
    assert UnclearMention.objects.count() == 1


@pytest.mark.parametrize("role", ["Reporter", "Administrator"])
def test_others_neither_see_nor_answer(client_as: Callable[[str], Client], role: str) -> None:
    saved()
    client = client_as(role)
    assert client.get(reverse(QUEUE)).status_code == 403
    assert reverse(QUEUE) not in client.get(reverse("admin:index")).content.decode()
    assert answer(client, first(), "mark").status_code == 403
    assert answer(client, first(), "mark", script=True).status_code == 403
    decision = MentionDecision.objects.create(
        article=first().article,
        key=first().key,
        surface="Harbour",
        organization=first().organization,
        answer="not",
        made_by=first().article.created_by,
        made_at=timezone.now(),
    )
    back = reverse("admin:articles_unclearmention_back", args=[decision.pk])
    assert client.post(back).status_code == 403
    assert MentionDecision.objects.count() == 1


def test_visitor_is_sent_to_the_login_or_asked_to_log_in(editor: Client) -> None:
    saved()
    assert "/login/" in Client().get(reverse(QUEUE)).url
    assert answer(Client(), first(), "mark").status_code == 401
    assert not MentionDecision.objects.exists()


def test_answer_of_a_plain_form_returns_to_its_page_and_says_what_was_done(editor: Client) -> None:
    saved()
    response = answer(editor, first(), "mark", reason="The fund's lawyers.", page="2")
    assert response.url == reverse(QUEUE) + "?page=2"
    page = editor.get(reverse(QUEUE)).content.decode()
    assert "Harbour: marked" in page
    assert "The fund&#x27;s lawyers." in page
    assert "editor" in page


def test_script_learns_what_else_an_answer_settled(editor: Client) -> None:
    saved()
    other = saved("other")
    rows = list(UnclearMention.objects.exclude(article=other).order_by("pk"))
    reply = answer(editor, rows[0], "mark", script=True, always="1").json()
    assert reply["gone"] == [row.pk for row in rows]
    assert (reply["left"], reply["error"]) == ("2", "")
    assert "always marked in this article" in reply["answered"]
    assert "csrfmiddlewaretoken" in reply["answered"]
    assert MentionDecision.objects.get().key == "*:harbour"


def test_second_answer_for_the_same_question_says_that_it_is_answered(editor: Client) -> None:
    saved()
    row = first()
    answer(editor, row, "not")
    reply = answer(editor, row, "mark", script=True).json()
    assert (reply["gone"], reply["answered"]) == ([row.pk], "")
    assert "answered already" in reply["error"]
    assert MentionDecision.objects.get().answer == "not"


def test_question_of_a_changed_text_leaves_the_queue_when_it_is_answered(editor: Client) -> None:
    article = saved()
    Article.objects.filter(pk=article.pk).update(body="<p>All was well.</p>")
    row = first()
    reply = answer(editor, row, "mark", script=True).json()
    assert "no longer in it" in reply["error"]
    assert not UnclearMention.objects.exists()


def test_nonsense_is_refused_and_the_question_stays(editor: Client) -> None:
    saved()
    reply = answer(editor, first(), "perhaps", script=True).json()
    assert reply["error"]
    assert reply["gone"] == []
    assert UnclearMention.objects.count() == 2
    assert editor.get(reverse("admin:articles_unclearmention_answer", args=[first().pk])).status_code == 405


def test_answer_for_a_live_article_reaches_its_readers(client_as: Callable[[str], Client], editor: Client) -> None:
    article = saved()
    managing, now = make_user("Managing editor"), timezone.now()
    override_gate(article, by=managing, at=now, reason="In a hurry.", live_at=now)
    act(editor, article, "publish")
    assert first().is_released
    answer(editor, first(), "mark")
    assert Release.objects.latest("pk").edition.reason == "relabel"
    assert Release.objects.latest("pk").edition.mentions.get().surface == "Harbour"


def test_answer_can_be_taken_back(editor: Client) -> None:
    saved()
    answer(editor, first(), "mark")
    back = reverse("admin:articles_unclearmention_back", args=[MentionDecision.objects.get().pk])
    editor.post(back)
    assert not MentionDecision.objects.exists()
    assert UnclearMention.objects.count() == 2
    assert editor.post(back).status_code == 404


def test_answer_for_the_article_is_told_in_the_list_of_mentions(editor: Client) -> None:
    article = saved()
    address = reverse("admin:articles_article_answer", args=[article.pk])
    editor.post(address, {"key": first().key, "answer": "mark", "always": "1"})
    assert not UnclearMention.objects.exists()
    page = editor.get(reverse(CHANGE, args=[article.pk])).content.decode()
    assert page.count("An editor answered: mark.") == 2


def test_queue_is_paged_and_costs_the_same_for_few_and_many(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        saved(f"story-{number}")
    with django_assert_max_num_queries(24):
        page = editor.get(reverse(QUEUE))
    assert len(page.context["rows"]) == 20
    assert "?page=2" in page.content.decode()
    assert len(editor.get(reverse(QUEUE), {"page": "2"}).context["rows"]) == 4
    assert editor.get(reverse(QUEUE), {"page": "x"}).status_code == 200


def test_empty_queue_says_so(editor: Client) -> None:
    assert "Nothing is unclear." in editor.get(reverse(QUEUE)).content.decode()


def test_surface_is_shown_as_text(editor: Client) -> None:
    saved(body="<p>A &lt;script&gt; of Harbour ran.</p>")
    assert "A &lt;script&gt; of <mark>Harbour</mark> ran." in editor.get(reverse(QUEUE)).content.decode()
