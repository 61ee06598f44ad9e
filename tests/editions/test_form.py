"""The reading form, the teasers, the feed item and the bare titles of an edition."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from articles.editions import (
    House,
    Line,
    feed_item,
    go_on,
    headlines,
    marks_of,
    preview,
    reading_form,
    teasers,
)
from articles.footnotes.ledger import Ledger
from articles.models import Edition, Release
from articles.publishing import publish
from tests.builders import NOW, make_article, make_newsroom, make_user

SUP = re.compile(r'<sup class="mark">(?:<a [^>]*>)?([^<]*)')


@pytest.fixture
def editor(db: None) -> User:
    make_newsroom()
    return make_user("Editor")


def marks(html: str) -> list[str]:
    return SUP.findall(html)


def test_preview_prints_the_same_bytes_as_publishing(editor: User) -> None:
    article = make_article(dated_at=NOW - timedelta(hours=3))
    before = preview(article, NOW).form.html
    assert reading_form(publish(article, by=editor, at=NOW)) == before


def test_preview_of_a_public_article_prints_the_same_bytes_as_a_minor_edit(editor: User) -> None:
    article = make_article()
    publish(article, by=editor, at=NOW)
    publish(article, by=editor, at=NOW + timedelta(hours=1), reason="update", note="More is known of the GDL.")
    article.headline = "GDL cells, counted again"
    article.save()
    later = NOW + timedelta(hours=2)
    assert reading_form(publish(article, by=editor, at=later, reason="minor")) == preview(article, later).form.html


def test_one_glyph_for_each_combination_of_registers_in_order_of_appearance(editor: User) -> None:
    article = make_article(
        headline="Northern Lamp Fund meets GDL",
        summary="",
        body="<p>The Twofold Bridge, the GDL and the Northern Lamp Fund met.</p>",
        authors=[],
    )
    form = reading_form(publish(article, by=editor, at=NOW))
    assert marks(form) == ["*", "**", "***", "**", "*"]
    for text in ("listed as foreign agents", "listed as terrorist"):
        assert text in form


def test_every_mark_links_to_its_note_and_the_note_back_to_the_first(editor: User) -> None:
    form = reading_form(publish(make_article(), by=editor, at=NOW))
    targets = set(re.findall(r'<sup class="mark"><a href="#([^"]+)"', form))
    assert len(targets) == 1
    assert all(f'id="{target}"' in form for target in targets)
    ids = re.findall(r'id="([^"]+)"', form)
    assert len(ids) == len(set(ids))
    back = set(re.findall(r'href="#([^"]+)"', form)) - targets
    assert back and back <= set(ids)


def test_own_notice_stands_at_the_head_in_its_own_language_and_own_names_bear_no_mark(editor: User) -> None:
    make_newsroom(publisher="own-outlet")
    article = make_article(headline="Tern Herald and GDL", summary="", body="<p>Tern Herald reported.</p>")
    form = reading_form(publish(article, by=editor, at=NOW))
    assert marks(form) == ["*"]
    assert form.index('lang="ru"><p>МАТЕРИАЛ СОЗДАН Вестник крачки.') < form.index("<h1>")


def test_origin_and_source_lines_stand_beneath_the_notes(editor: User) -> None:
    article = make_article(
        origin_outlet="the Russian page of the Tern Herald",
        origin_published_at=NOW - timedelta(days=3),
        origin_zone="MSK",
        origin_url="https://example.org/ru/1",
        source_line="Tern Herald",
    )
    form = reading_form(publish(article, by=editor, at=NOW))
    origin = form.index('<p class="origin">')
    assert form.index("listed as terrorist") < origin < form.index('<p class="source">')
    assert "7 March 2026 at 15:00 MSK" in form
    assert 'href="https://example.org/ru/1"' in form


def test_russian_article_is_rendered_in_russian(editor: User) -> None:
    article = make_article(
        language="ru", headline="Дело Лиги серых дюн", summary="", body="<p>Лигу серых дюн судят.</p>"
    )
    form = reading_form(publish(article, by=editor, at=NOW))
    assert marks(form) == ["*", "*"]
    assert "Организация в перечне: террористические." in form
    assert "10 марта 2026, 15:00" in form


def test_html_in_plain_fields_is_escaped(editor: User) -> None:
    article = make_article(headline="GDL <script>alert(1)</script>", summary="a & b <b>", authors=["<i>Anna</i>"])
    form = reading_form(publish(article, by=editor, at=NOW))
    assert "<script>" not in form
    assert "&lt;script&gt;" in form
    assert "<i>Anna</i>" not in form


def line(release: Release) -> Line:
    edition = release.edition
    return Line.of(
        release.article_id, release.language, release.published_at, release.published_date, release.category_id,
        edition.slug, edition.headline, edition.summary, marks_of(edition), edition.reason, False, edition.photo,
    )  # fmt: skip


def lists(editor: User) -> list[Line]:
    first = make_article("one", headline="Northern Lamp Fund opens", summary="It says so.")
    second = make_article("two", headline="Quiet day", summary="The GDL was seen.")
    return [line(publish(article, by=editor, at=NOW)) for article in (first, second)]


def ledger(edition: Edition | None = None) -> Ledger:
    return go_on(House.current().ledger("en"), edition.ledger if edition else ())


def test_list_goes_on_with_the_glyphs_of_the_article_and_prints_its_own_notes(editor: User) -> None:
    on_page = publish(make_article(), by=editor, at=NOW).edition
    block = teasers(ledger(on_page), "news", lists(editor))
    assert marks(block.items[0].headline) == ["**"]
    assert "<a" not in block.items[0].headline
    assert marks(block.items[1].summary) == ["*"]
    assert [note.glyph for note in block.notes] == ["*", "**"]


def test_list_on_a_page_of_its_own_begins_with_the_first_glyph(editor: User) -> None:
    block = teasers(ledger(), "news", lists(editor))
    assert marks(block.items[0].headline) == ["*"]


def test_a_list_of_headlines_has_notes_for_what_they_name_alone(editor: User) -> None:
    block = headlines(ledger(), "news", lists(editor))
    assert [item.summary for item in block.items] == ["", ""]
    assert [note.text for note in block.notes] == ["The organization is listed as foreign agents."]


def test_feed_item_has_marks_and_notes_without_inner_links(editor: User) -> None:
    release = publish(make_article(), by=editor, at=NOW)
    edition = release.edition
    item = feed_item(edition.headline, marks_of(edition), reading_form(release), ledger(edition))
    assert item.title == "GDL* cells found in the harbour"
    assert marks(item.html)
    assert "listed as terrorist" in item.html
    assert 'href="#' not in item.html
