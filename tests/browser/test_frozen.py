"""In a browser, frozen: what is typed stays and says where, the band and its pages are accessible and fit a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Freeze, Slot
from articles.publishing import keep_version
from articles.publishing.freezing import freeze, lift_on_server
from tests.browser.desk import EDITOR, log_in, save, settle
from tests.browser.test_typed import COPIES, change, opened, state
from tests.builders import make_article, make_newsroom, make_user


@pytest.fixture
def chief(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Managing editor")


@pytest.fixture
def article(chief: User) -> Article:
    made = make_article(headline="The port", summary="", body="<p>One.</p>")
    keep_version(made, by=chief, at=timezone.now())
    return made


def test_what_is_typed_under_a_freeze_is_saved_when_it_is_lifted(chief: User, article: Article, page: Page) -> None:
    log_in(page, chief)
    opened(page, change(article))
    held = freeze("everything", by=None, at=timezone.now(), reason="A phone was lost.")
    page.fill("[name=headline]", "Typed on ice")
    state(page, "away")
    line = page.locator("#typed .state")
    expect(line).to_contain_text("Not saved: kept in this browser only")
    expect(line).to_contain_text("A phone was lost.")
    assert page.evaluate(COPIES, chief.pk) == ["Typed on ice"]
    page.click("button[name=_save]")
    expect(line).to_contain_text("The form was not sent")
    assert Article.objects.get().headline == "The port" and not Slot.objects.exclude(fields={}).exists()
    opened(page, change(article))
    expect(page.locator(".frozen")).to_contain_text("A phone was lost.")
    page.get_by_role("button", name="(kept in this browser)").click()
    expect(page.locator("[name=headline]")).to_have_value("Typed on ice")
    lift_on_server(held, at=timezone.now(), reason="It was found.")
    state(page, "server")
    page.wait_for_selector(EDITOR)
    save(page)
    assert Article.objects.get().headline == "Typed on ice"


def test_newsroom_is_frozen_and_a_word_to_lift_it_given_by_keyboard(chief: User, page: Page) -> None:
    log_in(page, chief)
    page.goto(reverse("admin:articles_freeze_changelist"))
    page.get_by_role("link", name="Freeze the newsroom").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Reason").fill("A phone was lost.")
    page.keyboard.press("Enter")
    expect(page.locator(".frozen")).to_contain_text("Nobody has agreed")
    held = Freeze.objects.get()
    page.goto(reverse("admin:articles_freeze_change", args=[held.pk]))
    page.get_by_role("link", name="Agree to lift it").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Agree").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".frozen")).to_contain_text("Agreed to lift it: managing-editor")


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "ru")])
def test_axe_finds_nothing_and_the_pages_fit_a_phone(
    chromium: Browser, live_server: LiveServer, chief: User, article: Article, scheme: str, language: str
) -> None:
    context = chromium.new_context(base_url=live_server.url, locale=language, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/admin/login/")
    page.fill("[name=username]", chief.get_username())
    page.fill("[name=password]", "correct horse battery")
    page.press("[name=password]", "Enter")
    page.wait_for_selector("#content")
    held = freeze("everything", by=None, at=timezone.now(), reason="A phone was lost, and the one beside it.")
    names = {"changelist": [], "begin": [], "change": [held.pk], "lift": [held.pk]}
    addresses = [reverse(f"admin:articles_freeze_{name}", args=args) for name, args in names.items()]
    for address in (*addresses, reverse("admin:index")):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            settle(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{address} {width}\n{found.generate_report()}"
    context.close()
