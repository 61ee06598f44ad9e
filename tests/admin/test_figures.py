"""Photos in the text at the desk: complaints at the text, new ones taken in, names underlined, what differs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin.articles.figures.fields import in_words, merged
from articles.admin.articles.history.difference import shown_block
from articles.editions.figures import write_texts
from articles.models import Article, Photo
from articles.photos.files import web_path
from articles.publishing import keep_version
from articles.worddiff import diff_bodies
from tests.admin.forms import add_article, change_article, errors, filled
from tests.admin.test_article_form import category, picture
from tests.admin.test_conflict import opened, send
from tests.admin.test_live_marks import ask, typed
from tests.builders import make_article, make_user
from tests.figures import figure, photo


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def add(client: Client, body: str, **more: str) -> Any:
    return add_article(client, headline="The port", category=category(), body=body, **more)


def test_a_text_with_photos_is_saved_with_what_it_says_of_them(editor: Client) -> None:
    one, two = photo(), photo("blue")
    texts = write_texts({one.pk: {"caption": "The pier"}, two.pk: {"alt": "Not in the text"}})
    assert add(editor, f"<p>Text</p>{figure(one)}", figure_texts=texts).status_code == 302
    article = Article.objects.get()
    assert article.body == f"<p>Text</p>{figure(one)}"
    assert json.loads(article.figure_texts) == {str(one.pk): {"caption": "The pier"}}
    assert [row.photo for row in article.photo_uses.all()] == [one]
    assert article.versions.get().fields["figure_texts"] == article.figure_texts
    before = article.version
    assert change_article(editor, article).status_code == 302
    article.refresh_from_db()
    assert article.version == before


def test_a_photo_that_there_is_not_is_named_at_the_text_which_is_kept(editor: Client) -> None:
    gone = photo()
    body, key = f"<p>Typed</p>{figure(gone)}", gone.pk
    gone.delete()
    response = add(editor, body)
    assert list(errors(response)) == ["body"] and f"Photo {key} in the text" in errors(response)["body"][0]
    assert response.context["adminform"].form["body"].value() == body
    assert not Article.objects.exists()


def test_a_photo_without_its_file_is_named_at_the_text(editor: Client) -> None:
    one = photo(caption_en="The pier")
    web_path(one).unlink()
    assert "“The pier”) is missing" in errors(add(editor, figure(one) + "<p>x</p>"))["body"][0]


@pytest.mark.parametrize(
    ("sent", "says"),
    [("[", "could not be read"), ('{"1": {"caption": 7}}', "could not be read"), ("long", "longer than 500")],
)
def test_words_of_photos_that_cannot_be_taken_are_told_at_the_text(editor: Client, sent: str, says: str) -> None:
    one = photo()
    sent = json.dumps({one.pk: {"caption": "x" * 501}}) if sent == "long" else sent
    response = add(editor, figure(one) + "<p>x</p>", figure_texts=sent)
    assert list(errors(response)) == ["body"] and says in errors(response)["body"][0]
    assert not Article.objects.exists()


def test_a_card_that_was_removed_is_named_at_the_text(editor: Client) -> None:
    body = '<p>Text</p><figure data-post="1"></figure>'
    response = add(editor, body)
    assert list(errors(response)) == ["body"] and "number 1) was removed" in errors(response)["body"][0]
    assert response.context["adminform"].form["body"].value() == body


def upload(client: Client, data: bytes, **more: str) -> Any:
    sent = {"photos": SimpleUploadedFile("a.png", data)} | more
    return client.post(reverse("admin:articles_photo_upload"), sent, headers={"Accept": "application/json"})


def test_a_new_photo_is_taken_in_and_told_as_the_list_tells_it(editor: Client) -> None:
    told = upload(editor, picture(), credit=" Anna\x07 Tern ", language="ru").json()
    made = Photo.objects.get()
    assert told["id"] == made.pk and made.credit == "Anna Tern" and told["says"] == []
    listed = editor.get(f"{reverse('admin:articles_photo_choose')}?ids={made.pk}").json()["photos"]
    assert [told[name] for name in listed[0]] == list(listed[0].values())
    assert "is here already" in upload(editor, picture()).json()["says"][0]


def test_names_in_the_words_of_photos_are_underlined_there(editor: Client) -> None:
    one, two = photo(caption_en="A 😀 of the GDL", credit="GDL"), photo("blue", alt_en="A pier")
    texts = write_texts({two.pk: {"caption": "GDL again, GDL*"}})
    marks = ask(editor, typed(f"<p>Text</p>{figure(one, two)}", "Text", figure_texts=texts))
    found = {(one["field"], one["number"], one["part"], one["kind"], one["from"], one["to"]) for one in marks}
    assert found == {
        ("figures", 0, "caption", "marked", 12, 15),
        ("figures", 0, "credit", "marked", 0, 3),
        ("figures", 1, "caption", "marked", 0, 3),
        ("figures", 1, "caption", "marked", 11, 14),
        ("figures", 1, "caption", "typed", 14, 15),
    }


def test_who_may_only_read_finds_the_photos_named_and_their_words(client_as: Callable[[str], Client]) -> None:
    one = photo()
    texts = write_texts({one.pk: {"caption": "The <b> pier"}})
    article = make_article(body=f"<p>Text</p>{figure(one, align='wide')}", figure_texts=texts)
    page = client_as("Legal").get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert f"<p>[photos in the text {one.pk} (wide)]</p>" in page
    assert f"photo {one.pk}, caption: The &lt;b&gt; pier" in page


def test_the_live_preview_shows_the_photos_of_what_is_typed(editor: Client) -> None:
    one = photo(caption_en="The GDL pier")
    article = make_article(body=f"<p>Text</p>{figure(one)}")
    page = editor.get(reverse("admin:articles_article_preview", args=[article.pk])).content.decode()
    assert f'<img src="/media/{one.web}"' in page and "The GDL<sup" in page


def test_words_of_different_photos_are_put_together_and_of_the_same_asked(editor: Client) -> None:
    one, two = photo(), photo("blue")
    article = make_article(headline="The port", summary="", body=f"<p>a</p>{figure(one, two)}")
    keep_version(article, by=make_user("Editor"), at=timezone.now())
    sent = opened(editor, article)
    change_article(editor, article, figure_texts=write_texts({one.pk: {"caption": "theirs"}}))
    mine = {"figure_texts": write_texts({two.pk: {"caption": "mine"}}), "headline": "The pier"}
    response = send(editor, article, sent, **mine)
    article.refresh_from_db()
    if response.status_code != 302:
        response = editor.post(reverse("admin:articles_article_change", args=[article.pk]), filled(response))
    article.refresh_from_db()
    assert json.loads(article.figure_texts) == {
        str(one.pk): {"caption": "theirs"},
        str(two.pk): {"caption": "mine"},
    }


def test_words_of_photos_are_merged_text_by_text() -> None:
    before, mine = '{"1": {"alt": "a"}}', '{"1": {"alt": "a", "caption": "m"}}'
    assert merged(before, mine, '{"1": {"alt": "t"}}') == '{"1": {"alt": "t", "caption": "m"}}'
    assert merged(before, mine, "") == '{"1": {"caption": "m"}}'
    assert merged("", '{"1": {"alt": "m"}}', '{"1": {"alt": "t"}}') is None
    assert merged("", "", "") == ""


def test_words_of_photos_are_told_as_people_read_them() -> None:
    assert in_words('{"7": {"caption": "The pier", "alt": "Boats"}}') == (
        "photo 7, alternative text: Boats · photo 7, caption: The pier"
    )


def test_a_photo_that_comes_or_goes_or_moves_is_a_change_of_the_text() -> None:
    old = '<p>a</p><figure data-photo="7 8"></figure><p>b</p>'
    new = '<p>a</p><p>b</p><figure data-photo="7 8" data-align="wide"></figure>'
    changes = [(change.op, shown_block(change).note) for change in diff_bodies(old, new) if change.op != "equal"]
    assert changes == [("delete", "photos in the text 7, 8"), ("insert", "photos in the text 7, 8 (wide)")]
