"""A note to colleagues in a real browser: on a selected passage, answered by another, closed; the text stays."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, ArticleVersion, PassageNote, Slot
from articles.publishing import keep_version, write_note
from articles.publishing.passage_notes import Passage
from articles.publishing.passages import FoldedText
from tests.browser.conftest import PATIENCE
from tests.browser.desk import EDITOR, log_in, save, settle
from tests.builders import make_article, make_newsroom, make_user

BODY = "<p>Both 😀 saw “the port”.</p><ul><li><p>One</p></li><li><p>In the port itself.</p></li></ul>"
MARK = f"{EDITOR} .note-mark"
DIALOG = "#note-dialog"
OPEN = "#notes .passage-note:not(.closed)"
SELECT = """([words, number]) => {
  const editor = document.querySelector('.ProseMirror[contenteditable=true]');
  editor.focus();
  const walker = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const at = node.data.indexOf(words);
    if (at >= 0 && number-- === 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
  }
}"""
FIND = """async cases => {
  const address = document.querySelector("link[href$='passage-notes.css']").href.replace('.css', '.js');
  const { fold, find } = await import(address);
  return cases.map(([text, quotation, offset]) => [fold(text).signs, find(fold(text), quotation, offset)]);
}"""
CASES = [
    ("the port, the quay, the port", "the port", 15),
    ("the port, the quay, the port", "the port", 10),
    ("He said “no” –\u00a0and  left.", 'said "no" - and left', 3),
    ("Он сказал: «нет».\nИ ушёл", "“нет”.  И", 99),
    ("a a a a", "a a", 3),
    ("nothing", "the port", 0),
    ("", "x", 5),
]


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Editor")


@pytest.fixture
def article(editor: User) -> Article:
    made = make_article(headline="The port opens", summary="", body=BODY)
    keep_version(made, by=editor, at=timezone.now())
    return made


def opened(page: Page, article: Article) -> None:
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.wait_for_selector(EDITOR)
    settle(page)
    page.wait_for_selector("#notes[data-drawn]")


def choose(page: Page, words: str, number: int = 0) -> None:
    """Select words of the text, of several occurrences the one with this number."""
    page.evaluate(SELECT, [words, number])
    page.wait_for_function("words => getSelection().toString() === words", arg=words)


def check(page: Page) -> None:
    page.wait_for_selector("body[data-named]")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def another(chromium: Browser, live_server: LiveServer, user: User) -> Page:
    page = chromium.new_context(base_url=live_server.url, locale="en").new_page()
    page.set_default_timeout(PATIENCE)
    log_in(page, user)
    return page


def test_selected_written_answered_by_another_and_closed(
    editor: User, article: Article, page: Page, complaints: list[str], chromium: Browser, live_server: LiveServer
) -> None:
    log_in(page, editor)
    opened(page, article)
    page.locator(".prose-menubar").get_by_role("button", name="Note to colleagues").click()
    expect(page.locator(".note-told")).to_contain_text("Select a passage")
    choose(page, "the port", 1)
    page.keyboard.press("Control+Alt+m")
    expect(page.locator(f"{DIALOG} .passage")).to_have_text("the port")
    check(page)
    page.keyboard.type("Which of them?")
    page.keyboard.press("Control+Enter")
    expect(page.locator(DIALOG)).to_be_hidden()
    expect(page.locator(MARK)).to_have_text(["the port"])
    expect(page.locator(f"{EDITOR} li .note-mark")).to_have_count(1)
    note = PassageNote.objects.get()
    assert (note.field, note.quotation, note.text, note.offset) == ("body", "the port", "Which of them?", 30)
    # What is typed meanwhile is kept as ever, and the passage is found again in it.
    page.keyboard.press("Escape")
    page.locator(f"{EDITOR} p").first.click()
    page.keyboard.press("Home")
    page.keyboard.type("In the port: ")
    expect(page.locator(f"{EDITOR} li .note-mark")).to_have_text(["the port"])
    page.wait_for_selector("#typed[data-place=server]")
    kept = Slot.objects.get().fields
    assert kept["body"].startswith("<p>In the port: Both") and "Which of them?" not in str(kept)

    reporter = another(chromium, live_server, make_user("Reporter"))  # may read this article, not change it
    reporter.goto(f"/admin/articles/article/{article.pk}/change/")
    line = reporter.locator(OPEN)
    expect(line).to_contain_text("Which of them?")
    line.get_by_text("Answer", exact=True).click()
    line.get_by_label("Your answer").fill("The old one.")
    line.get_by_role("button", name="Send the answer").click()
    expect(reporter.locator(f"{OPEN} .answered")).to_contain_text("The old one.")
    check(reporter)

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(f"{OPEN} .answered")).to_contain_text("The old one.")
    check(page)
    page.locator(OPEN).get_by_role("button", name="Close the note").click()
    expect(page.locator(OPEN)).to_have_count(0)
    expect(page.locator(MARK)).to_have_count(0)
    assert PassageNote.objects.get().closed_by.user == editor
    article.refresh_from_db()
    assert (article.body, article.version) == (BODY, 2)
    save(page)
    article.refresh_from_db()
    assert article.body == BODY.replace("Both", "In the port: Both")
    assert ArticleVersion.objects.filter(article=article).count() == 2
    assert complaints == []


def test_led_to_by_keyboard_and_told_where_it_has_changed(
    editor: User, article: Article, page: Page, complaints: list[str]
) -> None:
    for passage in (Passage("body", "the port”. One"), Passage("body", "In the port", 33), Passage("headline", "port")):
        write_note(article, passage, "Sure?", by=editor, at=timezone.now())
    log_in(page, editor)
    opened(page, article)
    lines = page.locator(OPEN)
    expect(lines.locator(".passage")).to_have_text(["port", "the port”. One", "In the port"])
    expect(page.locator(MARK)).to_have_text(["the port”.", "One", "In the port"])
    lines.nth(2).locator(".jump-to").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("getSelection().toString() === 'In the port'")
    expect(lines.nth(2)).to_contain_class("here")
    page.keyboard.type("At")
    expect(lines.nth(2).locator(".gone")).to_be_visible()
    expect(lines.nth(2).locator(".jump-to")).to_be_hidden()
    page.keyboard.press("Control+z")
    expect(lines.nth(2).locator(".gone")).to_be_hidden()
    lines.nth(0).locator(".jump-to").click()
    selected = "(field => field.value.slice(field.selectionStart, field.selectionEnd))(document.activeElement)"
    page.wait_for_function(f"{selected} === 'port'")
    # What is selected stands in the panel's own form, too.
    page.locator("#notes .write summary").click()
    expect(page.get_by_label("The passage, word for word")).to_have_value("port")
    form = page.locator("#notes .write form")
    form.get_by_label("The passage, word for word").fill("opens")
    form.get_by_label("Your note").fill("When?")
    form.get_by_role("button", name="Write the note").click()
    expect(lines).to_have_count(4)
    assert PassageNote.objects.latest("pk").offset == len("The port ")
    assert complaints == []


def test_what_is_written_stays_until_it_has_arrived(editor: User, article: Article, page: Page) -> None:
    """While the server is away, and when the session has ended: the log-in comes in place."""
    log_in(page, editor)
    opened(page, article)
    choose(page, "saw")
    page.locator(".prose-menubar").get_by_role("button", name="Note to colleagues").click()
    dialog, send = page.locator(DIALOG), page.locator(f"{DIALOG} [type=submit]")
    dialog.get_by_label("Your note").fill("Who saw it?")
    page.route("**/notes/", lambda route: route.abort())
    send.click()
    expect(dialog.locator(".complaint")).to_contain_text("The server does not answer.")
    page.unroute("**/notes/")
    Session.objects.all().delete()
    send.click()
    expect(page.locator("dialog#relogin")).to_be_visible()
    page.locator("dialog#relogin [value=later]").click()
    expect(dialog.locator(".complaint")).to_have_text("Your session has ended")
    expect(dialog.get_by_label("Your note")).to_have_value("Who saw it?")
    send.click()
    page.fill("#relogin-password", "correct horse battery")
    page.keyboard.press("Enter")
    expect(page.locator(MARK)).to_have_text(["saw"])
    expect(dialog).to_be_hidden()
    assert PassageNote.objects.get().text == "Who saw it?"


def test_passages_are_found_in_the_browser_as_on_the_server(editor: User, article: Article, page: Page) -> None:
    log_in(page, editor)
    opened(page, article)
    found: list[Any] = page.evaluate(FIND, CASES)
    for (text, quotation, offset), (signs, span) in zip(CASES, found, strict=True):
        folded = FoldedText.of(text)
        expected = folded.find(quotation, offset)
        assert (signs, span) == (folded.signs, expected and list(expected)), text
