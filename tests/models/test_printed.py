"""Every text of an article is declared in `models.printed`, and what is derived from there leaves none out."""

from typing import Any

import pytest
from django.db import models

from articles.admin.articles.article import ArticleAdmin
from articles.admin.articles.article_form import FIELDS
from articles.admin.articles.mentions import label_of
from articles.editions import House, Moments, content_of_article, content_of_edition, fields_of
from articles.editions.content import with_fields
from articles.editions.form import make_form
from articles.footnotes.types import Field
from articles.models import Article, Edition
from articles.models.printed import (
    ARTICLE_BESIDE,
    ARTICLE_NO_TEXT,
    COLUMNS,
    EDITION_BESIDE,
    EDITION_NO_TEXT,
    PRINTED,
    WRITTEN,
    replaced,
    texts_of,
)
from articles.publishing import publish
from articles.publishing.record.traces import EMPTIED
from articles.publishing.relabel.touched import is_elsewhere
from articles.search.index import engine_words, readers_words
from articles.search.words import lemmas
from articles.shown.lines import LineRow
from tests.builders import NOW, make_article, make_newsroom, make_user

FIGURE = '<figure data-photo="1"></figure><figure data-post="2"></figure>'
TEXTS = (models.CharField, models.TextField, models.JSONField)  # slugs and addresses are CharFields too


def text_columns(model: type[models.Model]) -> set[str]:
    return {one.name for one in model._meta.get_fields() if isinstance(one, TEXTS)}


def test_each_text_of_the_working_copy_is_printed_or_named() -> None:
    assert text_columns(Article) == {*WRITTEN, *ARTICLE_BESIDE, *ARTICLE_NO_TEXT}


def test_each_text_of_an_edition_is_printed_or_named() -> None:
    assert text_columns(Edition) == {*COLUMNS, *EDITION_BESIDE, *EDITION_NO_TEXT}


def filled() -> dict[str, object]:
    """Return the columns of an edition with a word of its own in each printed text."""
    columns: dict[str, object] = {}
    for row in PRINTED:
        default = Edition._meta.get_field(row.column).get_default()
        word = f"word{row.name.replace('_', '')}"
        if isinstance(default, list):
            before: Any = columns.get(row.column) or [
                {"kind": "retraction", "made_at": NOW.isoformat(), "id": 1, "web": "a.jpg"},
                {"kind": "update", "made_at": NOW.isoformat(), "id": 2, "web": "b.jpg", "post": 2},
            ]
            columns[row.column] = [one | {row.key: word} for one in before] if row.key else [word]
        elif isinstance(default, dict):
            columns[row.column] = {**columns.get(row.column, {}), row.key: word}  # type: ignore[dict-item]
        else:
            columns[row.column] = word + (FIGURE if row.format == "html" else "")
    return columns


def test_what_is_marked_and_searched_holds_every_text() -> None:
    edition = Edition(language="en", **filled())
    words = {f"word{row.name.replace('_', '')}" for row in PRINTED}
    assert {item.text.removesuffix(FIGURE) for item in fields_of(content_of_edition(edition))} == words
    for found in readers_words(edition):
        assert set(found) >= {lemmas(word).best for word in words}
    assert set(engine_words(edition)) >= words


def test_each_field_is_replaced_by_its_name() -> None:
    content = content_of_edition(Edition(language="en", **filled()))
    changed = [Field(item.name, item.text.upper(), item.format) for item in fields_of(content)]
    assert [item.text for item in fields_of(with_fields(content, changed))] == [item.text for item in changed]
    assert replaced(content.printed, {}) == content.printed


def test_boxes_stand_where_the_page_shows_them() -> None:
    names = [name for row in PRINTED for name, _text in texts_of(filled(), row)]
    assert names.index("correction_0") < names.index("byline_0") < names.index("body") < names.index("correction_1")
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_the_reading_form_shows_each_text_in_the_order_in_which_glyphs_are_given() -> None:
    make_newsroom()
    names = [item.name for item in fields_of(content_of_edition(Edition(language="en", **filled())))]
    words = {name: f"word{number}." for number, name in enumerate(names)}
    printed = replaced(filled(), words | {"body": words["body"] + FIGURE})
    content = content_of_edition(Edition(language="en", **printed))
    html = make_form(content, [], Moments(NOW, None, "first"), House.current(), live_at=NOW).html
    assert [name for name in names if words[name] not in html] == []
    assert sorted(names, key=lambda name: html.index(words[name])) == names


def test_erasure_empties_each_text_of_the_working_copy_but_the_headline_that_says_so() -> None:
    assert {*EMPTIED, "headline"} == {*WRITTEN, *ARTICLE_BESIDE}


@pytest.mark.django_db
def test_erasure_empties_each_text_of_an_edition() -> None:
    make_newsroom()
    publish(make_article(), by=make_user("Editor"), at=NOW)
    row = Edition.objects.get()
    Edition.objects.filter(pk=row.pk).erase()
    row.refresh_from_db()
    for column in (*COLUMNS, *EDITION_BESIDE):
        assert not getattr(row, column), column


@pytest.mark.django_db
def test_the_form_offers_each_text_once_and_publishing_reads_it() -> None:
    make_newsroom()
    flat = [name for _title, part in ArticleAdmin.fieldsets for name in _flat(part["fields"])]
    assert sorted(name for name in flat if name in WRITTEN) == sorted(WRITTEN)
    assert set(WRITTEN) <= set(FIELDS)
    plain = [row.written for row in PRINTED if row.written == row.column]
    article = make_article(**{column: f"word{column}" for column in plain})
    texts = {item.text for item in fields_of(content_of_article(article))}
    assert {f"word{column}" for column in plain} <= texts


def _flat(fields: object) -> list[str]:
    return [one for item in fields for one in ([item] if isinstance(item, str) else item)]  # type: ignore[attr-defined]


def test_each_field_has_its_word_for_the_desk() -> None:
    assert str(label_of("byline_0")) == "byline" and str(label_of("photo_alt")) == "alternative text"
    assert label_of("unheard_of") == "unheard_of"


def test_lists_read_what_stands_on_other_pages_and_the_picture_without_its_texts() -> None:
    elsewhere = {row.column for row in PRINTED if row.is_elsewhere}
    assert {name for name in LineRow._fields if name in COLUMNS} == {*elsewhere, "photo"}


def test_other_pages_show_headline_summary_and_corrections() -> None:
    assert [name for name in ("headline", "summary", "correction_3", "body", "byline_0") if is_elsewhere(name)] == [
        "headline",
        "summary",
        "correction_3",
    ]
