"""An act does what its page has shown: no text goes out that its editor has not seen, and nothing is done twice."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Edition
from articles.publishing import keep_version, publish
from tests.admin.forms import act, change_article
from tests.admin.test_conflict import hidden
from tests.admin.test_typed import keep
from tests.builders import make_article, make_user

As = Callable[[str], Client]
NOTE = "The depth was wrong."


def seen(client: Client, article: Article, name: str) -> str:
    page = client.get(reverse("admin:articles_article_act", args=[article.pk, name]))
    (value,) = hidden(page, "act-form")["seen"]
    return str(value)


@pytest.fixture
def live(newsroom: object) -> Article:
    article = make_article(headline="The port")
    publish(article, by=make_user("Editor"), at=timezone.now())
    return article


@pytest.mark.parametrize("name", ["publish", "schedule", "correct"])
def test_what_a_colleague_saves_meanwhile_is_shown_before_it_goes_out(client_as: As, name: str) -> None:
    editor, colleague = client_as("Editor"), client_as("Managing editor")
    article = make_article(headline="The port")
    keep_version(article, by=make_user("Editor"), at=timezone.now())
    if name == "correct":
        publish(article, by=make_user("Editor"), at=timezone.now())
    answers = {"seen": seen(editor, article, name), "reason": "update", "note": NOTE}
    answers |= {"live_at_0": "2027-03-01", "live_at_1": "10:00"}
    editions = Edition.objects.count()
    change_article(colleague, article, headline="The pier")
    page = act(editor, article, name, **answers)
    said = page.content.decode()
    assert page.status_code == 200 and "saved or published while this page was open" in said
    assert "The <del>port</del><ins>pier</ins>" in re.sub(r'<span class="visually-hidden">[^<]*</span>', "", said)
    assert (NOTE in said or name != "correct") and Edition.objects.count() == editions
    again = act(editor, article, name, **answers | {"seen": hidden(page, "act-form")["seen"]})
    assert again.status_code == 302
    assert Edition.objects.order_by("pk").last().headline == "The pier"  # type: ignore[union-attr]


def test_who_publishes_is_told_who_has_the_article_open(client_as: As) -> None:
    article = make_article()
    keep(client_as("Managing editor"), article, field="body")
    page = client_as("Editor").get(reverse("admin:articles_article_act", args=[article.pk, "publish"]))
    assert "managing-editor has this article open, at “Text”." in page.content.decode()


def test_two_editors_at_the_same_dialog_publish_once(client_as: As, live: Article) -> None:
    editor, colleague = client_as("Editor"), client_as("Managing editor")
    stood = seen(editor, live, "correct")
    change = {"reason": "update", "seen": stood}
    assert act(colleague, live, "correct", **change, note="The depth is new.").status_code == 302
    page = act(editor, live, "correct", **change, note=NOTE)
    assert page.status_code == 200 and NOTE in page.content.decode()
    assert [one.text for one in live.corrections.all()] == ["The depth is new."]


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("publish", {}),
        ("correct", {"reason": "correction", "note": NOTE}),
        ("retract", {"note": NOTE}),
        ("withdraw", {"note": NOTE}),
    ],
)
def test_a_second_press_does_nothing_twice_and_is_told_as_the_first(
    client_as: As, name: str, answers: dict[str, str]
) -> None:
    chief, article = client_as("Managing editor"), make_article(headline="The port")
    if name != "publish":
        publish(article, by=make_user("Editor"), at=timezone.now())
    answers = answers | {"seen": seen(chief, article, name)}
    assert act(chief, article, name, **answers).status_code == 302
    editions, notes = Edition.objects.count(), article.corrections.count()
    again = act(chief, article, name, **answers)
    assert again.status_code == 302 and again.url == reverse("admin:articles_article_change", args=[article.pk])
    assert (Edition.objects.count(), article.corrections.count()) == (editions, notes)


def test_other_words_are_no_second_press(client_as: As, live: Article) -> None:
    chief = client_as("Managing editor")
    answers = {"seen": seen(chief, live, "correct"), "reason": "correction"}
    act(chief, live, "correct", **answers, note=NOTE)
    page = act(chief, live, "correct", **answers, note="The length was wrong, too.")
    assert page.status_code == 200 and "The length was wrong, too." in page.content.decode()


def test_what_changes_no_text_holds_no_withdrawal_up(client_as: As, live: Article) -> None:
    legal, stood = client_as("Legal"), ""
    stood = seen(legal, live, "withdraw")
    change_article(client_as("Editor"), live, headline="The pier")
    assert act(legal, live, "withdraw", seen=stood, note=NOTE).status_code == 302
    assert not live.releases.live(timezone.now()).exists()
