"""The reader's site in a browser: accessible (axe-core), whole on a narrow screen, marks that lead to their notes."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Category, Region, Spot, Topic
from articles.photos.upload import add_photo
from articles.publishing import arrange, make_link, publish, retract, schedule, withdraw
from articles.publishing.front import BreakingText, Placed, Sheet
from tests.builders import make_article, make_newsroom, make_user
from tests.figures import figure
from tests.posts.conftest import card, kept

BODY = """<p>Officers spoke of the “Grey Dune League” (GDL).</p><h2>What is known</h2><blockquote>The GDL's lawyer
objected; so did the Northern Lamp Fund.</blockquote><ul><li>Twofold Bridge</li></ul>
<table><thead><tr><th>Town</th><th>Cells</th></tr></thead><tbody><tr><td>Tern</td><td>4</td></tr></tbody></table>
<p>See <a href="https://register.example/a-very-long-address-that-does-not-break-anywhere-at-all">the list</a>.</p>"""
HOUR = timedelta(hours=1)


@pytest.fixture
def site(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A newsroom with an article of every kind, in lists that go on; the addresses of all kinds of pages."""
    for name in ("lists", "positions"):
        monkeypatch.setattr(f"articles.pagemap.{name}.LIST_SIZE", 1)
    with override_settings(MEDIA_ROOT=tmp_path / "media", PAGES_DIR=tmp_path / "pages"):
        yield furnish()


def furnish() -> list[str]:
    make_newsroom(publisher="own-outlet")
    Topic.objects.update(about_en="The GDL came.\n\nIt left.", about_ru="О сюжете.")
    by, now = make_user("Managing editor"), timezone.now()
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "#357").save(file, "JPEG")
    file.seek(0)
    photo = add_photo(file, alt_en="Grey Dune League flags on a pier", caption_en="A pier", credit="Anna Tern")
    original = make_article("dyuny", language="ru", headline="Лига серых дюн отвечает", body="<p>Лига серых дюн.</p>")
    publish(original, by=by, at=now - 4 * HOUR)
    figures = "".join(
        figure(*ids, align=align) for ids, align in (([photo], "left"), ([photo] * 3, "wide"), ([photo], ""))
    )
    full = make_article(
        body=BODY + figures + card(kept(still=True, picture_alt="A flag of the GDL", text="The GDL is back.")),
        lead_photo=photo,
        origin_article=original,
        source_line="Tern Herald",
        dated_at=now - 3 * HOUR,
    )
    release = publish(full, by=by, at=now - 3 * HOUR)
    publish(Article.objects.get(pk=full.pk), by=by, at=now - 2 * HOUR, reason="correction", note="The GDL has four.")
    paths = [f"/en/{release.published_date:%Y/%m/%d}/{slug}/" for slug in ("dunes", "forged", "gone")]
    for slug in ("forged", "gone", "quiet"):
        publish(make_article(slug, category="courts", dated_at=now - 3 * HOUR), by=by, at=now - 3 * HOUR)
    retract(Article.objects.get(slug="forged"), by=by, at=now - HOUR, note="The GDL paper was forged.")
    withdraw(Article.objects.get(slug="gone"), by=by, at=now - HOUR, note="A court order.")
    draft = make_article("draft", body=BODY, lead_photo=photo)
    schedule(make_article("later"), by=by, at=now, live_at=now + HOUR)
    token = make_link(draft, by=by, at=now).token
    day = release.published_date
    line = BreakingText("The Grey Dune League has left the port", "/en/category/courts/")
    arrange("en", Sheet(), Sheet({Spot("banner", 0, 0): Placed(full.pk)}, line), by=by, at=now)
    return [
        *paths,
        *("/en/", "/ru/", "/en/news/", "/en/news/?since=nonsense", "/en/category/courts/", "/ru/region/north/"),
        *("/en/archive/", f"/en/archive/{day:%Y}/", f"/en/archive/{day:%Y/%m}/", f"/ru/archive/{day:%Y/%m/%d}/"),
        *("/en/topic/elections/", "/en/archive/?day=x", "/en/news/?page=last", f"/en/archive/{day:%Y/%m/%d}/"),
        *(f"/en/topic/elections/{day:%Y/%m}/", "/en/corrections/", "/en/search/?q=officers", "/en/search/?q=nowhere"),
        *("/en/search/?q=offcers&sort=date&category=politics", "/ru/search/?q=GDL&since=nonsense"),
        *("/en/category/courts/2/", f"/en/archive/{day:%Y/%m/%d}/2/", "/en/corrections/?day=2999-01-01"),
        *("/en/nothing/", f"/preview/{token}/"),
    ]


