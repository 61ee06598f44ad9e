"""Every output of a newsroom made for it says of an article what the article is, marks what stands alone, keeps to
its day, and is well formed: a crawl of pages, cards, structured data, feeds, sitemaps, search and stored files."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings
from lxml import etree, html

from articles.baking import bake_everything
from articles.footnotes.annotate import annotate
from articles.footnotes.types import Field, Style
from articles.models import Edition, Release
from articles.models.fields import CONTROL
from articles.pagemap import article_path, every_page, pages_of, pages_showing, read_address
from articles.publishing.record import verify
from articles.reader.pages import BUILDERS, build
from articles.registers import current_compiled

from .whole import AT, FORGED, HE, JOINS, LEAVES, TODAY, TURN, UNLINKED, Output, crawl, furnish, short_lists, stored

pytestmark = pytest.mark.django_db
STYLES = ("every", "first_per_field", "first_per_article")
FRACTION = re.compile(r"\d\d:\d\d:\d\d[.,]\d")
STATEMENT = re.compile(r"\*+The organizations? .*$", re.DOTALL)  # the notes behind a description
TITLES = ("og:title", "twitter:title", "og:image:alt", "description", "og:description", "twitter:description")


class Newsroom:
    """What one newsroom lets out, crawled once."""

    def __init__(self, style: str, folder: Path) -> None:
        self.style, self.folder = style, folder
        self.outputs = {one.path: one for one in crawl(furnish(style))}
        self.compiled = current_compiled()

    def pages(self) -> Iterator[tuple[Output, html.HtmlElement]]:
        for one in self.outputs.values():
            if one.response.headers.get("Content-Type", "").startswith("text/html") and one.text:
                yield one, html.document_fromstring(one.text)

    def items(self) -> Iterator[tuple[Output, etree._Element]]:
        for one in self.outputs.values():
            if one.response.headers["Content-Type"].startswith("application/rss"):
                for item in etree.fromstring(one.response.content).iterfind(".//item"):
                    yield one, item


@pytest.fixture(scope="module", params=STYLES)
def newsroom(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Newsroom]:
    folder: Path = tmp_path_factory.mktemp("whole")
    places = override_settings(MEDIA_ROOT=folder / "media", PAGES_DIR=folder / "pages")
    with places, short_lists(), time_machine.travel(AT, tick=False), django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield Newsroom(request.param, folder / "pages")
        transaction.set_rollback(True)


# What an article is


def titles(newsroom: Newsroom) -> Iterator[tuple[str, str]]:
    """Yield every text that is, or holds, an article's headline where it is named, with what stands before it."""
    for one, page in newsroom.pages():
        yield f"{one.path} title", page.findtext(".//title") or ""
        yield from ((f"{one.path} {meta.get('property')}", meta.get("content")) for meta in page.iterfind(".//meta"))
        for data in structured(page):
            names = [data["headline"]] if "headline" in data else [entry["name"] for entry in data["itemListElement"]]
            yield from ((f"{one.path} JSON-LD", name) for name in names)
        for heading in page.iterfind(".//h1"):
            yield f"{one.path} h1", heading.text_content()
        for link in page.iterfind(".//a"):
            context = entry.text_content() if (entry := entry_around(link)) is not None else ""
            yield f"{one.path} link", f"{context}{link.getparent().text_content()}"
    for one, item in newsroom.items():
        yield f"{one.path} item", item.findtext("title") or ""
    for one in newsroom.outputs.values():
        yield from ((f"{one.path} news", text) for text in re.findall(r"<news:title>(.*?)</news:title>", one.text))


def entry_around(link: html.HtmlElement) -> html.HtmlElement | None:
    """Return the kicker of an entry in the log of corrections: that of a retraction says so itself."""
    return next((kind for one in link.iterancestors("article") for kind in one.find_class("kind-retraction")), None)


def structured(page: html.HtmlElement) -> list[dict[str, Any]]:
    return [json.loads(script.text or "{}") for script in page.iterfind(".//script[@type='application/ld+json']")]


def test_a_retracted_article_is_retracted_wherever_it_is_named(newsroom: Newsroom) -> None:
    """Also after a relabel, a minor edit, a withdrawal and its return."""
    reasons = list(Edition.objects.filter(article__slug="forged").order_by("number").values_list("reason", flat=True))
    assert reasons == ["first", "correction", "retraction", "relabel", "minor", "minor"]
    bare = FORGED.removesuffix(" of the GDL")
    found = [(where, text) for where, text in titles(newsroom) if text and bare in text]
    assert [one for one in found if not re.search("retract", one[1].partition(bare)[0], re.IGNORECASE)] == []
    places = {where.split(" ", 1)[1] for where, _text in found}
    assert places >= {"title", "og:title", "JSON-LD", "h1", "link", "item", "news"}
    assert [path for path in newsroom.outputs if "search" in path and bare in newsroom.outputs[path].text]


