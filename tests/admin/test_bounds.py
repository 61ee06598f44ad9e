"""Every text that a form takes has a length, and every form is read before its transaction begins."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from articles import editions
from articles.accounts.forms import DeepJSON
from articles.admin.articles.article_form import ArticleForm, BodyField
from articles.admin.base import NewsroomAdmin, ReadOnlyAdmin
from articles.models import Article, Category, Photo
from articles.photos import upload as photos
from articles.publishing.saving import keep_version
from tests.admin.forms import CHANGE, add_article, change_article, errors, filled
from tests.admin.test_article_form import picture
from tests.builders import NOW, make_article, make_user

DEEP = {
    "nested blocks": "<div>",
    "nested lists": "<ul><li>",
    "tables in tables": "<table><tr><td>",
    "headings in blocks": "<blockquote><h2>",
}


def every_form() -> Iterator[tuple[str, forms.Field]]:
    """Return each field of each form of the desk, with a name to tell it by."""
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    request.session = {}  # type: ignore[assignment]
    for model, desk in admin.site._registry.items():
        edited = isinstance(desk, NewsroomAdmin) and not isinstance(desk, ReadOnlyAdmin)
        if not edited or not desk.has_change_permission(request):
            continue
        kinds = [desk.get_form(request)]
        kinds += [inline.get_formset(request).form for inline in desk.get_inline_instances(request)]
        for kind in kinds:
            yield from ((f"{model.__name__}.{name}", field) for name, field in kind.base_fields.items())
    for kind in all_below(forms.Form):
        if kind.__module__.startswith("articles."):
            yield from ((f"{kind.__qualname__}.{name}", field) for name, field in kind.base_fields.items())


def all_below(kind: type) -> Iterator[Any]:
    for below in kind.__subclasses__():
        yield below
        yield from all_below(below)


@pytest.mark.django_db
def test_every_text_has_a_length() -> None:
    found = list(every_form())
    texts = [(name, field) for name, field in found if isinstance(field, forms.CharField)]
    assert len(texts) > 60
    own = (BodyField, DeepJSON)  # bounded in words of their own
    unbounded = {name for name, field in texts if field.max_length is None and not isinstance(field, own)}
    assert unbounded == {"DeskLogin.password"}  # allauth's; hashed in one pass


@pytest.mark.django_db
def test_every_text_takes_control_characters_out_or_refuses_them() -> None:
    """Fields of other classes than a plain text have validators: of slugs, addresses, names of users."""
    assert {name for name, field in every_form() if type(field) is forms.CharField} == set()


@pytest.mark.parametrize("name", DEEP)
def test_text_that_stands_too_deep_is_refused_at_its_field(editor: Client, name: str) -> None:
    found = errors(add_article(editor, headline="The port", category=category(), body=DEEP[name] * 101))
    assert list(found) == ["body"] and "too deep" in found["body"][0]
    assert not Article.objects.exists()
    add_article(editor, headline="The port", category=category(), body=DEEP[name] * 40)
    assert Article.objects.exists()


def test_text_that_is_too_long_is_refused_at_its_field_unparsed(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = filled(editor.get(reverse("admin:articles_article_add")), headline="The port", category=category())
    parsed: list[int] = []
    monkeypatch.setattr("articles.editions.clean.plain", lambda html: parsed.append(len(html)) or ("", False))
    found = errors(editor.post(reverse("admin:articles_article_add"), page | {"body": "<p>x</p>" * 62_501}))
    assert list(found) == ["body"] and "500,000" in found["body"][0].replace("500000", "500,000")
    assert all(length < 100 for length in parsed)


def test_link_that_no_article_may_have_is_named(editor: Client) -> None:
    body = '<p>See <a href=" java\tscript:alert(1)">the <b>map</b></a> and <a href="data:text/html,x">this</a>.</p>'
    found = errors(add_article(editor, headline="The port", category=category(), body=body))
    assert [text.partition(", which")[0] for text in found["body"]] == [
        "The link “the map” begins with “javascript:”",
        "The link “this” begins with “data:”",
    ]


def test_forms_are_read_outside_any_transaction(editor: Client, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The text is cleaned and a picture is worked on while no lock is held; what they become is stored in one."""
    held: list[tuple[str, int]] = []
    for module, name in ((editions, "clean_html"), (photos, "web_size"), (photos, "store")):
        monkeypatch.setattr(module, name, watched(module, name, held))
    outside = len(connection.savepoint_ids)
    add_article(editor, headline="The port", category=category(), body="<p>x</p>", new_photo=upload())
    assert {name for name, depth in held if depth == outside} == {"clean_html", "web_size"}
    assert {name for name, depth in held if depth > outside} == {"store"}
    assert Article.objects.get().lead_photo == Photo.objects.get()


def watched(module: Any, name: str, held: list[tuple[str, int]]) -> Callable[..., Any]:
    function = getattr(module, name)

    def watch(*args: Any, **kwargs: Any) -> Any:
        held.append((name, len(connection.savepoint_ids)))
        return function(*args, **kwargs)

    return watch


def test_article_that_changed_while_the_form_was_read_is_not_overwritten(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, quicker = make_article(), make_user("Editor")
    address = reverse(CHANGE, args=[article.pk])
    sent = filled(editor.get(address), headline="Mine")
    first = itertools.count()

    def save_meanwhile(form: Any) -> None:
        if next(first) == 0:
            other = Article.objects.get(pk=article.pk)
            other.headline = "Theirs"
            other.save()
            keep_version(other, by=quicker, at=NOW)

    monkeypatch.setattr(ArticleForm, "refuse_taken_address", lambda form, cleaned: save_meanwhile(form))
    answer = editor.post(address, sent)
    assert [question.name for question in answer.context["questions"]] == ["headline"]
    article.refresh_from_db()
    assert article.headline == "Theirs"


def test_draft_that_was_handed_in_meanwhile_is_no_longer_its_writers(
    client_as: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    reporter = client_as("Reporter")
    add_article(reporter, headline="The port", category=category(), body="<p>x</p>")
    article = Article.objects.get()

    def hand_in(form: Any, cleaned: Any) -> None:
        Article.objects.update(state="in_review")

    monkeypatch.setattr(ArticleForm, "refuse_taken_address", hand_in)
    assert change_article(reporter, article, headline="Mine").status_code == 403
    article.refresh_from_db()
    assert (article.headline, article.state) == ("The port", "in_review")


def category() -> str:
    return str(Category.objects.get(slug="politics").pk)


def upload() -> Any:
    return SimpleUploadedFile("a.png", picture(), "image/png")
