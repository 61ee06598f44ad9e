"""No designated name leaves the demo newsroom without its mark and note: every page, feed, sitemap, card, snippet.

The outputs are read as a reader's programs would: nothing of how they were made is used. Each text is given to the
engine by itself; what it would mark and finds unmarked is a leak. So is a mark without its note in the same block.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.test import override_settings
from lxml import etree, html

from articles.footnotes.annotate import annotate
from articles.footnotes.find import Compiled
from articles.footnotes.types import Field, Mention
from articles.management.demo_loader import load_demo
from articles.models import Article, Name, Photo, PreviewToken, Release, Rendition, Site
from articles.models import Mention as MentionRow
from articles.pagemap.addresses import Target, read_address, search_path
from articles.pagemap.kinds import KINDS
from articles.photos.places import all_wanted
from articles.reader import found, preview
from articles.reader.built import Built
from articles.reader.pages import build, run
from articles.registers import current_compiled

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
GLYPH = re.compile(r"\*+")
BLOCKS = "p h1 h2 h3 h4 li figcaption blockquote td th caption title label option button summary".split()
BARE = {"og:title", "twitter:title", "og:image:alt", "twitter:image:alt"}
EITHER = {"description"}  # an article's has glyphs, and notes at its end; a story's has formulas


@pytest.fixture(scope="module")
def newsroom(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo newsroom as loaded at NOW, for all tests of this module; nothing here changes it."""
    folder: Path = tmp_path_factory.mktemp("demo")
    places = override_settings(DEMO=True, MEDIA_ROOT=folder / "media", PAGES_DIR=folder / "pages")
    with places, django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        load_demo(NOW)
        name_renditions()
        yield
        transaction.set_rollback(True)
    for remembered in (own_key, registers, names):
        remembered.cache_clear()


def name_renditions() -> None:
    """Say of each photo that all is made of it, so that pages print what they would; nobody asks for the files."""
    for photo in Photo.objects.all():
        wanted = all_wanted((photo.width, photo.height), (photo.focal_x, photo.focal_y))
        files = [{**one._asdict(), "name": "a", "bytes": 1} for one in wanted]
        Rendition.objects.create(web=photo.web, wanted="1", made="1", files=files)


# How texts are held against the registers


@cache
def own_key() -> str | None:
    publisher = Site.current().publisher
    return publisher.key if publisher else None


@cache
def registers() -> Compiled:
    return current_compiled()


@cache
def names(text: str, language: str) -> tuple[Mention, ...]:
    """Return the names in a text that bear no glyph: the engine lists those that do, and does not mark them twice."""
    fields = [Field("text", text)]
    return annotate(fields, registers(), language=language, as_of=NOW.date(), publisher=own_key()).mentions


def unmarked(text: str, language: str) -> list[str]:
    return [f"{one.surface!r} in {text!r}" for one in names(text, language)]


def without_formula(text: str, language: str) -> list[str]:
    """Return the names in a text that are not followed by a register's short formula in brackets."""
    return [f"{one.surface!r} in {text!r}" for one in names(text, language) if text[one.mark_at :][:2] != " ("]


def leaks_of_page(body: bytes, language: str) -> list[str]:
    """Return what is wrong with an HTML page."""
    page = html.document_fromstring(body.decode())
    found_here = [leak for text in texts_of(page) for leak in unmarked(text, language)]
    for meta in page.iterfind(".//meta"):
        content, name = meta.get("content") or "", meta.get("property") or meta.get("name") or ""
        found_here += without_formula(content, language) if name in BARE | EITHER else unmarked(content, language)
    for script in page.iterfind(".//script"):
        for key, text in strings_of(json.loads(script.text or "{}")):
            found_here += unmarked(text, language) if key == "description" else without_formula(text, language)
    return [*found_here, *blocks_wrong(page)]


def texts_of(page: html.HtmlElement) -> Iterator[str]:
    """Yield each text that a reader meets as one: blocks, and attributes that are shown or read out."""
    for element in page.iter():
        if element.tag in BLOCKS and "legal-note" not in (element.get("class") or ""):
            yield " ".join(element.text_content().split())
        for name in ("alt", "title", "aria-label", "placeholder", "value"):
            if element.get(name):
                yield element.get(name)


