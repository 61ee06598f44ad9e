"""The history of an article in a real browser: by keyboard alone, on a phone, in light and dark, without scripts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from articles.publishing import keep_version, publish, schedule
from tests.browser.desk import log_in, press, settle
from tests.builders import make_article, make_newsroom, make_user

FIRST = (
    "<p>The harbour office opened its gates on Monday, the keeper of the port said.</p><h2>The piers</h2>"
    "<p>Two piers are closed. A third one is to follow.</p><p>Nobody was hurt.</p><p>The tide was low.</p>"
    '<p>Ships wait outside, as <a href="https://example.org/a">the register of ships</a> shows.</p>'
    "<ul><li>The old pier</li><li>The new pier</li></ul>"
)
SECOND = (
    "<p>The harbour office opened its gates on Tuesday, the keeper of the port said.</p><h3>The piers</h3>"
    "<p>Two piers are closed.</p><p>A third one is to follow.</p><p>Nobody was hurt.</p><p>The tide was low.</p>"
    '<p>Ships wait outside, as <a href="https://example.org/b">the <strong>register</strong> of ships</a> shows.</p>'
    "<ul><li>The old pier</li></ul><p>A paragraph that came.</p>"
)


@pytest.fixture
def managing(live_server: object) -> User:
    make_newsroom()
    return make_user("Managing editor")


@pytest.fixture
def article(managing: User) -> Article:
    """Return an article that is live in its first text, saved in its second, and scheduled in that."""
    article = make_article(body=FIRST, headline="The harbour opens " + "again and again " * 6)
    keep_version(article, by=managing, at=timezone.now())
    publish(article, by=managing, at=timezone.now())
    article.body, article.summary, article.source_line = SECOND, "The office says\u00a0it was Tuesday.", "The port"
    article.save()
    keep_version(article, by=managing, at=timezone.now())
    schedule(article, by=managing, at=timezone.now(), live_at=timezone.now() + timedelta(days=1))
    return article


def addresses(article: Article) -> dict[str, str]:
    def to(name: str, *more: object) -> str:
        return reverse(f"admin:articles_article_{name}", args=[article.pk, *more])

    return {
        "history": to("history"),
        "compare": f"{to('compare')}?old=live&new=now",
        "restore": to("restore", 2),
        "act": to("act", "correct"),
    }


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "ru")])
def test_axe_finds_nothing_at_the_desk_and_on_a_phone(
    chromium: Browser,
    live_server: LiveServer,
    managing: User,
    article: Article,
    scheme: Literal["light", "dark"],
    language: str,
) -> None:
    context = chromium.new_context(base_url=live_server.url, locale=language, color_scheme=scheme)
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("[name=username]", managing.get_username())
    page.fill("[name=password]", "correct horse battery")
    page.press("[name=password]", "Enter")
    page.wait_for_selector("#content")
    for address in addresses(article).values():
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            settle(page)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (address, wide)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{address} {width}\n{found.generate_report()}"
    context.close()


def tabs_to(page: Page, selector: str) -> None:
    """Go there by the tabulator key, as someone without a mouse does."""
    for _press in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way to {selector} by keyboard")


def test_two_texts_are_chosen_compared_and_brought_back_by_keyboard(
    managing: User, article: Article, page: Page, complaints: list[str]
) -> None:
    log_in(page, managing)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    settle(page)
    page.get_by_role("link", name="History", exact=True).last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".time-line")).to_be_visible()
    tabs_to(page, "[name=old]")
    while page.evaluate("document.activeElement.value") != "v2":
        page.keyboard.press("ArrowDown")
    tabs_to(page, "button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?new=now&old=v2")
    body = page.get_by_role("region", name="Text").or_(page.locator("section[aria-labelledby=changed-body]")).first
    expect(body.get_by_role("deletion").first).to_contain_text("Monday")
    expect(body.get_by_role("insertion").first).to_contain_text("Tuesday")
    tabs_to(page, "a[href$='/restore/']")
    page.keyboard.press("Enter")
    expect(page.locator(".history h2")).to_contain_text("Bring version 2 back")
    tabs_to(page, "button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")
    expect(page.get_by_text("Version 2 is the working copy again")).to_be_visible()
    article.refresh_from_db()
    assert article.body == FIRST
    assert complaints == []


def test_the_publishing_dialog_says_what_changes_for_readers(managing: User, article: Article, page: Page) -> None:
    log_in(page, managing)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    press(page, "Publish the changes")
    since = page.locator(".since")
    expect(since).to_contain_text("What this changes for readers")
    expect(since.locator("del").first).to_contain_text("Grey")
    summary = since.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(since.locator(".difference")).to_be_hidden()


@pytest.fixture
def scriptless(chromium: Browser, live_server: LiveServer, managing: User) -> Iterator[Page]:
    """Return a page of a browser that runs no scripts, logged in."""
    context = chromium.new_context(base_url=live_server.url, locale="en", java_script_enabled=False)
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("[name=username]", managing.get_username())
    page.fill("[name=password]", "correct horse battery")
    page.press("[name=password]", "Enter")
    yield page
    context.close()


def test_all_of_it_works_without_scripts(managing: User, article: Article, scriptless: Page) -> None:
    for number in range(60):
        article.summary = f"Summary {number}"
        article.save()
        keep_version(article, by=managing, at=timezone.now())
    page = scriptless
    page.goto(addresses(article)["history"])
    page.check("input[name=new][value=v63]")
    page.get_by_role("button", name="Older", exact=True).click()
    expect(page.get_by_text("Chosen on another page: version 63")).to_be_visible()
    page.check("input[name=old][value=v3]")
    page.get_by_role("button", name="Compare").first.click()
    expect(page.get_by_role("deletion").first).to_contain_text("The office says")
    page.get_by_role("link", name="Bring version 3 back…").click()
    page.get_by_role("button", name="Bring it back").click()
    article.refresh_from_db()
    assert article.body == SECOND
    assert article.summary == "The office says\u00a0it was Tuesday."