COLOURS = {"runOnly": ["color-contrast"]}  # all that is otherwise in the dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, live_server: LiveServer, site: list[str], scheme: str) -> None:
    context = chromium.new_context(base_url=live_server.url, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    only = {} if scheme == "light" else COLOURS
    for path in site:
        page.goto(path)
        found = Axe().run(page, options=only)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
    context.close()


def test_no_page_is_wider_than_the_screen(page: Page, site: list[str]) -> None:
    for path in site:
        page.goto(path)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2


@pytest.fixture
def long_words(transactional_db: None, tmp_path: Path) -> Iterator[list[str]]:
    """A newsroom that knows one word, which breaks nowhere; the addresses of its pages."""
    with override_settings(MEDIA_ROOT=tmp_path / "media", PAGES_DIR=tmp_path / "pages"):
        site, by, now = make_newsroom(publisher="own-outlet"), make_user("Managing editor"), timezone.now()
        site.name_en, site.tagline_en, site.own_notice_name = WORD[:80], WORD, WORD
        site.save()
        for model in (Category, Region, Topic):
            model.objects.update(name_en=WORD[:80])
        body = "".join(f"<{tag}>{WORD} GDL</{tag}>" for tag in ("p", "h2", "h3", "h4", "blockquote", "pre"))
        body += f"<ul><li>{WORD}<ul><li>{WORD}</li></ul></li></ul><p><code>{WORD}</code></p>"
        body += f"<table><tr><th>{WORD}</th><td>{WORD}</td></tr></table>"
        file = io.BytesIO()
        Image.new("RGB", (90, 60), "#357").save(file, "JPEG")
        file.seek(0)
        photo = add_photo(file, alt_en=WORD, caption_en=WORD, credit=WORD)
        texts = {"headline": f"{WORD} GDL", "summary": WORD, "body": body, "lead_photo": photo, "source_line": WORD}
        texts |= {"origin_outlet": WORD, "origin_published_at": now, "origin_zone": "MSK", "translator": WORD[:90]}
        for number in range(7):
            article = make_article(f"word-{number}", authors=[WORD[:90]], dated_at=now - 3 * HOUR, **texts)
            release = publish(article, by=by, at=now - 3 * HOUR)
        publish(Article.objects.get(slug="word-1"), by=by, at=now - 2 * HOUR, reason="correction", note=WORD)
        retract(Article.objects.get(slug="word-2"), by=by, at=now - 2 * HOUR, note=WORD)
        token = make_link(article, by=by, at=now).token
        day = release.published_date
        yield [
            *(f"/en/{day:%Y/%m/%d}/word-{number}/" for number in (1, 2, 6)),
            *("/en/", "/en/news/", "/en/category/politics/", "/en/region/north/", f"/en/topic/elections/{day:%Y/%m}/"),
            *(f"/en/archive/{day:%Y/%m}/", f"/en/archive/{day:%Y/%m/%d}/", "/en/corrections/", "/en/archive/"),
            *(f"/en/search/?q={WORD[:150]}", "/en/search/?q=GDL", f"/preview/{token}/", "/en/nothing/"),
        ]


def test_one_long_word_widens_no_page(page: Page, long_words: list[str]) -> None:
    for path in long_words:
        page.goto(path)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_what_scrolls_sideways_is_reached_by_keyboard(page: Page, long_words: list[str]) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(long_words[0])
    for name in ("pre", "table"):
        scrolling = page.locator(f".body {name}")
        assert scrolling.evaluate("one => one.scrollWidth > one.clientWidth"), name
        scrolling.focus()
        expect(scrolling).to_be_focused()
    assert Axe().run(page).violations_count == 0


def test_a_mark_leads_to_its_note_and_back_by_keyboard(page: Page, site: list[str], complaints: list[str]) -> None:
    page.goto(site[0])
    mark = page.locator(".story h1 sup.mark a")
    expect(mark).to_have_accessible_name("Legal note *")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(str(mark.get_attribute("href"))) + "$"))
    note = page.locator(".story .legal-note:target")
    expect(note).to_contain_text("*The organization is listed as terrorist.")
    note.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"#{mark.get_attribute('id')}$"))
    assert not complaints


def test_the_first_stop_of_the_keyboard_skips_to_the_text(page: Page, site: list[str]) -> None:
    page.goto("/en/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_paper_holds_the_article_and_its_notes_only(page: Page, site: list[str]) -> None:
    page.emulate_media(media="print")
    page.goto(site[0])
    expect(page.locator(".story")).to_be_visible()
    expect(page.locator(".story .legal-notes")).to_be_visible()
    for name in (".sections", ".strip", ".beneath", ".colophon"):
        expect(page.locator(name)).to_be_hidden()


def test_headlines_beneath_an_article_begin_at_one_edge(page: Page, site: list[str]) -> None:
    """Whatever the length of the month's name, and in the second line of a long headline."""
    by, now = make_user("Editor"), timezone.now()
    for month in (5, 9, 11):
        headline = f"The {month}th month of the harbour begins with a long report on ferries, fish and the weather"
        earlier = make_article(f"month-{month}", headline=headline, dated_at=now.replace(year=2021, month=month, day=8))
        publish(earlier, by=by, at=now - HOUR)
    page.goto(site[0])
    edges = page.locator(".all-news li a").evaluate_all(
        "all => all.flatMap(a => [...a.getClientRects()].map(r => r.left))"
    )
    assert len(edges) >= 6
    assert max(edges) - min(edges) < 3


def test_readers_find_their_way_without_script(chromium: Browser, live_server: LiveServer, site: list[str]) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/")
    page.get_by_role("link", name="Archive", exact=True).first.click()
    page.locator(".month-grid a").first.click()
    page.locator(".calendar .held a").first.click()
    page.get_by_role("link", name="GDL* cells found in the harbour").first.click()
    expect(page.locator(".story h1")).to_contain_text("GDL* cells found")
    page.goto(site[0])
    page.get_by_role("link", name="Читать по-русски").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.get_by_role("searchbox").fill("дюна")
    page.keyboard.press("Enter")
    expect(page.locator("main .teaser h2")).to_contain_text("Лига серых дюн* отвечает")
    context.close()
