"""Advice of the house's style: underlined while one types, replaced by one key in a plain field and in the text."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.editions.house_style import compile_rule
from articles.models import StyleRule
from tests.browser.desk import EDITOR, log_in, settle
from tests.builders import make_article, make_newsroom, make_user


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    rule = StyleRule(
        kind="spelling", language="en", words="web site", suggestion="website", reason="One word.", is_on=True
    )
    compile_rule(rule)
    rule.save()
    return make_user("Editor")


def test_replaced_by_one_key_and_undone(editor: User, page: Page, complaints: list[str]) -> None:
    article = make_article(headline="The web site", summary="", body="<p>On the <em>web site</em> of the port.</p>")
    log_in(page, editor)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.wait_for_selector(EDITOR)
    settle(page)
    expect(page.locator(f"{EDITOR} .live-mark.style")).to_have_text(["web site"])
    expect(page.locator(".live-ground .live-mark.style")).to_have_text(["web site"])
    page.locator("[name=headline]").click()
    page.keyboard.press("End")
    expect(page.locator(".at-caret")).to_contain_text("One word.")
    expect(page.locator(".at-caret")).to_contain_text("Replace: website (Alt+1)")
    page.keyboard.press("Alt+1")
    expect(page.locator("[name=headline]")).to_have_value("The website")
    expect(page.locator("#mentions .mention.style")).to_have_count(1)
    page.locator(f"{EDITOR} em").click()
    expect(page.locator(".at-caret")).to_contain_text("One word.")
    page.keyboard.press("Alt+1")
    expect(page.locator(f"{EDITOR} em")).to_have_text("website")
    expect(page.locator("#mentions .mention.style")).to_have_count(0)
    expect(page.locator(f"{EDITOR} .live-mark.style")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator(f"{EDITOR} em")).to_have_text("web site")
    assert complaints == []
