"""The button “Typography” in a real browser: text and fields, undone by Undo, formatting and links as they were."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article
from articles.typography import typeset, typeset_html
from tests.browser.desk import EDITOR, begin_article, log_in, save
from tests.builders import make_newsroom, make_user

BUTTON = "Typography: quotation marks, dashes, spaces"
BODY = (
    '<p>He said: "<strong>Yes</strong>" - see <a href="https://port.example/" rel="noopener">"the plan"</a>...</p>'
    '<ul><li><p>"A pier" 😀 - 5 km</p></li></ul><p>It\'s <strong>done..</strong>.</p>'
)
HEADLINE = 'The "Port" - shut'


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Editor")


def test_signs_are_set_in_text_and_headline_and_undo_takes_them_back(
    editor: User, page: Page, complaints: list[str]
) -> None:
    log_in(page, editor)
    begin_article(page, category="Courts", body=BODY, fields={"headline": HEADLINE, "summary": "Wait..."})
    before = page.input_value("textarea[name=body]")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("[name=headline]")).to_have_value(typeset(HEADLINE, "en"))
    expect(page.locator("[name=summary]")).to_have_value("Wait…")
    expect(page.locator(".typeset")).to_contain_text("Undo takes it back.")
    expect(page.locator(f"{EDITOR} a")).to_have_text("“the\u00a0plan”")
    page.get_by_role("button", name="undo", exact=True).click()
    expect(page.locator(f"{EDITOR} p").first).to_contain_text('He said: "Yes" - see')
    expect(page.locator("textarea[name=body]")).to_have_value(before)
    page.focus("[name=summary]")
    page.keyboard.press("Control+z")
    expect(page.locator("[name=summary]")).to_have_value("Wait...")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator("[name=summary]")).to_have_value("Wait…")
    save(page)
    article = Article.objects.get()
    assert article.body.replace("\u00a0", "&nbsp;") == typeset_html(BODY, "en")
    assert article.headline == typeset(HEADLINE, "en")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator(".typeset")).to_have_text("All signs stand as they should.")
    assert complaints == []


def test_server_that_does_not_answer_changes_nothing(editor: User, page: Page) -> None:
    log_in(page, editor)
    begin_article(page, category="Courts", body=BODY, fields={"headline": HEADLINE})
    before = page.input_value("textarea[name=body]")
    page.route("**/typography/", lambda route: route.abort())
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator(".typeset")).to_contain_text("Nothing has changed.")
    expect(page.locator("textarea[name=body]")).to_have_value(before)


def test_what_is_typed_while_the_server_answers_is_not_lost(editor: User, page: Page) -> None:
    log_in(page, editor)
    begin_article(page, category="Courts", body="<p>One - two</p>", fields={"headline": HEADLINE})
    asked = []

    def late(route: object) -> None:
        if not asked:
            page.locator(f"{EDITOR} p").last.click()
            page.keyboard.press("End")
            page.keyboard.type(" - three")
        asked.append(1)
        route.continue_()  # type: ignore[attr-defined]

    page.route("**/typography/", late)
    page.get_by_role("button", name=BUTTON).click()
    expect(page.locator(f"{EDITOR} p").last).to_have_text("One – two – three")
    assert len(asked) == 2