# What stands alone


def alone(newsroom: Newsroom) -> Iterator[tuple[str, str, str, date]]:
    """Yield where, text, language and day of each text that is read without another one beside it."""
    for one, page in newsroom.pages():
        where = one.language, one.day
        yield one.path, page.findtext(".//title") or "", *where
        for meta in page.iterfind(".//meta"):
            if (meta.get("property") or meta.get("name")) in TITLES:
                yield f"{one.path} {meta.get('property')}", meta.get("content") or "", *where
        yield from ((f"{one.path} alt", image.get("alt") or "", *where) for image in page.iterfind(".//img"))
        for data in structured(page):
            yield from ((f"{one.path} JSON-LD", text, *where) for text in strings_of(data))
        for entry in page.find_class("entry"):
            yield from ((f"{one.path} log", part.text_content(), *where) for part in entry.iter("h2", "p"))
    for one, item in newsroom.items():
        own = read_address((item.findtext("link") or "").removeprefix("http://testserver"))
        day = own.date if own and own.kind == "article" and one.kind == "feed" else TODAY
        yield f"{one.path} item", item.findtext("title") or "", one.language, day
        if one.kind == "corrections_feed":
            text = html.fragment_fromstring(item.findtext("description") or "", create_parent="div").text_content()
            yield f"{one.path} text", text, one.language, day


def strings_of(data: object) -> Iterator[str]:
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from strings_of(value)
    elif isinstance(data, str):
        yield data


def unmarked(newsroom: Newsroom, text: str, language: str, day: date) -> list[str]:
    """Return the names whose first mention, or as the house style has it any, bears neither glyph nor formula."""
    style = Style(mentions="every" if newsroom.style == "every" else "first_per_article")
    said = STATEMENT.sub("", text)
    fields, own = [Field("text", said)], "own-outlet"
    found = annotate(
        fields, newsroom.compiled, language=language, as_of=TODAY, published_on=day, publisher=own, style=style
    )
    return [one.surface for one in found.mentions if said[one.mark_at :][:2] != " ("]


def test_each_text_that_stands_alone_has_a_first_mention_of_its_own(newsroom: Newsroom) -> None:
    texts = [one for one in alone(newsroom) if one[1]]
    assert {where.partition(" ")[2] for where, *_rest in texts} >= {"og:title", "alt", "JSON-LD", "log", "item", "text"}
    wrong = [(where, text, names) for where, text, *of in texts if (names := unmarked(newsroom, text, *of))]
    assert wrong == []
    assert sum("GDL" in text for _where, text, *_of in texts) > 40


def test_no_link_bears_a_title(newsroom: Newsroom) -> None:
    assert [
        one.path for one in newsroom.outputs.values() if re.search(r"<a [^>]*title=|&lt;a [^&]*title=", one.text)
    ] == []


# What leads on


def test_every_page_describes_itself_and_names_the_sites_feed(newsroom: Newsroom) -> None:
    for one, page in newsroom.pages():
        if one.path.startswith("/preview/") and one.response.status_code == 404:
            continue
        [described] = [meta for meta in page.iterfind(".//meta") if meta.get("name") == "description"]
        assert described.get("content"), one.path
        feeds = [link.get("href") for link in page.iterfind(".//link[@type='application/rss+xml']")]
        assert f"/{page.get('lang')}/feed.xml" in feeds and len({*feeds}) == len(feeds), one.path


def test_no_link_leads_to_nothing(newsroom: Newsroom) -> None:
    """But those of the crawl itself, and what a newsroom in which it is not told has no page of."""
    asked = {path for path in newsroom.outputs if path in UNLINKED}
    missing = {one.path for one in newsroom.outputs.values() if one.response.status_code in (404, 410, 500)}
    assert missing <= asked


def canonical(page: html.HtmlElement) -> list[str]:
    return [link.get("href").removeprefix("http://testserver") for link in page.iterfind(".//link[@rel='canonical']")]


def is_indexed(page: html.HtmlElement) -> bool:
    return not [meta for meta in page.iterfind(".//meta[@name='robots']") if "noindex" in meta.get("content")]


