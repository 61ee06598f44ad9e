"""A form that comes too late: without a session, under a freeze, for what is closed or gone. Nothing typed is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Author, Byline, Slot, StyleRule
from articles.publishing import keep_version, put_in_bin
from articles.publishing.freezing import freeze
from tests.admin.forms import ADD, CHANGE, add_article, filled
from tests.admin.test_article_form import category
from tests.admin.test_conflict import hidden
from tests.admin.test_typed import keep, of
from tests.builders import make_article, make_user

As = Callable[[str], Client]
LOGIN = {"_username": "editor", "_password": "correct horse battery"}
RULE = {
    "kind": "avoid",
    "language": "en",
    "words": "utilise",
    "reason": "“Use” says it in three letters.",
    "suggestion": "use",
}


def test_any_form_of_the_desk_is_sent_after_the_login(editor: Client) -> None:
    address, sent = reverse("admin:articles_stylerule_add"), RULE
    editor.logout()
    page = editor.post(address, sent)
    assert page.status_code == 401 and "Your session has ended" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    kept = hidden(page, "again")
    assert kept["words"] == [RULE["words"]] and kept["reason"] == [RULE["reason"]]
    assert editor.post(address, kept | LOGIN).status_code == 302
    assert StyleRule.objects.get().words == RULE["words"]


def test_the_words_of_an_act_are_kept_and_no_password_is_handed_back(editor: Client) -> None:
    article = make_article()
    keep_version(article, by=of(editor), at=timezone.now())
    address = reverse("admin:articles_article_act", args=[article.pk, "share"])
    editor.logout()
    page = editor.post(address, {"shown": "newest", "confirmation": "correct horse battery", "password1": "x"})
    assert page.status_code == 401 and set(hidden(page, "again")) == {"csrfmiddlewaretoken", "shown"}
    assert editor.post(address, hidden(page, "again") | LOGIN).status_code == 302
    assert article.preview_tokens.get().version is None


def test_scripts_get_no_page(editor: Client) -> None:
    address = reverse("admin:articles_stylerule_add")
    editor.logout()
    for headers in ({"accept": "application/json"}, {"hx-request": "true"}):
        assert editor.post(address, RULE, headers=headers).status_code == 302
    assert editor.post(address, RULE, content_type="application/json").status_code == 302


def test_a_stale_token_and_a_freeze_are_answered_with_any_form(newsroom: object) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("Editor"))
    address = reverse("admin:articles_stylerule_add")
    sent = RULE | {"csrfmiddlewaretoken": "x" * 32}
    ours = client.post(address, sent, headers={"origin": "http://testserver"})
    assert ours.status_code == 403 and hidden(ours, "again")["words"] == [RULE["words"]]
    assert RULE["words"] not in client.post(address, sent, headers={"origin": "http://evil.example"}).content.decode()
    freeze("everything", by=None, at=timezone.now(), reason="A phone was lost.")
    frozen = Client()
    frozen.force_login(make_user("Editor"))
    page = frozen.post(address, RULE)
    said = page.content.decode()
    assert page.status_code == 503 and "A phone was lost." in said and "logged in anew" not in said
    assert hidden(page, "again")["reason"] == [RULE["reason"]]


def begun(reporter: Client) -> tuple[Article, str, dict[str, Any]]:
    """Let a reporter begin an article; return it, its address, and its form with more typed in it."""
    add_article(reporter, headline="The port", category=category(), body="<p>One.</p>")
    article, user = Article.objects.get(), of(reporter)
    Byline.objects.create(article=article, author=Author.objects.create(name_en="Berta Knot", slug="knot"), position=1)
    address = reverse(CHANGE, args=[article.pk])
    typed = {"typed_user": str(user.pk), "typed_client": "one", "typed_sequence": "7"}
    sent = filled(reporter.get(address), body="<p>One, and <b>two</b>.</p>", headline="The <port>", **typed)
    keep(reporter, article, sequence=6, base=1, fields={"body": "<p>One, and <b>two</b>.</p>"})
    return article, address, sent


@pytest.mark.parametrize("why", ["handed in", "in the bin", "gone"])
def test_what_may_no_longer_be_changed_goes_on_in_a_new_article(client_as: As, why: str) -> None:
    reporter = client_as("Reporter")
    article, address, sent = begun(reporter)
    if why == "handed in":
        Article.objects.update(state="in_review")
    elif why == "in the bin":
        put_in_bin(article, by=make_user("Editor"), at=timezone.now())
    else:
        address = reverse(CHANGE, args=[article.pk + 1000])
    page = reporter.post(address, sent | {"_save": ""})
    said = page.content.decode()
    assert page.status_code == (410 if why == "gone" else 403)
    assert "The &lt;port&gt;" in said and "<p>One, and <b>two</b>.</p>" in said
    assert (f'href="{address}"' in said) == (why != "gone")
    again = reporter.post(reverse(ADD), hidden(page, "closed"))
    assert again.status_code == 200 and not again.context["adminform"].form.errors
    assert again.context["typed"]["takes"] == "one:7"
    assert reporter.post(reverse(ADD), filled(again)).status_code == 302
    made = Article.objects.exclude(pk=article.pk).get()
    assert (made.headline, made.slug) == ("The <port>", "the-port")
    assert made.body == "<p>One, and <b>two</b>.</p>"
    assert [str(one.author) for one in made.bylines.all()] == ["Berta Knot"]
    article.refresh_from_db()
    assert (article.headline, article.body) == ("The port", "<p>One.</p>")


def test_what_goes_on_elsewhere_is_kept_once(client_as: As) -> None:
    reporter = client_as("Reporter")
    _article, address, sent = begun(reporter)
    Article.objects.update(state="in_review")
    again = reporter.post(reverse(ADD), hidden(reporter.post(address, sent), "closed"))
    keep(reporter, client="two", sequence=1, fields={"headline": "x"}, takes=again.context["typed"]["takes"])
    assert [slot.client for slot in Slot.objects.open()] == ["two"]


def test_a_role_that_was_taken_away_leaves_the_words_to_be_copied(client_as: As) -> None:
    editor, article = client_as("Editor"), make_article()
    address = reverse(CHANGE, args=[article.pk])
    sent = filled(editor.get(address), summary="Typed before.", typed_user=str(of(editor).pk))
    of(editor).groups.clear()
    page = editor.post(address, sent)
    assert page.status_code == 403 and "Typed before." in page.content.decode()
    assert 'id="closed"' not in page.content.decode() and f'href="{address}"' not in page.content.decode()
