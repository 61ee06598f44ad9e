"""The editor's tools in a real browser: counts, hints of length, the whole screen, the sheet of keys, own links."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.editions import release_path
from articles.models import Article, Site
from articles.publishing import publish
from articles.publishing.own_links import broken_own_links
from tests.browser.desk import EDITOR, begin_article, log_in, save, settle
from tests.builders import make_article, make_newsroom, make_user

FAMILY = "👩‍👩‍👧"  # one character to people, five to a program
COUNTS = ".text-counts"
NATURAL = """Enter Backspace Delete Mod-Backspace Mod-Delete Shift-Backspace Mod-a
    Mod-B Mod-I Mod-я Shift-Mod-я""".split()  # what a key does anyway; the same key with another layout
# Every key that the editor's extensions bind, as each names it.
BOUND = """async () => {
  const { getExtensionField } = await import('django-prose-editor/editor');
  const { editor } = document.querySelector('.ProseMirror[contenteditable=true]');
  return editor.extensionManager.extensions.flatMap(one => {
    const { name, options, storage } = one, { nodes, marks } = editor.schema;
    const context = {name, options, storage, editor, type: nodes[name] || marks[name]};
    const bound = getExtensionField(one, 'addKeyboardShortcuts', context);
    return bound ? Object.keys(bound()) : [];
  });
}"""
PRESSED = re.compile(r'pressed\(event, "([^"]+)"\)')


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Editor")


@pytest.fixture
def form(editor: User, page: Page, complaints: list[str]) -> Iterator[Page]:
    """Open a form with a text; complain of what the browser complains of."""
    log_in(page, editor)
    body = f"<p>Я из-за {FAMILY} й.<br>Да</p><ul><li><p>Two words</p></li></ul>"
    begin_article(page, category="Courts", body=body, fields={"headline": "The port"})
    settle(page)
    yield page
    assert complaints == []


def select_item(page: Page) -> None:
    """Select the words of the list's item, and wait until the editor knows."""
    page.locator(f"{EDITOR} li p").click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    expect(page.locator(COUNTS)).to_contain_text("Selected: words 2")


def choose_link(page: Page) -> Locator:
    """Open the dialog of a link; return its search."""
    page.keyboard.press("Control+k")
    search = page.get_by_label("Search own articles")
    expect(search).to_be_focused()
    return search


def test_text_and_selection_are_counted_as_people_count(form: Page) -> None:
    # "Я из-за 👩‍👩‍👧 й." is 12 characters with three blanks, "Да" 2, "Two words" 9 with one.
    expect(form.locator(COUNTS)).to_contain_text("Words: 7 · characters: 23, without spaces: 19 · reading time: 1 min")
    select_item(form)
    expect(form.locator(COUNTS)).to_contain_text("Selected: words 2 · characters 9, without spaces 8")
    form.keyboard.type("x")
    expect(form.locator(COUNTS)).to_contain_text("Words: 6 · characters: 15")
    expect(form.locator(COUNTS)).not_to_contain_text("Selected")
    column, text = form.locator(".beside-column").bounding_box(), form.locator("#article_form").bounding_box()
    assert column and text and column["y"] == text["y"]  # the tools take no place in the grid


def test_length_is_told_and_never_in_the_way(form: Page) -> None:
    field, hint = form.locator("[name=headline]"), form.locator("#length-headline")
    expect(hint).to_have_text("Characters: 8. Shown whole everywhere.")
    assert "length-headline" in (field.get_attribute("aria-describedby") or "").split()
    field.fill(FAMILY * 30)
    expect(hint).to_have_text("Characters: 30. Shown whole everywhere.")
    field.fill("The port " * 12)
    expect(hint).to_contain_text("Cut short in a search result (after about 60), in a card in Telegram")
    form.fill("[name=summary]", "x" * 170)
    expect(form.locator("#length-summary")).to_have_text(
        "Characters: 170. Cut short in a search result (after about 160)."
    )
    form.fill("[name=slug]", "the-port")
    save(form)