def strings_of(data: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from strings_of(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from strings_of(value, key)
    elif isinstance(data, str) and not data.startswith("http"):
        yield key, data


def blocks_wrong(root: html.HtmlElement) -> Iterator[str]:
    """Yield marks without their note in the same block, notes without a mark, and links that lead nowhere."""
    marks_of_notes: dict[html.HtmlElement, set[str]] = {notes: set() for notes in root.find_class("legal-notes")}
    for mark in root.find_class("mark"):
        if mark.tag != "sup":
            continue
        block = next((one for one in mark.iterancestors() if one.find_class("legal-notes")), None)
        notes = block.find_class("legal-notes") if block is not None else []
        if len(notes) != 1:
            yield f"{mark.getparent().text_content()!r} has no notes of its own"
            continue
        marks_of_notes[notes[0]].add(mark.text_content())
    for notes, glyphs in marks_of_notes.items():
        noted = set(GLYPH.findall(" ".join(note.text_content() for note in notes.find_class("legal-note"))))
        if noted != glyphs:
            yield f"marks {sorted(glyphs)}, notes {sorted(noted)}"
    for link in root.iterfind(".//a[@href]"):
        target = link.get("href")
        if target.startswith("#") and len(target) > 1 and not root.xpath("//*[@id=$id]", id=target[1:]):
            yield f"{target} leads nowhere"


def leaks_of_feed(body: bytes, language: str) -> Iterator[str]:
    """Yield what is wrong with an RSS feed; each item is a block of its own."""
    for item in etree.fromstring(body).iterfind(".//item"):
        title = item.findtext("title") or ""
        content = html.fragment_fromstring(item.findtext("description") or "", create_parent="div")
        yield from unmarked(title, language)
        for text in texts_of(content):
            yield from unmarked(text, language)
        if content.find_class("legal-notes"):
            yield from blocks_wrong(content)
        glyphs = set(GLYPH.findall(title)) | {mark.text_content() for mark in content.find_class("mark")}
        printed = {match[0] for text in content.itertext() if (match := GLYPH.match(text.strip()))}
        if not glyphs <= printed:
            yield f"{title!r}: marks {glyphs}, notes {printed}"


def outputs() -> Iterator[tuple[str, Built]]:
    """Yield every output that can be reached by links from the front pages, with its address."""
    waiting, seen = ["/en/", "/ru/", "/sitemap.xml"], set[str]()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        built = build(path, NOW)
        yield path, built
        text = built.body.decode()
        links = re.findall(r'href="(/[^"#?]*)"', text) + re.findall(r"<loc>https?://[^/]+(/[^<]*)", text)
        waiting += [link for link in links if known(link)]


def known(path: str) -> bool:
    target = read_address(path)
    return target is not None and target.kind != "media"


def leaks(path: str, built: Built) -> list[str]:
    language = "ru" if path.startswith("/ru/") else "en"
    if built.content_type.startswith("text/html"):
        return leaks_of_page(built.body, language)
    if built.content_type.startswith("application/rss"):
        return list(leaks_of_feed(built.body, language))
    titles = etree.fromstring(built.body).iterfind(".//{*}title")
    return [leak for title in titles for leak in without_formula(title.text or "", "en")] + [
        leak for title in titles for leak in without_formula(title.text or "", "ru")
    ]


def test_no_output_lets_a_name_out_unmarked(newsroom: None) -> None:
    wrong: dict[str, list[str]] = {}
    kinds = set[str]()
    for path, built in outputs():
        assert built.status == 200, path
        kinds.add(read_address(path).kind)  # type: ignore[union-attr]
        if found_here := leaks(path, built):
            wrong[path] = found_here
    assert not wrong
    assert kinds == {kind.name for kind in KINDS if kind.is_built}


def test_no_search_lets_a_name_out_unmarked(newsroom: None) -> None:
    queries = {name.split()[0] for name in MentionRow.objects.values_list("surface", flat=True)}
    queries |= set(Name.objects.filter(organization__key__startswith="demo-").values_list("text", flat=True))
    hits = 0
    for query in sorted(queries):
        for language in ("en", "ru"):
            asked = QueryDict(f"q={quote(query)}")
            target = Target("search", language=language)
            built = run(lambda visit, asked=asked: found.results(visit, asked), search_path(language), target, NOW)
            page = html.document_fromstring(built.body.decode())
            for field in page.iterfind(".//input"):
                field.attrib.pop("value", None)  # the reader's own words
            for offered in list(page.iterfind(".//select")):  # no room for a note: each name with its formula
                names_offered = [one.text_content() for one in offered.iter("option")]
                assert not [leak for one in names_offered for leak in without_formula(one, language)], query
                offered.drop_tree()
            hits += len(page.find_class("teaser"))
            assert not leaks_of_page(html.tostring(page), language), query
    assert hits > 40


def test_no_preview_lets_a_name_out_unmarked(newsroom: None) -> None:
    for article in Article.objects.all():
        link = PreviewToken(article=article, made_at=NOW, expires_at=NOW)
        target = Target("preview", language=article.language)
        built = run(lambda visit, link=link: preview.previewed(visit, link, "t" * 43), "/preview/", target, NOW)
        assert not leaks_of_page(built.body, article.language), article


def test_the_test_would_see_a_leak(newsroom: None) -> None:
    """What this module finds in a page from which the marks, or the notes, were taken."""
    release = Release.objects.live(NOW).filter(edition__slug__startswith="kelmar-raid").get()
    path = f"/en/{release.published_date:%Y/%m/%d}/{release.edition.slug}/"
    body = build(path, NOW).body
    assert not leaks(path, Built(200, body))
    bare = re.sub(rb'<sup class="mark">.*?</sup>', b"", body)
    assert len(leaks(path, Built(200, bare))) > 5
    unnoted = re.sub(rb'<div class="legal-notes">.*?</div>', b"", body, count=1, flags=re.DOTALL)
    assert leaks(path, Built(200, unnoted))
    assert settings.SITE_URL.encode() in body
