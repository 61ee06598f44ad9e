"""The page as publishing would print it, beside the form that is being written, in a window of its own, on a phone."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import FrameLocator, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, ArticleVersion, Slot
from tests.browser.desk import EDITOR, begin_article, log_in, open_preview, save, settle
from tests.builders import make_article, make_newsroom, make_user

PANE = "#live-preview"
STATE = f"{PANE} .preview-state"
LONG = "".join(
    f"<p>Paragraph {number} of the report on the port, long enough for two lines.</p>" for number in range(40)
)


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Editor")


def preview_of(page: Page) -> FrameLocator:
    return page.frame_locator(f"{PANE} iframe")


def see_no_fault(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def is_beside(one: Locator, other: Locator) -> bool:
    """Say whether one stands left of the other, and is no narrower than a form can be."""
    left, right = one.bounding_box(), other.bounding_box()
    return bool(left and right and left["x"] + left["width"] <= right["x"] and left["width"] > 380)


def test_it_follows_what_is_typed_beside_the_form(editor: User, page: Page, complaints: list[str]) -> None:
    log_in(page, editor)
    begin_article(page, category="Courts", body=f"<p>The GDL spoke.</p>{LONG}", fields={"headline": "The port"})
    shown = open_preview(page)
    expect(shown.locator("h1")).to_have_text("The port")
    expect(shown.locator(".body sup.mark")).to_have_count(1)
    expect(shown.locator(".preview-banner")).to_have_text("Preview, not published.")
    body = shown.locator("html")
    body.evaluate("one => one.scrollTo(0, 900)")
    before = body.evaluate("one => one.scrollTop")
    page.fill("[name=headline]", "The pier of the GDL")
    expect(shown.locator("h1")).to_contain_text("The pier of the GDL")
    assert before and body.evaluate("one => one.scrollTop") == before
    page.fill("[name=headline]", "")
    missing = page.locator(f"{PANE} .preview-missing")
    expect(missing).to_contain_text("Headline")
    expect(shown.locator(".body p").first).to_contain_text("GDL")
    page.get_by_role("button", name="Phone").click()
    assert body.evaluate("one => one.ownerDocument.defaultView.innerWidth") == 390
    page.locator(f"{PANE} [data-scheme]").select_option("dark")
    expect(shown.locator("body")).to_have_css("background-color", "rgb(22, 21, 18)")
    with page.context.expect_page() as opened:
        shown.locator(".nameplate a").click()
    assert opened.value.evaluate("window.opener") is None
    opened.value.close()
    shown.locator(".body sup.mark a").first.click()
    expect(shown.locator("h2, h1").first).to_be_attached()
    assert not Article.objects.exists() and not ArticleVersion.objects.exists()
    page.fill("[name=headline]", "The port")
    save(page)
    expect(preview_of(page).locator("h1")).to_have_text("The port")  # it stays open
    page.locator(f"{PANE} [data-back]").focus()
    page.keyboard.press("Escape")
    expect(page.locator(PANE)).to_be_hidden()
    # What the test itself runs in the frame is refused there as any script is.
    assert [one for one in complaints if not one.startswith("Blocked script execution")] == []


def test_it_says_when_it_cannot_follow_and_goes_on(editor: User, page: Page) -> None:
    article = make_article(headline="The port", body="<p>One.</p>")
    make_article("port-ru", language="ru", headline="Порт", body="<p>Один.</p>", origin_article=article)
    log_in(page, editor)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.wait_for_selector(EDITOR)
    shown = open_preview(page)
    expect(page.locator(STATE)).to_have_text("It follows what you type, also before it is saved.")
    page.locator(PANE).get_by_role("button", name="Русский").click()
    expect(shown.locator("h1")).to_have_text("Порт")
    page.locator(PANE).get_by_role("button", name="English").click()
    expect(shown.locator("h1")).to_have_text("The port")
    page.route("**/typed/preview/", lambda route: route.abort())
    page.fill("[name=headline]", "The pier")
    expect(page.locator(STATE)).to_contain_text("The server does not answer")
    expect(shown.locator("h1")).to_have_text("The port")
    page.unroute("**/typed/preview/")
    expect(shown.locator("h1")).to_have_text("The pier")
    page.context.clear_cookies()
    page.fill("[name=headline]", "The quay")
    expect(page.locator(STATE)).to_contain_text("Your session has ended")
    expect(page.locator(f"{PANE} [data-log-in]")).to_be_visible()


def test_window_of_its_own_follows_the_form_over_a_save(editor: User, page: Page, complaints: list[str]) -> None:
    log_in(page, editor)
    begin_article(page, category="Courts", body="<p>The GDL spoke.</p>", fields={"headline": "The port"})
    open_preview(page)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="In a window of its own").click()
    window = opened.value
    page.locator(f"{PANE} [data-back]").click()
    expect(preview_of(window).locator("h1")).to_have_text("The port")
    page.fill("[name=headline]", "The pier")
    expect(preview_of(window).locator("h1")).to_have_text("The pier")
    save(page)
    page.fill("[name=headline]", "The quay")
    expect(preview_of(window).locator("h1")).to_have_text("The quay")
    see_no_fault(window)
    page.goto("/admin/")
    expect(window.locator(STATE)).to_contain_text("The form is closed")
    expect(preview_of(window).locator("h1")).to_have_text("The quay")
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_a_page_with_a_way_back_on_a_phone(
    editor: User, page: Page, complaints: list[str], scheme: Literal["light", "dark"]
) -> None:
    article = make_article(headline="The port", body="<p>The GDL.</p>")
    log_in(page, editor)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    settle(page)
    form, column = page.locator("#article_form"), page.locator(".beside-column")
    assert is_beside(form, column)
    shown = open_preview(page)
    expect(shown.locator("h1")).to_have_text("The port")
    assert is_beside(form, page.locator(PANE))
    see_no_fault(page)
    page.set_viewport_size({"width": 390, "height": 844})
    pane = page.locator(PANE).bounding_box()
    assert pane and (pane["x"], pane["y"], pane["width"], pane["height"]) == (0, 0, 390, 844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("[inert] [name=headline]")).to_be_attached()
    see_no_fault(page)
    page.get_by_role("button", name="Back to the text").click()
    page.fill("[name=headline]", "The pier")
    page.get_by_role("button", name="Preview the page").first.click()
    expect(shown.locator("h1")).to_have_text("The pier")
    page.go_back()
    expect(page.locator(PANE)).to_be_hidden()
    expect(page.locator("[name=headline]")).to_have_value("The pier")
    assert not Slot.objects.filter(article=None).exists()
    assert complaints == []
