"""Writing an article: what is cleaned, what is refused and where the complaint stands."""

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from articles.models import Address, Article, ArticleVersion, Category, Photo
from articles.photos.files import web_path
from articles.photos.upload import add_photo
from tests.admin.forms import add_article, change_article, errors
from tests.builders import NOW, make_article

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def category() -> str:
    return str(Category.objects.get(slug="politics").pk)


def picture(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, "PNG")
    return out.getvalue()


def test_new_article_is_saved_cleaned_and_belongs_to_its_writer(editor: Client) -> None:
    body = '<h1>Port</h1><p onclick="x()">Text<script>alert(1)</script> <a>link</a><p></p>'
    response = add_article(editor, headline="The port", category=category(), body=body)
    article = Article.objects.get()
    assert response.status_code == 302
    assert article.slug == "the-port"
    assert article.body == "<h2>Port</h2><p>Text link</p>"
    assert article.created_by is not None
    assert ArticleVersion.objects.get().fields["headline"] == "The port"


def test_control_characters_are_taken_out_of_what_is_typed(editor: Client) -> None:
    texts = {"headline": "The\x00 port\x07", "summary": "Two\x0blines", "source_line": "A\x9f list"}
    add_article(editor, category=category(), body="<p>Te\x01xt&#2;</p>", **texts)
    article = Article.objects.get()
    assert (article.headline, article.summary, article.source_line) == ("The port", "Two lines", "A list")
    assert (article.slug, article.body) == ("the-port", "<p>Text</p>")
    response = change_article(editor, article, headline="The\x08 pier")
    assert response.status_code == 302, errors(response)
    assert Article.objects.get().headline == "The pier"
    assert ArticleVersion.objects.order_by("-number")[0].fields["headline"] == "The pier"


def test_cyrillic_headline_gives_a_latin_address(editor: Client) -> None:
    add_article(editor, headline="Щука и ёж в порту", language="ru", category=category(), body="<p>Текст</p>")
    assert Article.objects.get().slug == "shchuka-i-ezh-v-portu"


def test_times_are_typed_in_the_newsrooms_zone(editor: Client) -> None:
    add_article(editor, headline="The port", category=category(), dated_at_0="2024-03-25", dated_at_1="21:48")
    assert Article.objects.get().dated_at == datetime(2024, 3, 25, 18, 48, tzinfo=UTC)


@pytest.mark.parametrize("field", ["dated_at", "embargo_until", "origin_published_at"])
@pytest.mark.parametrize("day", ["0001-01-01", "1599-12-31", "2200-01-01", "9999-12-31"])
def test_year_that_no_newsroom_means_is_refused_at_its_field(editor: Client, field: str, day: str) -> None:
    moment = {f"{field}_0": day, f"{field}_1": "00:30"}
    response = add_article(editor, headline="The port", category=category(), **moment)
    assert errors(response) == {field: ["Write a year between 1600 and 2199."]}


def test_link_without_an_address_is_refused_at_the_text(editor: Client) -> None:
    body = '<p>The <a href="" title="">whole report</a> and <a href="https://example.org/">another</a>.</p>'
    found = errors(add_article(editor, headline="The port", category=category(), body=body))
    assert list(found) == ["body"]
    assert [complaint for complaint in found["body"] if "“whole report”" in complaint] == found["body"]
    assert not Article.objects.exists()


def test_unknown_category_is_refused_at_its_field(editor: Client) -> None:
    response = add_article(editor, headline="The port", category="4711")
    assert response.status_code == 200
    assert list(errors(response)) == ["category"]


def test_slug_of_another_article_of_the_day_is_refused_at_its_field(editor: Client) -> None:
    Address.objects.create(language="en", date=NOW.date(), slug="dunes", article=make_article("dunes"))
    dated = {"dated_at_0": NOW.date().isoformat(), "dated_at_1": "10:00"}
    response = add_article(editor, headline="Other dunes", slug="dunes", category=category(), **dated)
    assert list(errors(response)) == ["slug"]
    assert (
        add_article(editor, headline="Other dunes", slug="more-dunes", category=category(), **dated).status_code == 302
    )


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("drawing.svg", SVG, "SVG"),
        ("drawing.png", SVG, "SVG"),
        ("broken.png", picture()[:60], "damaged"),
        ("text.jpg", b"no picture at all", "not a JPEG"),
        ("bomb.png", None, "million"),
    ],
)
def test_what_is_no_photo_is_refused_at_its_field(
    editor: Client, name: str, content: bytes | None, complaint: str
) -> None:
    file = SimpleUploadedFile(name, content if content is not None else picture(9000, 8000))
    response = add_article(editor, headline="The port", category=category(), new_photo=file)
    assert list(errors(response)) == ["new_photo"]
    assert complaint in errors(response)["new_photo"][0]
    assert not Photo.objects.exists()


def test_uploaded_photo_becomes_the_lead_photo(editor: Client) -> None:
    add_article(
        editor,
        headline="The port",
        category=category(),
        photo_caption="Port at dawn",
        new_photo=SimpleUploadedFile("port.png", picture()),
    )
    photo = Article.objects.get().lead_photo
    assert photo is not None
    assert photo.caption_en == "Port at dawn"


def test_photo_that_does_not_exist_is_refused_at_its_field(editor: Client) -> None:
    response = add_article(editor, headline="The port", category=category(), lead_photo="4711")
    assert list(errors(response)) == ["lead_photo"]


@pytest.mark.parametrize("key", ["abc", "9" * 40, "-1", "1' OR 1=1"])
def test_form_with_broken_keys_is_answered_in_words(editor: Client, key: str) -> None:
    broken = {"lead_photo": key, "regions": [key], "topics": [key], "origin_article": key}
    response = add_article(editor, headline="", category=category(), **broken)
    assert response.status_code == 200
    assert {"headline", "lead_photo"} <= set(errors(response))


def test_photo_whose_file_is_gone_is_refused_at_its_field(editor: Client) -> None:
    photo = add_photo(io.BytesIO(picture()))
    lead = {"headline": "The port", "category": category(), "lead_photo": str(photo.pk)}
    web_path(photo).unlink()
    assert list(errors(add_article(editor, **lead))) == ["lead_photo"]


def test_what_someone_else_saved_meanwhile_is_not_overwritten(editor: Client) -> None:
    article = make_article()
    change_article(editor, article, headline="First")
    response = change_article(editor, article, headline="Second", seen_version="1")
    assert [question.name for question in response.context["questions"]] == ["headline"]
    assert Article.objects.get().headline == "First"


def test_what_the_editor_adds_to_a_table_is_no_change(editor: Client) -> None:
    body = '<table><tbody><tr><th><p>Town</p></th><td colspan="2"></td></tr></tbody></table>'
    article = make_article(body=body)
    written = body.replace("<table>", '<table style="min-width: 50px"><colgroup><col></colgroup>')
    change_article(editor, article, body=written.replace("></td>", "><p></p></td>"))
    assert Article.objects.get().body == body
    assert not ArticleVersion.objects.exists()


def test_saving_without_a_change_keeps_no_version(editor: Client) -> None:
    article = make_article(body='<p>One.</p>\n<p><a href="https://a.example/">Two</a>.</p>')
    change_article(editor, article, body=article.body.replace("\n", "\r\n"))
    assert not ArticleVersion.objects.exists()
    assert Article.objects.get().updated_at == article.updated_at
