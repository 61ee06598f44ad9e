"""Names underlined while one types, what is known of the one at the caret, its answer, the list that follows."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, ArticleVersion, MentionDecision
from tests.browser.desk import EDITOR, PASTE, begin_article, log_in, save, settle
from tests.builders import make_article, make_newsroom, make_user

BODY = f"{EDITOR} .live-mark"
GROUND = ".live-ground .live-mark"
AT_CARET = ".at-caret"


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Editor")


def open_article(page: Page, article: Article) -> None:
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.wait_for_selector(EDITOR)
    settle(page)
    page.wait_for_selector("#live-marks[data-drawn]", state="attached")


def test_names_are_underlined_before_the_first_save(editor: User, page: Page, complaints: list[str]) -> None:
    log_in(page, editor)
    text = "<p>Both 😀 know the <strong>G</strong>DL and the Harbour.</p><p>GDL* again.</p>"
    begin_article(page, category="Courts", body=text, fields={"headline": "The GDL port", "summary": "No one"})
    expect(page.locator(f"{BODY}.marked")).to_have_text(["G", "DL", "GDL"])
    expect(page.locator(f"{BODY}.unclear")).to_have_text(["Harbour"])
    expect(page.locator(f"{BODY}.typed")).to_have_text(["*"])
    expect(page.locator(GROUND)).to_have_text(["GDL"])
    expect(page.locator("#mentions .mention.marked")).to_have_count(3)
    expect(page.locator("#live-marks [role=status]")).to_have_text("Will be marked: 3. Unclear: 1.")
    page.fill("[name=summary]", "The GDL denies it")
    expect(page.locator(GROUND)).to_have_text(["GDL", "GDL"])
    field = page.locator("[name=headline]").bounding_box()
    ground = page.locator("[name=headline] + .live-ground").bounding_box()
    assert field == ground
    save_button = page.locator("button[name=_save]")
    with page.expect_navigation():
        save_button.click()
    assert Article.objects.get().body == (
        "<p>Both 😀 know the <strong>G</strong>DL and the Harbour.</p><p>GDL* again.</p>"
    )
    assert complaints == []


def test_answered_at_the_caret_and_followed_by_the_list(editor: User, page: Page, complaints: list[str]) -> None:
    article = make_article(headline="The port", summary="", body="<p>Nobody came.</p>")
    log_in(page, editor)
    open_article(page, article)
    page.locator(f"{EDITOR} p").click()
    page.keyboard.press("End")
    page.keyboard.type(" The Harbour spoke.")
    expect(page.locator(f"{BODY}.unclear")).to_have_text(["Harbour"])
    expect(page.locator("#mentions .mention.unclear")).to_have_count(1)
    expect(page.locator(AT_CARET)).to_be_hidden()
    for _letter in " spoke.":
        page.keyboard.press("ArrowLeft")
    expect(page.locator(AT_CARET)).to_contain_text("Harbour")
    expect(page.locator(AT_CARET)).to_contain_text("unclear")
    page.keyboard.press("Alt+1")
    expect(page.locator(f"{BODY}.marked")).to_have_text(["Harbour"])
    page.keyboard.type("s")
    expect(page.locator(BODY)).to_have_count(0)
    page.keyboard.press("Backspace")
    expect(page.locator(f"{BODY}.marked")).to_have_text(["Harbour"])
    expect(page.locator(f"{EDITOR} p")).to_have_text("Nobody came. The Harbour spoke.")
    assert MentionDecision.objects.get().answer == "mark"
    assert not ArticleVersion.objects.filter(article=article).exists()
    save(page)
    article.refresh_from_db()
    assert article.body == "<p>Nobody came. The Harbour spoke.</p>"
    assert complaints == []


def test_list_leads_to_the_name_by_keyboard(editor: User, page: Page, complaints: list[str]) -> None:
    article = make_article(headline="The GDL port", summary="", body="<p>One.</p><p>Two met the GDL there.</p>")
    log_in(page, editor)
    open_article(page, article)
    jumps = page.locator("#mentions .mention.marked .jump-to")
    expect(jumps).to_have_count(2)
    jumps.last.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("getSelection().toString() === 'GDL'")
    jumps.first.focus()
    page.keyboard.press("Enter")
    found = "(field => field.value.slice(field.selectionStart, field.selectionEnd))(document.activeElement)"
    page.wait_for_function(f"{found} === 'GDL'")
    expect(page.locator(AT_CARET)).to_contain_text("Grey Dune League")
    page.keyboard.press("Escape")
    expect(page.locator(AT_CARET)).to_be_hidden()
    page.evaluate(PASTE, "<p>x</p>")
    assert complaints == []


def test_a_server_that_does_not_answer_stops_nobody(editor: User, page: Page) -> None:
    article = make_article(headline="The port", summary="", body="<p>One.</p>")
    log_in(page, editor)
    open_article(page, article)
    page.route("**/live-marks/", lambda route: route.abort())
    page.locator(f"{EDITOR} p").click()
    page.keyboard.type("The GDL ")
    page.wait_for_timeout(800)
    expect(page.locator(BODY)).to_have_count(0)
    page.unroute("**/live-marks/")
    page.keyboard.type("and ")
    expect(page.locator(f"{BODY}.marked")).to_have_text(["GDL"])
