"""A Word file opened at the desk: a form filled in, kept as typed, nothing stored, every refusal at the field."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from articles.models import Article, Photo, Slot
from articles.publishing import slots
from tests.admin.forms import ADD, filled
from tests.admin.test_article_form import category
from tests.editions.test_word_file import BODY, REFUSED
from tests.word_files import paragraph, run, word_file

ASK = "admin:articles_article_word"
LIST = "admin:articles_article_changelist"


def send(client: Client, data: bytes, **more: Any) -> Any:
    file = SimpleUploadedFile("draft.docx", data)
    return client.post(reverse(ADD), {"_word_file": "1", "word_file": file} | more)


def test_file_opens_as_a_form_filled_in_that_is_kept_and_not_saved(editor: Client) -> None:
    response = send(editor, word_file())
    form = response.context["adminform"].form
    assert (form["headline"].value(), form["body"].value(), form["language"].value()) == ("The harbour", BODY, "en")
    shown = response.content.decode()
    assert "1 picture of the file was left out" in shown and "1 note of the file stands at the end" in shown
    assert not form.errors and not Article.objects.exists()
    slot = Slot.objects.open().get()
    assert slot.article is None and slot.fields["body"] == BODY
    assert f'value="{slot.client}:{slot.sequence}"' in shown


def test_pictures_of_the_file_become_photos_in_their_places(editor: Client, settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    response = send(editor, word_file(word__media__image1_dot_png=out.getvalue()))
    photo = Photo.objects.get()
    body = response.context["adminform"].form["body"].value()
    assert f'</ul><figure data-photo="{photo.pk}"></figure><table>' in body
    assert "1 picture of the file stands in the text" in response.content.decode()
    assert Slot.objects.open().get().fields["body"].count("<figure") == 1


def test_saving_it_makes_the_article_and_ends_what_was_kept(editor: Client) -> None:
    response = send(editor, word_file())
    taken = response.context["typed"]["takes"]
    sent = filled(response, category=category(), typed_client="a-page", typed_sequence="7", typed_takes=taken)
    assert editor.post(reverse(ADD), sent).status_code == 302
    article = Article.objects.get()
    assert (article.headline, article.body, article.slug) == ("The harbour", BODY, "the-harbour")
    assert not Slot.objects.open().exists()


def test_language_is_that_of_the_letters(editor: Client) -> None:
    russian = word_file(paragraph(run("Порт откроют"), "Title") + paragraph(run("С понедельника. Tern.")))
    assert send(editor, russian).context["adminform"].form["language"].value() == "ru"


@pytest.mark.parametrize("name", [name for name in REFUSED if name != "foreign, no bytes"])
def test_refusal_is_said_at_the_field_and_keeps_nothing(editor: Client, name: str) -> None:
    response = send(editor, REFUSED[name])
    assert response.status_code == 200
    errors = response.context["form"].errors.as_data()["word_file"]
    assert [one.code for one in errors] == [name.split()[0].rstrip(",")]
    assert str(errors[0].message) in response.content.decode() and "%(" not in str(errors[0].message)
    assert not Slot.objects.exists() and not Article.objects.exists()


def test_no_file_and_one_without_bytes_are_complaints_too(editor: Client) -> None:
    for response in (editor.post(reverse(ADD), {"_word_file": "1"}), send(editor, b"")):
        assert response.context["form"].errors["word_file"]


def test_too_many_unfinished_texts_are_told(editor: Client) -> None:
    for _ in range(slots.MOST):
        send(editor, word_file())
    response = send(editor, word_file())
    assert "unfinished texts" in str(response.context["form"].non_field_errors())
    assert Slot.objects.count() == slots.MOST


def test_only_who_may_begin_an_article_is_asked_for_a_file(editor: Client, client_as: Callable[[str], Client]) -> None:
    legal = client_as("Legal")
    assert editor.get(reverse(ASK)).status_code == 200
    for address in (reverse(LIST), reverse(ADD)):
        assert "Open a Word file" in editor.get(address).content.decode()
    assert legal.get(reverse(ASK)).status_code == 403
    assert send(legal, word_file()).status_code == 403
    assert "Open a Word file" not in legal.get(reverse(LIST)).content.decode()
    assert not Slot.objects.exists()
