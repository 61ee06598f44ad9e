"""Find and replace in a real browser: text and fields, by keyboard, formatting and links kept, one Undo for all."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from tests.browser.desk import EDITOR, begin_article, log_in, save
from tests.builders import make_newsroom, make_user

BODY = (
    '<p>Ёлка and the елка: <a href="https://port.example/" rel="noopener">the <strong>ел</strong>ка</a>.</p>'
    "<p>Елки 😀 5&nbsp;km, елка.</p>"
)
COUNT = "#find-bar [data-part=count]"
CURRENT = f"{EDITOR} .find-hit.current"


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Editor")


def begin(page: Page, editor: User) -> str:
    """Open a form with the texts, the caret in the text; return the text as the form would send it."""
    log_in(page, editor)
    begin_article(page, category="Courts", body=BODY, fields={"headline": "Елка", "summary": "No tree"})
    page.locator(f"{EDITOR} p").first.click()
    page.keyboard.press("Control+Home")
    page.wait_for_function(
        "document.querySelector('.ProseMirror[contenteditable=true]').editor.state.selection.head === 1"
    )
    return page.input_value("textarea[name=body]")


def find(page: Page, query: str, replacement: str | None = None) -> None:
    page.keyboard.press("Control+f")
    page.fill("#find-query", query)
    if replacement is not None:
        page.fill("#find-replacement", replacement)


def test_hits_are_counted_shown_and_walked_and_the_text_stays(editor: User, page: Page, complaints: list[str]) -> None:
    before = begin(page, editor)
    find(page, "ёлка")
    expect(page.locator(COUNT)).to_have_text("2 of 5")  # the headline's is the first, the caret stands behind it
    expect(page.locator(f"{EDITOR} .find-hit")).to_have_text(["Ёлка", "елка", "ел", "ка", "елка"])
    expect(page.locator(".find-ground .find-hit")).to_have_text(["Елка"])
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(COUNT)).to_have_text("4 of 5")
    expect(page.locator(CURRENT)).to_have_text(["ел", "ка"])
    page.keyboard.press("Shift+Enter")
    expect(page.locator(COUNT)).to_have_text("3 of 5")
    page.get_by_label("Match case").check()
    expect(page.locator(COUNT)).to_have_text("1 of 3")
    page.get_by_label("Match case").uncheck()
    page.fill("#find-query", "елк")
    expect(page.locator(COUNT)).to_contain_text("of 6")
    page.get_by_label("Whole words").check()
    expect(page.locator(COUNT)).to_have_text("Nothing found")
    page.fill("#find-query", "5 km")
    expect(page.locator(COUNT)).to_have_text("1 of 1")
    expect(page.locator("textarea[name=body]")).to_have_value(before)
    page.keyboard.press("Escape")
    expect(page.locator("#find-bar")).to_be_hidden()
    page.wait_for_function("getSelection().toString() === '5\u00a0km'")
    expect(page.locator(".find-hit")).to_have_count(0)
    assert complaints == []


def test_second_time_the_browser_opens_its_own(editor: User, page: Page) -> None:
    begin(page, editor)
    page.evaluate(
        "document.addEventListener('keydown', event => setTimeout(() => window.taken = event.defaultPrevented))"
    )
    page.keyboard.press("Control+f")
    expect(page.locator("#find-query")).to_be_focused()
    page.wait_for_function("window.taken === true")
    page.keyboard.press("Control+f")
    page.wait_for_function("window.taken === false")


def test_all_is_replaced_with_formatting_and_taken_back_by_one_undo(
    editor: User, page: Page, complaints: list[str]
) -> None:
    before = begin(page, editor)
    find(page, "елка", "сосна")
    page.get_by_role("button", name="Replace all").click()
    expect(page.locator(COUNT)).to_contain_text("Replaced: 5.")
    expect(page.locator("[name=headline]")).to_have_value("сосна")
    expect(page.locator(f"{EDITOR} a")).to_have_text("the сосна")
    expect(page.locator(f"{EDITOR} a strong")).to_have_text("сосна")
    page.locator(f"{EDITOR} p").first.click()
    page.keyboard.press("Control+z")
    expect(page.locator("[name=headline]")).to_have_value("Елка")
    expect(page.locator("textarea[name=body]")).to_have_value(before)
    find(page, "елка", "сосна")
    page.get_by_role("button", name="Replace all").click()
    page.keyboard.press("Control+z")
    expect(page.locator("[name=headline]")).to_have_value("Елка")
    expect(page.locator("textarea[name=body]")).to_have_value(before)
    page.get_by_role("button", name="Replace all").click()
    page.focus("[name=headline]")
    page.keyboard.press("Control+z")
    expect(page.locator("[name=headline]")).to_have_value("Елка")
    expect(page.locator("textarea[name=body]")).to_have_value(before)
    assert complaints == []


def test_one_after_the_other_is_replaced_and_saved(editor: User, page: Page, complaints: list[str]) -> None:
    begin(page, editor)
    find(page, "елка", "$& <b>")
    page.keyboard.press("Enter")
    expect(page.locator(COUNT)).to_have_text("2 of 4")
    page.keyboard.press("Enter")
    expect(page.locator(COUNT)).to_have_text("2 of 3")
    page.fill("#find-replacement", "x" * 400)
    page.get_by_role("button", name="Previous hit").click()
    page.get_by_role("button", name="Replace", exact=True).click()
    expect(page.locator(COUNT)).to_contain_text("no room for more: Headline")
    page.keyboard.press("Escape")
    save(page)
    article = Article.objects.get()
    assert article.headline == "Елка"
    assert article.body.startswith("<p>$&amp; &lt;b&gt; and the $&amp; &lt;b&gt;: <a href")
    assert complaints == []