def test_every_page_has_one_address_for_robots_or_none(newsroom: Newsroom) -> None:
    """Its own, in full; a page that is asked for with a query, or is not there, is not for them."""
    shown = dict[str, str]()
    for one, page in newsroom.pages():
        is_found = one.response.status_code == 200 and not one.path.startswith("/preview/")
        is_list = read_address(one.path) is not None
        assert is_indexed(page) == (is_found and is_list), one.path
        assert canonical(page) == ([one.path] if is_indexed(page) else []), one.path
        shown |= {one.path: one.kind} if is_indexed(page) else {}
    assert {*shown.values()} == {kind for kind in BUILDERS if kind not in ("feed", "corrections_feed", "sitemap")}


def test_pages_name_each_other_in_the_other_language(newsroom: Newsroom) -> None:
    named = {
        one.path: {
            link.get("hreflang"): link.get("href").removeprefix("http://testserver")
            for link in page.iterfind(".//link[@hreflang]")
        }
        for one, page in newsroom.pages()
    }
    assert {len(each) for each in named.values()} == {0, 2}
    for path, each in named.items():
        assert path in each.values() or not each, path
        assert all(named[other] == each for other in each.values() if other in named), path
        assert all(newsroom.outputs[other].response.status_code == 200 for other in each.values()), path


def test_the_sitemaps_hold_every_page_for_robots_but_days_and_closed_ones(newsroom: Newsroom) -> None:
    """And nothing else: no address that leads on, is not there, or is not for robots."""
    held = set(re.findall(r"<loc>http://testserver([^<]*)</loc>", newsroom.outputs["/sitemap.xml"].text))
    indexed = {one.path: page for one, page in newsroom.pages() if is_indexed(page)}
    assert held <= indexed.keys()
    left = [path for path, page in indexed.items() if path not in held and not page.find_class("nothing")]
    left_out = {(target.kind, target.page > 1) for path in left if (target := read_address(path))}
    assert left_out == {
        ("day", False),
        ("day", True),
        ("rubric", True),
        ("rubric_month", False),
        ("rubric_month", True),
    }


def test_what_only_counts_who_came_makes_no_other_page(newsroom: Newsroom) -> None:
    """Of each kind of address: the same bytes, so the same stored page."""
    client, seen = Client(), set[str]()
    for one in newsroom.outputs.values():
        if one.kind not in seen and one.response.status_code == 200 and "?" not in one.path:
            seen.add(one.kind)
            asked = client.get(f"{one.path}?utm_source=mail&utm_campaign=x&fbclid=1")
            assert (asked.status_code, asked.content) == (200, one.response.content), one.path
    assert seen >= BUILDERS.keys()


def test_the_trail_of_a_page_ends_with_itself(newsroom: Newsroom) -> None:
    kinds = set()
    for one, page in newsroom.pages():
        for data in structured(page):
            if data["@type"] == "BreadcrumbList":
                last = data["itemListElement"][-1]
                assert last["item"].removeprefix("http://testserver") == one.path.partition("?")[0]
                assert all(entry["name"] for entry in data["itemListElement"])
                kinds.add(one.kind)
    assert kinds == {"article", "rubric", "rubric_month", "year", "month", "day"}


# What day it is


def test_every_page_keeps_to_one_day(newsroom: Newsroom) -> None:
    """An article's page with the lists beneath it to the article's, every other page to today."""
    found, wrong = set[tuple[str, bool, bool]](), list[object]()
    # A style that wants only first mentions leaves some bare; marked is none that is not on the list of the day.
    every = newsroom.style == "every"
    for one in newsroom.outputs.values():
        if one.kind != "feed":  # each item is an article's page
            found |= (marks := marked_names(one.text, one.day))
            wrong += [(one.path, mark) for mark in marks if mark[1] != mark[2] and (mark[1] or every)]
    for one, item in newsroom.items():
        own = read_address((item.findtext("link") or "").removeprefix("http://testserver"))
        if one.kind == "feed" and own:
            text = f"{item.findtext('title')} {item.findtext('description')}"
            marks = marked_names(text, own.date)
            wrong += [(one.path, mark) for mark in marks if mark[1] != mark[2] and (mark[1] or every)]
    assert wrong == []
    assert {(name, is_marked) for name, is_marked, _right in found} == {
        *((name, is_marked) for name in (JOINS, LEAVES, HE) for is_marked in (True, False))
    }


def marked_names(text: str, day: date) -> set[tuple[str, bool, bool]]:
    """Return the names of the two organizations in a text: whether they are marked there, and are to be on the day."""
    right = {JOINS: day >= TURN, LEAVES: day < TURN, HE: day >= TURN}
    return {
        (name, bool(mark), right[name]) for name in right for mark in re.findall(rf"{name}(<sup|&lt;sup|\*| \()?", text)
    }


