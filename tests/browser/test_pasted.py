"""Texts as programs put them on the clipboard, pasted into the editor: golden files in tests/editions/pasted."""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.editions import clean_html
from tests.browser.desk import EDITOR, PASTE, log_in
from tests.builders import make_newsroom, make_user
from tests.editions.test_pasted import SOURCES, expected
from tests.editions.test_tracking import COUNTED, STAY

ADD = "/admin/articles/article/add/"


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Editor")


def pasted(page: Page, html: str) -> str:
    """Paste into an empty text, and return what an article would hold, a block to a line."""
    page.goto(ADD)
    page.wait_for_selector(EDITOR)
    page.evaluate(PASTE, html)
    return lines(clean_html(page.input_value("textarea[name=body]")))


def lines(html: str) -> str:
    return (
        re.sub(r"(</(?:p|h2|h3|ul|ol|li|table|tr|blockquote)>|<(?:ul|ol|table|tbody|tr|hr|blockquote)>)", r"\1\n", html)
        .replace("\n\n", "\n")
        .strip()
    )


def test_each_source_becomes_what_its_golden_file_says(editor: User, page: Page, complaints: list[str]) -> None:
    log_in(page, editor)
    for source in SOURCES:
        got = pasted(page, source.read_text(encoding="utf-8"))
        assert got == expected(source), source.name
        assert pasted(page, got.replace("\n", "")) == got, source.name
    # A script in an attribute, which the browser says that it has not run; a page that was left while it was kept.
    left = [one for one in complaints if not one.startswith("Executing inline event handler") and "503" not in one]
    assert left == []


def test_pasted_links_lose_what_only_counts_as_the_server_has_it(editor: User, page: Page) -> None:
    """The script's `untracked` is the server's."""
    log_in(page, editor)
    page.goto(ADD)
    page.wait_for_selector(EDITOR)
    cases = [*COUNTED, *((one, one) for one in STAY if one.startswith("http"))]
    links = "".join(f'<p><a href="{address.replace("&", "&amp;")}">a link</a></p>' for address, _bare in cases)
    page.evaluate(PASTE, links)
    expect(page.locator(f"{EDITOR} a")).to_have_count(len(cases))
    assert [one.get_attribute("href") for one in page.locator(f"{EDITOR} a").all()] == [
        bare for _address, bare in cases
    ]


@pytest.mark.parametrize(("name", "told"), [("word.html", 1), ("telegram.html", 0), ("web_page.html", 1)])
def test_pictures_of_a_source_are_told(editor: User, page: Page, name: str, told: int) -> None:
    """Not those of emoji, whose letters come along."""
    log_in(page, editor)
    page.goto(ADD)
    page.wait_for_selector(EDITOR)
    source = next(one for one in SOURCES if one.name == name)
    page.evaluate(PASTE, source.read_text(encoding="utf-8"))
    expect(page.locator(f"{EDITOR} p").nth(1)).not_to_be_empty()
    expect(page.locator(".left-out p")).to_have_count(told)
