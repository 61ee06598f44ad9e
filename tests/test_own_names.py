"""Designated organizations and persons in the names that pages print of themselves: every output of the demo newsroom,
with such names in all its categories, regions and topics, and in its tagline and breaking lines.

In headings and where an article is filed they bear the mark of their block, with the note beneath it; everywhere else
the formula in brackets. The outlet's own name bears neither.
"""

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from lxml import etree, html

from articles.management.demo_loader import load_demo
from articles.models import KINDS, BreakingLine, Site
from articles.pagemap.addresses import read_address
from articles.reader.built import Built
from tests.test_leaks import (
    NOW,
    blocks_wrong,
    leaks_of_feed,
    names,
    outputs,
    own_key,
    registers,
    strings_of,
    texts_of,
)

pytestmark = pytest.mark.django_db

OWN = {"en": "The Ostrel Lantern", "ru": "Острельский фонарь"}
# Organizations and persons, on one register and on two; names that fill the whole and such as stand inside.
NAMES = (
    ("The Black Tide Front before {own}", "{own} и Фронт «Чёрный прилив»"),
    ("Viktor Kulebatov", "Виктор Кулебатов"),
    ("Harbour Watch and the Firebrand Column", "«Портовый дозор» и Колонна «Головня»"),
    ("Trial of Rozalia Duganelli", "Суд над Розалией Дуганелли"),
)
LISTED = ("Black Tide Front", "Kulebatov", "Harbour Watch", "Firebrand Column", "Duganelli")
ALONE = "//p[@class='tagline'] | //nav//a | //p[@class='kicker'] | //option"
HEADINGS = "//h1 | //h2 | //footer[@class='rubrics']//li"
LISTED_RU = ("Чёрный прилив", "Кулебатов", "Портовый дозор", "Головня", "Дуганелли")


@pytest.fixture(scope="module")
def crawled(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Built]]:
    """Every output of the demo newsroom, renamed, by its address."""
    folder: Path = tmp_path_factory.mktemp("named")
    places = override_settings(DEMO=True, MEDIA_ROOT=folder / "media", PAGES_DIR=folder / "pages")
    with places, django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load_demo(NOW)
        rename()
        yield dict(outputs())
        transaction.set_rollback(True)
    for remembered in (own_key, registers, names):
        remembered.cache_clear()


def rename() -> None:
    given = cycle(NAMES)
    for kind in KINDS.values():
        for rubric in kind.model.objects.order_by("pk"):
            english, russian = next(given)
            named = {"name_en": english.format(own=OWN["en"]), "name_ru": russian.format(own=OWN["ru"])}
            kind.model.objects.filter(pk=rubric.pk).update(**named)
    Site.objects.update(tagline_en="With Viktor Kulebatov against the tide", tagline_ru="С Виктором Кулебатовым")
    for language, text in (("en", "Harbour Watch is in court"), ("ru", "«Портовый дозор» в суде")):
        BreakingLine.objects.update_or_create(
            language=language, defaults={"text": text, "until": None, "article": None}
        )


def pages(crawled: dict[str, Built]) -> Iterator[tuple[str, str, html.HtmlElement]]:
    for path, built in crawled.items():
        if built.content_type.startswith("text/html"):
            yield path, "ru" if path.startswith("/ru/") else "en", html.document_fromstring(built.body.decode())


def feeds(crawled: dict[str, Built]) -> Iterator[tuple[str, str, etree._Element]]:
    for path, built in crawled.items():
        if built.content_type.startswith("application/rss"):
            yield path, "ru" if path.startswith("/ru/") else "en", etree.fromstring(built.body)


def bare(text: str, language: str) -> list[str]:
    """Return the names in a text that bear neither a glyph nor a formula."""
    return [f"{one.surface!r} in {text!r}" for one in names(text, language) if text[one.mark_at :][:2] != " ("]


def in_full(text: str, language: str) -> list[str]:
    """Return the names in a text that bear a formula."""
    return [one.surface for one in names(text, language) if text[one.mark_at :][:2] == " ("]