HER_NAME = re.compile(r"(?:Зеленоборск[а-я]++|Zelenoborskaya(?:(?:'|’|&#x27;|&amp;#x27;)s)?+|Штиль Штормовна)")
SIGNED = r"(?:(?:</|&lt;/)(?:em|b|i|mark)(?:>|&gt;))?(?:<sup|&lt;sup|\*| \(named an agent\)| \(признана агентом\))"
BARE = re.compile(f'(?<!value="){HER_NAME.pattern}(?!{SIGNED})')  # what a reader has searched for is the reader's


def test_a_person_stands_nowhere_bare(newsroom: Newsroom) -> None:
    """In no field, alone by the family name in none, in no name of a page, in neither language."""
    if newsroom.style != "every":
        return
    found = {one.path: HER_NAME.findall(one.text) for one in newsroom.outputs.values()}
    assert sum(map(len, found.values())) > 200
    wrong = {
        one.path: [one.text[max(0, hit.start() - 60) : hit.end() + 40] for hit in BARE.finditer(one.text)]
        for one in newsroom.outputs.values()
    }
    assert {path: hits for path, hits in wrong.items() if hits} == {}


def test_lists_beneath_an_article_are_of_its_day(newsroom: Newsroom) -> None:
    old, new = (newsroom.outputs[path].text for path in ("/en/2026/03/01/old/", "/en/2026/03/10/new/"))
    assert f"{JOINS} and {LEAVES}<sup" in old.partition('class="beneath"')[2]
    assert f"{JOINS}<sup" in new.partition('class="beneath"')[2]
    assert f"{LEAVES}<sup" not in new


# What a machine takes


def test_every_moment_is_printed_to_the_second(newsroom: Newsroom) -> None:
    assert all(release.live_at.microsecond for release in Release.objects.all())
    assert [one.path for one in newsroom.outputs.values() if FRACTION.search(one.text)] == []


def test_no_output_holds_a_control_character(newsroom: Newsroom) -> None:
    assert [one.path for one in newsroom.outputs.values() if CONTROL.search(one.text)] == []


def test_direction_is_kept_and_what_scrolls_can_be_focused(newsroom: Newsroom) -> None:
    for path in ("/en/2026/03/10/full/", f"/preview/{'t' * 43}/", "/en/feed.xml"):
        text = newsroom.outputs[path].text.replace("&lt;", "<").replace("&quot;", '"').replace("&gt;", ">")
        assert '<p dir="rtl" lang="ar">' in text, path
        assert '<pre tabindex="0">' in text and '<table tabindex="0">' in text, path


def test_every_answer_may_be_kept_only_if_it_is_asked_for_again(newsroom: Newsroom) -> None:
    statuses = {one.response.status_code for one in newsroom.outputs.values()}
    assert statuses == {200, 301, 302, 404, 410}
    for one in newsroom.outputs.values():
        if one.kind not in ("robots.txt", "healthz"):
            assert one.response.headers["Cache-Control"] in ("no-cache", "no-store"), one.path


def test_every_kind_of_output_was_crawled(newsroom: Newsroom) -> None:
    kinds = {one.kind for one in newsroom.outputs.values()}
    assert kinds >= BUILDERS.keys() | {"search", "sitemap-2026-03.xml", "t" * 43, "nothing"}


def test_every_page_that_may_be_stored_is_known(newsroom: Newsroom) -> None:
    may = {path for path, one in newsroom.outputs.items() if read_address(path) and one.response.status_code == 200}
    assert {path for path in may if build(path, AT).kept} <= set(every_page(AT))


def test_whoever_names_an_article_is_touched_with_it(newsroom: Newsroom) -> None:
    """When it comes or goes, and when its marks change: wherever its address stands, its headline does."""
    texts = {path: one.text for path, one in newsroom.outputs.items() if read_address(path)}
    releases = Release.objects.live(AT).select_related("edition", "article", "category")
    assert len(releases) > 5
    for release in releases:
        own = article_path(release.language, release.published_date, release.edition.slug)
        naming = {path for path, text in texts.items() if own in text}
        assert own in naming and len(naming) > 5
        assert naming <= pages_of(release, AT)
        assert naming <= pages_showing([release], AT)


def test_the_stored_files_are_what_was_crawled(newsroom: Newsroom) -> None:
    """So all that holds of the outputs holds of them; and the record is whole."""
    bake_everything(AT)
    files = dict(stored(newsroom.folder))
    crawled = {path: one.response.content for path, one in newsroom.outputs.items()}
    pages = {path: body for path, body in files.items() if not path.startswith("/media/")}
    assert len(pages) > 30
    assert [path for path, body in pages.items() if crawled[path] != body] == []
    assert list(verify()) == []
