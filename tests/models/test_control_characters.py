"""Control characters are taken out where text enters: columns, forms, imports, acts."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from articles.editions import clean_html
from articles.models import Article, Author, Event, Name
from articles.models.fields import CONTROL, Printable, TextEntry, printable
from articles.publishing import publish, retract
from articles.reader.pages import build
from articles.registers import export_registers, load_register_data
from tests.builders import NOW, make_article, make_newsroom, make_user, registers_data

ARTICLES = Path(__file__).parents[2] / "articles"
BAD = "Du\x00nes\x07 mo\x0bved\x9f \ud800again"
GOOD = "Dunes mo ved again"


def test_line_breaks_become_blanks_and_the_rest_goes() -> None:
    assert printable(BAD) == GOOD
    assert printable("one\ttwo\r\nthree \u00adfour\u200dfive") == "one\ttwo\r\nthree \u00adfour\u200dfive"


def test_nor_does_any_plane_keep_what_is_no_character() -> None:
    """HTML calls each of them an error, not only those of the first plane."""
    none = [chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF)]
    assert printable(f"Du{''.join(none)}nes") == "Dunes"
    assert printable("\U0001f426\U0010fffd") == "\U0001f426\U0010fffd"


def test_every_text_column_takes_them_out() -> None:
    """Slugs and addresses have validators that refuse them."""
    ours = apps.get_app_config("articles").get_models()
    columns = [field for model in ours for field in model._meta.local_fields if type(field) not in VALIDATED]
    texts = [field for field in columns if isinstance(field, models.CharField | models.TextField)]
    assert len(texts) > 80
    assert [str(field) for field in texts if not isinstance(field, Printable)] == []


VALIDATED = (models.SlugField, models.URLField, models.EmailField)


def test_every_text_of_a_form_takes_them_out() -> None:
    asked = [path for path in ARTICLES.rglob("*.py") if re.search(r"forms\.CharField\(", path.read_text())]
    assert [path for path in asked if path.name != "fields.py"] == []
    assert TextEntry(max_length=30).clean(BAD) == GOOD


@pytest.mark.parametrize("way", ["create", "bulk_create", "update"])
def test_they_are_never_stored(db: None, way: str) -> None:
    if way == "create":
        Author.objects.create(slug="tern", name_en=BAD)
    elif way == "bulk_create":
        Author.objects.bulk_create([Author(slug="tern", name_en=BAD)])
    else:
        Author.objects.create(slug="tern")
        Author.objects.update(name_en=BAD)
    assert Author.objects.get().name_en == GOOD


def test_neither_as_signs_nor_as_references_in_html() -> None:
    assert clean_html("<p>Du\x07nes&#1;&#x9;&#11;moved&#xfffe;</p>") == "<p>Dunes\t moved</p>"


def test_a_register_file_brings_none(db: None) -> None:
    data: dict[str, Any] = registers_data()
    data["organizations"][0]["names"][0]["text"] = "Grey\x01 Dune\x85League"
    data["registers"][0]["notes"]["en"]["one"]["text"] = "The organization\x02 is listed."
    load_register_data(data)
    assert Name.objects.filter(text="Grey Dune League").exists()
    assert export_registers()["registers"][0]["notes"]["en"]["one"]["text"] == "The organization is listed."


@pytest.mark.django_db
def test_an_act_prints_none() -> None:
    make_newsroom()
    by = make_user("Managing editor")
    article = make_article(headline=BAD, summary=BAD, body=f"<p>{BAD}&#2;</p>", photo_caption=BAD, source_line=BAD)
    publish(article, by=by, at=NOW)
    publish(Article.objects.get(), by=by, at=NOW, reason="correction", note=BAD)
    retract(Article.objects.get(), by=by, at=NOW, note=BAD)
    for path in ("/en/2026/03/10/dunes/", "/en/", "/en/feed.xml", "/en/corrections/", "/en/corrections/feed.xml"):
        body = build(path, NOW).body.decode()
        assert GOOD in body and not CONTROL.search(body), path
    assert not [event for event in Event.objects.all() if CONTROL.search(str(event.detail))]