@pytest.mark.parametrize("width", [1440, 390])
def test_text_fills_the_screen_and_comes_back_with_the_caret(form: Page, width: int) -> None:
    form.set_viewport_size({"width": width, "height": 800})
    form.locator(f"{EDITOR} li p").click()
    form.keyboard.press("Home")
    form.keyboard.press("Control+Shift+f")
    for seen in (EDITOR, "#typed", ".prose-menubar", COUNTS):
        expect(form.locator(seen)).to_be_in_viewport()
    expect(form.locator("[name=headline]")).to_be_hidden()
    form.keyboard.type("Mine ")
    expect(form.locator("#typed .state")).to_contain_text("kept on the server")
    form.keyboard.press("Control+f")
    expect(form.locator("#find-query")).to_be_focused()
    form.keyboard.press("Escape")
    expect(form.locator("[name=headline]")).to_be_hidden()
    assert [
        one["id"] for one in Axe().run(form).response["violations"] if one["impact"] in ("serious", "critical")
    ] == []
    form.keyboard.press("Escape")
    expect(form.locator("[name=headline]")).to_be_visible()
    form.keyboard.press("Home")
    form.keyboard.type("All ")
    expect(form.locator(f"{EDITOR} li p")).to_have_text("All Mine Two words")
    form.get_by_role("button", name="Toggle fullscreen").click()
    expect(form.locator("[name=headline]")).to_be_hidden()
    form.get_by_role("button", name="Toggle fullscreen").click()
    expect(form.locator("[name=headline]")).to_be_visible()


def test_sheet_lists_exactly_the_keys_that_are_bound(form: Page) -> None:
    form.locator(EDITOR).click()
    form.keyboard.press("Shift+?")
    expect(form.locator("#shortcuts")).to_be_hidden()
    form.evaluate("document.activeElement.blur()")
    form.keyboard.press("Shift+?")
    expect(form.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert Axe().run(form).violations_count == 0
    listed = {
        keys for row in form.locator("#shortcuts [data-keys]").all() for keys in row.get_attribute("data-keys").split()
    }  # type: ignore[union-attr]
    scripts = form.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    sources = [form.request.get(one).text() for one in scripts if "/static/articles/" in one and one.endswith(".js")]
    own = {keys for source in sources for keys in PRESSED.findall(source)} | {"Alt-1", "Alt-2"}  # of live-marks.js
    bound = set(form.evaluate(BOUND)) - set(NATURAL)
    assert listed == bound | own
    form.keyboard.press("Escape")
    form.get_by_role("button", name="Keyboard shortcuts").click()
    expect(form.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    form.keyboard.press("Escape")
    form.locator(EDITOR).click()
    form.keyboard.type("Saved by a key. ")
    with form.expect_navigation():
        form.keyboard.press("Control+s")
    expect(form.get_by_text("The article is saved.")).to_be_visible()


def test_own_article_is_found_by_keyboard_and_its_link_leads_there(form: Page, editor: User) -> None:
    other = make_article(headline="Winter in the harbour", body="<p>Snow.</p>", summary="")
    release = publish(other, by=editor, at=timezone.now())
    make_article("draft", headline="Harbour, a draft")
    select_item(form)
    search = choose_link(form)
    search.press_sequentially("harb")
    options = form.locator(".own-links [role=option]")
    expect(options).to_have_count(2)
    expect(options.first).to_contain_text("published on")
    expect(options.last).to_contain_text("draft: has no address")
    assert [
        one["id"] for one in Axe().run(form).response["violations"] if one["impact"] in ("serious", "critical")
    ] == []
    search.press("ArrowUp")
    search.press("Enter")
    expect(form.get_by_label("URL")).to_have_value("")  # a draft without an address is told, not taken
    search.press("ArrowDown")
    expect(search).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "-")
    search.press("Enter")
    search.press("Enter")
    expect(form.locator(f"{EDITOR} li a")).to_have_text("Two words")
    form.keyboard.press("ArrowRight")
    form.keyboard.type(" ")
    choose_link(form).press_sequentially("winter")
    options.first.click()
    form.get_by_role("button", name="Update").click()
    expect(form.locator(f"{EDITOR} li a")).to_have_text(["Two words", "Winter in the harbour"])
    save(form)
    article = Article.objects.get(headline="The port")
    assert article.body.count(f'<a href="{release_path(release)}"') == 2
    assert broken_own_links(article, timezone.now(), Site.current()) == []


def test_plain_address_is_typed_while_the_search_does_not_answer(form: Page) -> None:
    form.route("**/own-links/**", lambda route: route.fulfill(status=200, body="<html>", content_type="text/html"))
    select_item(form)
    choose_link(form).press_sequentially("harb")
    expect(form.locator(".own-links [role=status]")).to_contain_text("does not answer")
    form.get_by_label("URL").fill("https://port.example/")
    form.get_by_label("URL").press("Enter")
    expect(form.locator(f'{EDITOR} li a[href="https://port.example/"]')).to_have_text("Two words")
