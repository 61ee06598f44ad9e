"""The second factor in a real browser: an app and a key are set up, asked for at the login, and in place."""

import re
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.accounts.addresses import password_link
from articles.models import Article
from tests.accounts.conftest import App
from tests.browser.desk import log_in_by_form
from tests.builders import make_article, make_newsroom, make_user

PASSWORD = "correct horse battery"


@pytest.fixture
def editor(live_server: LiveServer, no_words: None) -> User:
    make_newsroom()
    user = make_user("Editor")
    User.objects.filter(pk=user.pk).update(email="editor@outlet.invalid")
    return user


def key_of(page: Page) -> None:
    """Give the browser a key that answers by itself."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def give_password(page: Page, user: User) -> None:
    page.goto("/admin/login/")
    page.fill("[name=username]", user.get_username())
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def test_an_app_is_set_up_and_asked_for(editor: User, page: Page, complaints: list[str]) -> None:
    log_in_by_form(page, editor)
    page.goto(reverse("mfa_index"))
    page.get_by_role("link", name="Activate").click()
    secret = page.locator("#authenticator_secret").input_value()
    app = App.of_secret(secret)
    page.fill("[name=code]", app.code())
    page.get_by_role("button", name="Activate").click()
    codes = page.locator("#recovery_codes").input_value().split()
    assert len(codes) == 10
    page.context.clear_cookies()
    give_password(page, editor)
    page.fill("[name=code]", app.code())
    page.get_by_role("button", name="Sign In").click()
    expect(page.locator("h1")).to_contain_text("Overview")
    assert complaints == []


def test_a_key_is_set_up_asked_for_and_used_in_place(editor: User, chromium: Browser, live_server: LiveServer) -> None:
    address = re.sub(r"//[^:]+", "//localhost", live_server.url)  # browsers give keys to names only
    context = chromium.new_context(base_url=address, locale="en", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    key_of(page)
    log_in_by_form(page, editor)
    page.goto(reverse("mfa_add_webauthn"))
    page.fill("[name=name]", "The key at my ring")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#recovery_codes")).to_be_visible()
    page.goto(reverse("mfa_list_webauthn"))
    expect(page.locator(".sessions")).to_contain_text("The key at my ring")
    context.clear_cookies()
    give_password(page, editor)
    page.get_by_role("button", name="Use a security key").click()
    expect(page.locator("h1")).to_contain_text("Overview")

    article = make_article()
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    page.wait_for_selector("body[data-typed]")
    Session.objects.all().delete()
    page.fill("[name=headline]", "Typed before and after")
    expect(page.locator("dialog#relogin")).to_be_visible()
    page.fill("#relogin-password", PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Use the key").click()
    expect(page.locator("dialog#relogin")).to_be_hidden()
    page.click("button[name=_save]")
    expect(page.get_by_text("The article is saved.")).to_be_visible()
    assert Article.objects.get().headline == "Typed before and after"
    context.set_offline(True)
    context.close()


def test_a_login_in_place_goes_on_with_the_code(editor: User, page: Page) -> None:
    log_in_by_form(page, editor)
    article, app = make_article(), App(editor)
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    page.wait_for_selector("body[data-typed]")
    Session.objects.all().delete()
    page.fill("[name=headline]", "Typed before and after")
    expect(page.locator("dialog#relogin")).to_be_visible()
    page.fill("#relogin-password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#relogin-code")).to_be_focused()
    page.keyboard.type(app.code())
    page.keyboard.press("Enter")
    expect(page.locator("dialog#relogin")).to_be_hidden()
    page.click("button[name=_save]")
    expect(page.get_by_text("The article is saved.")).to_be_visible()
    assert Article.objects.get().headline == "Typed before and after"


PAGES = (
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "usersessions_list",
    "account_email",
    "account_change_password",
)
OUTSIDE = ("account_login", "account_reset_password", "account_reset_password_done")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_and_pages_fit(
    editor: User, chromium: Browser, live_server: LiveServer, scheme: Literal["light", "dark"], width: int
) -> None:
    context = chromium.new_context(
        base_url=live_server.url, locale="ru", color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    for name in OUTSIDE:
        page.goto(reverse(name))
        look(page, name)
    page.goto(urlsplit(password_link(User.objects.get(pk=editor.pk))).path)
    expect(page.locator("[name=password1]")).to_be_visible()
    look(page, "set a password")
    page.goto(page.url.replace("set-password", "another"))
    look(page, "a link that no longer works")
    give_password(page, editor)
    for name in PAGES:
        page.goto(reverse(name))
        look(page, name)
    App(editor)
    page.goto(reverse("mfa_view_recovery_codes"))
    look(page, "codes")
    context.clear_cookies()
    give_password(page, editor)
    look(page, "second step")
    context.set_offline(True)
    context.close()


def look(page: Page, name: str) -> None:
    """See that the page fits, has one heading, and that axe finds nothing serious."""
    page.wait_for_selector("h1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    found = Axe().run(page).response["violations"]
    serious = [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == [], name
