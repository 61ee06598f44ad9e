"""The form of an article in a real browser: tables, what a paste cannot bring along, the address part, the zone."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.editions.lang_values import language_tag
from articles.models import Article, ArticleVersion
from articles.publishing import publish
from tests.browser.desk import EDITOR, PASTE, begin_article, confirm, log_in, open_preview, press, save
from tests.builders import make_article, make_newsroom, make_user

ADD = "/admin/articles/article/add/"
TABLE = """<table style="width: 90%"><colgroup><col width="40"></colgroup>
<thead><tr><th>Town</th><th>Cells</th></tr></thead>
<tbody><tr><td>Tern</td><td>4</td></tr><tr><td colspan="2">Both know the GDL</td></tr></tbody></table>"""
PICTURE = (
    "A picture was left out: it lies elsewhere. Save it as a file, and put that into the text with the button for "
    "photos."
)
FILM = "A film, a sound or a page in a frame was left out: put a link in its place."


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Editor")


def test_pasted_table_is_kept_marked_and_read(editor: User, page: Page, complaints: list[str]) -> None:
    log_in(page, editor)
    begin_article(page, category="Courts", body=f"<p>Before.</p>{TABLE}", fields={"headline": "The port"})
    expect(page.locator(f"{EDITOR} table th")).to_have_text(["Town", "Cells"])
    expect(page.locator(".left-out p")).to_have_count(0)
    save(page)
    article = Article.objects.get()
    assert "style" not in article.body and "col width" not in article.body
    expect(open_preview(page).locator("td sup.mark")).to_have_count(1)
    release = publish(article, by=editor, at=timezone.now())
    page.goto(f"{release.published_date:/en/%Y/%m/%d}/the-port/")
    cells = page.locator(".story .body table :is(th, td)")
    expect(cells).to_have_text(["Town", "Cells", "Tern", "4", re.compile(r"Both know the GDL\s*\*")])
    expect(cells.last).to_have_attribute("colspan", "2")
    assert complaints == []


def test_table_is_inserted_and_a_second_save_changes_nothing(editor: User, page: Page, complaints: list[str]) -> None:
    log_in(page, editor)
    begin_article(page, category="Courts", body="<p>Before.</p>", fields={"headline": "The port"})
    page.get_by_role("button", name="Insert table").click()
    page.get_by_label("Include header row").select_option("Yes")
    page.get_by_role("button", name="Insert Table", exact=True).last.click()
    expect(page.locator(f"{EDITOR} table th")).to_have_count(3)
    page.locator(f"{EDITOR} table th").first.click()
    page.keyboard.type("Town")
    save(page)
    expect(page.locator(f"{EDITOR} table th").first).to_have_text("Town")
    versions = ArticleVersion.objects.count()
    page.locator(f"{EDITOR} table th").first.click()
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    save(page)
    assert ArticleVersion.objects.count() == versions
    assert complaints == []


def test_editor_keeps_the_languages_that_the_cleaning_keeps(editor: User, page: Page, complaints: list[str]) -> None:
    tags = ("ru", "EN-us", "sr-Latn-RS", "en_US", "es-419", "zh-Hant", "xx", "en-UK", "klingon", "bad_tag!!", "en-", "")
    tags = (*tags, " fr ", "ru-RU-x", "constructor", "a" * 300, "İ")
    log_in(page, editor)
    page.goto(ADD)
    page.wait_for_selector(EDITOR)
    page.evaluate(PASTE, "".join(f'<p lang="{tag}">{number}</p>' for number, tag in enumerate(("", *tags, ""))))
    paragraphs = page.locator(f"{EDITOR} p")
    expect(paragraphs).to_have_count(len(tags) + 2)
    kept = [one.get_attribute("lang") or None for one in paragraphs.all()[1:-1]]
    assert kept == [language_tag(tag) or None for tag in tags]
    assert complaints == []


def test_direction_and_language_outlive_the_editor(editor: User, page: Page, complaints: list[str]) -> None:
    """Pasted on a paragraph or on a block around it, and of an article that is opened and saved."""
    pasted = '<p>Begin</p><p dir="RTL" lang="ar">سطر</p><div dir="rtl"><p>دو</p><ul><li>سه</li></ul></div><p>End</p>'
    log_in(page, editor)
    begin_article(page, category="Courts", body=pasted, fields={"headline": "The port"})
    save(page)
    body = Article.objects.get().body
    assert '<p dir="rtl" lang="ar">سطر</p><p dir="rtl">دو</p><ul dir="rtl">' in body and "<p>End</p>" in body
    page.locator(f"{EDITOR} p").last.click()
    page.keyboard.type("ed")
    save(page)
    assert Article.objects.get().body == body.replace("<p>End</p>", "<p>Ended</p>")
    assert complaints == []


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<p>A <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""> picture</p>', [PICTURE]),
        ('<p>Text</p><video controls></video><iframe src="about:blank"></iframe>', [FILM]),
        ("<p>Only text</p>", []),
    ],
)
def test_what_a_paste_cannot_bring_along_is_told(editor: User, page: Page, html: str, told: list[str]) -> None:
    log_in(page, editor)
    begin_article(page, category="Courts", body=html, fields={"headline": "The port"})
    expect(page.locator(f"{EDITOR} p").first).not_to_be_empty()
    expect(page.locator(".left-out p")).to_have_text(told)
    if told:
        expect(page.locator(".left-out")).to_be_in_viewport()
    page.evaluate(PASTE, "<p>More text</p>")
    expect(page.locator(EDITOR)).to_contain_text("More text")
    expect(page.locator(".left-out p")).to_have_count(0)


def test_picture_written_as_html_is_told_too(editor: User, page: Page) -> None:
    log_in(page, editor)
    begin_article(page, category="Courts", body="<p>Text</p>", fields={"headline": "The port"})
    page.get_by_role("button", name="edit HTML").click()
    page.locator("dialog[open] textarea").fill('<p>Text <img src="about:blank" alt=""></p>')
    page.locator("dialog[open] [type=submit]").click()
    expect(page.locator(".left-out p")).to_have_text([PICTURE])


def test_address_part_follows_the_headline_until_a_person_writes_it(editor: User, page: Page) -> None:
    log_in(page, editor)
    page.goto(ADD)
    page.wait_for_selector(EDITOR)
    page.fill("[name=headline]", "Щука и ёж в порту")
    expect(page.locator("[name=slug]")).to_have_value("shchuka-i-ezh-v-portu")
    page.fill("[name=headline]", "The port is open")
    expect(page.locator("[name=slug]")).to_have_value("the-port-is-open")
    page.fill("[name=slug]", "port")
    expect(page.locator("[name=slug]")).to_have_value("port")
    page.locator("[name=headline]").press_sequentially(" again")
    page.locator("[name=summary]").focus()
    expect(page.locator("[name=slug]")).to_have_value("port")


def test_address_part_written_in_the_same_instant_is_left_alone(editor: User, page: Page) -> None:
    """A program writes both fields before the headline has said that it changed."""
    log_in(page, editor)
    page.goto(ADD)
    page.wait_for_selector(EDITOR)
    page.locator("[name=headline]").press_sequentially("The port")
    page.locator("[name=slug]").focus()
    page.keyboard.insert_text("-typed")
    expect(page.locator("[name=slug]")).to_have_value("the-port-typed")
    page.locator("[name=headline]").focus()
    page.locator("[name=summary]").focus()
    expect(page.locator("[name=slug]")).to_have_value("the-port-typed")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Times are given in the newsroom's zone: Europe/Moscow."),
        ("ru", "Время указано в часовом поясе редакции: Europe/Moscow."),
    ],
)
def test_zone_is_named_calmly_where_the_browser_stands_in_another_one(
    editor: User, chromium: Browser, live_server: LiveServer, language: str, told: str
) -> None:
    context = chromium.new_context(base_url=live_server.url, locale="en", timezone_id="America/New_York")
    page = context.new_page()
    log_in(page, editor)
    context.add_cookies([{"name": "django_language", "value": language, "domain": "localhost", "path": "/"}])
    page.goto(ADD)
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.locator(".timezonewarning").first).to_be_attached()
    expect(page.locator(".timezonewarning").filter(visible=True)).to_have_count(0)
    context.close()


def test_preview_link_can_be_followed(editor: User, page: Page, complaints: list[str]) -> None:
    article = make_article(headline="The port")
    log_in(page, editor)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    press(page, "Make a preview link")
    confirm(page, "Make a preview link")
    page.get_by_role("status").get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("The port")
    assert complaints == []