def holds_listed(text: str) -> bool:
    return any(name in text for name in LISTED + LISTED_RU)


def texts_alone(page: html.HtmlElement) -> Iterator[str]:
    """Yield what a page says where there is no room for a note."""
    for element in page.xpath(ALONE):
        yield " ".join(element.text_content().split())
    for link in page.iterfind(".//link[@title]"):
        yield link.get("title")
    for script in page.iterfind(".//script[@type='application/ld+json']"):
        yield from (text for key, text in strings_of(json.loads(script.text or "{}")) if key == "articleSection")


def headings(page: html.HtmlElement) -> Iterator[str]:
    """Yield the headings of a page, and the names of the rubrics that its article is filed under."""
    for element in page.xpath(HEADINGS):
        yield " ".join(element.text_content().split())


def test_no_output_prints_a_bare_name(crawled: dict[str, Built]) -> None:
    wrong = [
        (path, leak)
        for path, language, page in pages(crawled)
        for text in [*texts_of(page), *texts_alone(page), page.findtext(".//title") or ""]
        for leak in bare(text, language)
    ]
    wrong += [
        (path, leak)
        for path, language, feed in feeds(crawled)
        for element in feed.iter("title", "description", "category")
        if element.getparent().tag != "item" or element.tag == "category"
        for leak in bare(element.text or "", language)
    ]
    assert wrong == []


def test_every_mark_has_its_note_in_its_block(crawled: dict[str, Built]) -> None:
    wrong = [(path, leak) for path, _language, page in pages(crawled) for leak in blocks_wrong(page)]
    wrong += [
        (path, leak) for path, language, _feed in feeds(crawled) for leak in leaks_of_feed(crawled[path].body, language)
    ]
    assert wrong == []


def test_headings_bear_marks(crawled: dict[str, Built]) -> None:
    """On pages of rubrics and their months, on the front page, above what came before, and where articles are filed."""
    found = set[tuple[str, str]]()
    for path, language, page in pages(crawled):
        for text in [*headings(page), page.findtext(".//title") or ""]:
            assert in_full(text, language) == [], (path, text)
        for element in page.xpath(HEADINGS):
            if holds_listed(element.text_content()):
                assert element.find_class("mark"), (path, element.text_content())
                found.add((read_address(path).kind, element.tag))  # type: ignore[union-attr]
    assert found >= {
        ("front", "h2"),
        ("rubric", "h1"),
        ("rubric_month", "h1"),
        ("article", "h2"),
        ("article", "li"),
    }


def test_what_has_no_room_for_a_note_bears_the_formula(crawled: dict[str, Built]) -> None:
    number = 0
    for path, language, page in pages(crawled):
        assert not any(element.find_class("mark") for element in page.xpath(ALONE)), path
        for text in texts_alone(page):
            if holds_listed(text) and "(" not in text:
                raise AssertionError((path, text))
            number += bool(in_full(text, language))
    assert number > 1000
    for path, _language, feed in feeds(crawled):
        for category in feed.iterfind(".//category"):
            assert "(" in (category.text or ""), path


def test_the_outlets_own_name_bears_nothing(crawled: dict[str, Built]) -> None:
    found = 0
    for path, language, page in pages(crawled):
        for text in [*headings(page), *texts_alone(page), page.findtext(".//title") or ""]:
            _before, own, after = text.rpartition(OWN[language])
            assert not after.startswith(("*", " (")), (path, text)
            found += bool(own)
    assert found > 100


def test_breaking_lines_bear_the_mark_and_their_note(crawled: dict[str, Built]) -> None:
    for path, name in (("/en/", "Harbour Watch"), ("/ru/", "Портовый дозор")):
        [section] = html.document_fromstring(crawled[path].body.decode()).xpath("//section[@class='breaking']")
        line, note = section.xpath("./p")[0].text_content(), section.text_content().partition("*")[2]
        assert name in line and "*" in line and "*" in note, (path, section.text_content())
