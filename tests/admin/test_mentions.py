"""The list of mentions beside the form, and the answers given in it."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import editions
from articles.admin.articles.mentions import MentionList, mention_list
from articles.editions import reading_form
from articles.models import Article, Event, MentionDecision, Release
from tests.admin.forms import CHANGE, act
from tests.builders import make_article

TEXT = "<p>The <b>Harbour</b> met the GDL, said &laquo;GDL&raquo; people &amp; others.</p><p>GDL* again.</p>"


def answer(client: Client, article: Article, key: str, value: str, **headers: str) -> object:
    address = reverse("admin:articles_article_answer", args=[article.pk])
    return client.post(address, {"key": key, "answer": value}, headers=headers)


def listed(article: Article) -> MentionList:
    return mention_list(article, editions.check(article, timezone.now()))


def test_each_mention_is_listed_with_its_reason_and_its_words(editor: Client) -> None:
    article = make_article(headline="The port", summary="", body=TEXT)
    found = listed(article)
    assert [line.surface for line in found.marked] == ["GDL", "«GDL»", "GDL"]
    assert [line.surface for line in found.unclear] == ["Harbour"]
    assert len(found.typed) == 1
    first = found.marked[0]
    assert first.why.endswith("This name always stands for the organization.")
    assert first.context == "The Harbour met the <b>GDL</b>, said «GDL» people &amp; others. GDL again."
    assert first.organization == "Grey Dune League"
    assert first.registers == ["terrorist"]
    page = editor.get(reverse(CHANGE, args=[article.pk])).content.decode()
    assert "Unclear: your answer is needed" in page
    assert page.count('class="mention marked"') == 3


def test_of_very_many_mentions_the_page_shows_the_first_and_counts_the_others(editor: Client) -> None:
    article = make_article(headline="The port", summary="", body="<p>The GDL spoke to the Harbour.</p>" * 203)
    page = editor.get(reverse(CHANGE, args=[article.pk])).content.decode()
    assert page.count('class="mention marked"') == page.count('class="mention unclear"') == 200
    assert page.count("3 more stand further down in the text.") == 2
    assert "<strong>203</strong> marked" in " ".join(page.split())


def test_answer_changes_what_publishing_marks(editor: Client) -> None:
    article = make_article(headline="The port", summary="", body="<p>The Harbour spoke.</p>")
    key = listed(article).unclear[0].key
    answer(editor, article, key, "mark")
    assert [line.surface for line in listed(article).marked] == ["Harbour"]
    answer(editor, article, key, "not")
    found = listed(article)
    assert (found.marked, found.unclear) == ([], [])
    assert MentionDecision.objects.get().answer == "not"
    assert Event.objects.filter(kind="answer").count() == 2


def test_htmx_gets_the_list_alone(editor: Client) -> None:
    article = make_article(headline="The port", summary="", body="<p>The Harbour spoke.</p>")
    key = listed(article).unclear[0].key
    response = answer(editor, article, key, "mark", **{"HX-Request": "true"})
    page = response.content.decode()  # type: ignore[attr-defined]
    assert page.lstrip().startswith("<section")
    assert 'class="mention marked"' in page


def test_answer_for_a_changed_text_is_refused_in_words(editor: Client) -> None:
    article = make_article()
    response = editor.post(
        reverse("admin:articles_article_answer", args=[article.pk]), {"key": "gone", "answer": "mark"}, follow=True
    )
    assert "The text has changed" in response.content.decode()


def test_legal_answers_and_a_reporter_does_not(client_as: Callable[[str], Client]) -> None:
    article = make_article(headline="The port", summary="", body="<p>The Harbour spoke.</p>")
    key = listed(article).unclear[0].key
    reporter, legal = client_as("Reporter"), client_as("Legal")
    assert "Not the one listed" not in reporter.get(reverse(CHANGE, args=[article.pk])).content.decode()
    assert answer(reporter, article, key, "mark").status_code == 403  # type: ignore[attr-defined]
    assert "Not the one listed" in legal.get(reverse(CHANGE, args=[article.pk])).content.decode()
    assert answer(legal, article, key, "mark").status_code == 302  # type: ignore[attr-defined]


def test_preview_has_the_bytes_that_publishing_gives(editor: Client) -> None:
    article = make_article(dated_at=timezone.now())
    shown = editor.get(reverse("admin:articles_article_preview", args=[article.pk])).content.decode()
    promised = editions.preview(article, timezone.now()).form.html
    assert promised in shown
    act(editor, article, "publish")
    assert reading_form(Release.objects.get()) == promised
