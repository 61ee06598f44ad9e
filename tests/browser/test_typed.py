"""Nothing typed is lost in a real browser: killed, offline, logged out, beside others at the same article."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, ArticleVersion, Site, Slot
from articles.publishing import keep_version, slots
from articles.publishing.roles import staff_id
from tests.browser.conftest import PATIENCE
from tests.browser.desk import EDITOR, log_in, save
from tests.builders import make_article, make_newsroom, make_user

ADD = "/admin/articles/article/add/"
BODY = "<p>One.</p><p>Two.</p><p>Three.</p>"
COPIES = "async user => (await copies.of(user)).map(one => one.fields.headline)"


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Editor")


@pytest.fixture
def article(editor: User) -> Article:
    made = make_article(headline="The port", summary="", body=BODY)
    keep_version(made, by=editor, at=timezone.now())
    return made


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector("body[data-typed]")
    page.wait_for_selector(EDITOR)
    return page


def state(page: Page, place: str) -> None:
    """Wait until the line says where the text is."""
    expect(page.locator("#typed")).to_have_attribute("data-place", re.compile(f"^{place}$"))


def check(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def another(chromium: Browser, live_server: LiveServer, user: User) -> Page:
    page = chromium.new_context(base_url=live_server.url, locale="en").new_page()
    page.set_default_timeout(PATIENCE)
    log_in(page, user)
    return page


def test_unsaved_article_is_kept_and_gone_on_with(editor: User, page: Page, complaints: list[str]) -> None:
    """Before the first save, before any field that is needed is filled in."""
    log_in(page, editor)
    opened(page, ADD)
    page.locator(EDITOR).click()
    page.keyboard.type("A first line")
    page.fill("[name=summary]", "And a summary")
    state(page, "server")
    expect(page.locator("#typed .state")).to_contain_text("kept on the server")
    slot = Slot.objects.get()
    assert (slot.fields["body"], slot.fields["summary"]) == ("<p>A first line</p>", "And a summary")
    page.wait_for_function(f"async () => !(await ({COPIES})({editor.pk})).length")
    opened(page, ADD)
    offer = page.locator(".offer")
    expect(offer).to_contain_text("A first line")
    offer.get_by_role("button", name="Go on with what you typed at").click()
    expect(page.locator(EDITOR)).to_have_text("A first line")
    expect(page.locator("[name=summary]")).to_have_value("And a summary")
    page.wait_for_selector("body[data-typed]")
    state(page, "server")
    page.fill("[name=headline]", "The port")
    page.select_option("[name=category]", label="Courts")
    save(page)
    assert Article.objects.get().body == "<p>A first line</p>"
    assert not Slot.objects.open().exists() and ArticleVersion.objects.count() == 1
    opened(page, ADD)
    expect(page.locator(".offer")).to_have_count(0)
    assert complaints == []


def test_thrown_away_is_not_offered_again(editor: User, article: Article, page: Page) -> None:
    log_in(page, editor)
    opened(page, change(article)).fill("[name=headline]", "Another")
    state(page, "server")
    opened(page, change(article)).get_by_role("button", name="Throw it away").click()
    page.wait_for_load_state()
    expect(page.locator(".offer")).to_have_count(0)
    expect(page.locator("[name=headline]")).to_have_value("The port")


def test_offline_it_is_kept_in_the_browser_and_sent_later(editor: User, article: Article, page: Page) -> None:
    log_in(page, editor)
    opened(page, change(article))
    page.context.set_offline(True)
    page.fill("[name=headline]", "Typed in a tunnel")
    state(page, "away")
    expect(page.locator("#typed .state")).to_contain_text("kept in this browser only, since")
    assert page.evaluate(COPIES, editor.pk) == ["Typed in a tunnel"]
    page.click("button[name=_save]")
    expect(page.locator("#typed .state")).to_contain_text("The form was not sent")
    page.context.set_offline(False)
    state(page, "server")
    assert Slot.objects.get().fields["headline"] == "Typed in a tunnel"
    page.wait_for_function(f"async () => !(await ({COPIES})({editor.pk})).length")


def test_closed_while_offline_it_is_brought_to_the_server_by_the_next_visit(
    editor: User, article: Article, page: Page
) -> None:
    log_in(page, editor)
    opened(page, change(article))
    page.context.set_offline(True)
    page.fill("[name=headline]", "Typed in a tunnel")
    state(page, "away")
    page.close()
    page.context.set_offline(False)
    again = page.context.new_page()
    opened(again, change(article))
    expect(again.locator(".offer")).to_contain_text("Typed in a tunnel")
    again.get_by_role("button", name="Go on with what you typed").click()
    expect(again.locator("[name=headline]")).to_have_value("Typed in a tunnel")


def test_full_disk_is_told_and_the_text_stays_in_the_browser(
    editor: User, article: Article, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OperationalError("database or disk is full")

    log_in(page, editor)
    opened(page, change(article))
    monkeypatch.setattr(slots, "keep_typed", full)
    page.fill("[name=headline]", "Written on a full disk")
    state(page, "away")
    expect(page.locator("#typed .state")).to_contain_text("Not saved: kept in this browser only")
    assert page.evaluate(COPIES, editor.pk) == ["Written on a full disk"]
    page.click("button[name=_save]")
    expect(page.locator("#typed .state")).to_contain_text("The form was not sent")
    with page.expect_response(lambda answer: "/typed/keep/" in answer.url):  # it is tried again, and still says so
        page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(300)
    expect(page.locator("#typed .state")).to_contain_text("The form was not sent")
    assert Article.objects.get().headline == "The port"
    opened(page, change(article))  # still full: offered from the browser's own store
    page.get_by_role("button", name="(kept in this browser)").click()
    expect(page.locator("[name=headline]")).to_have_value("Written on a full disk")
    monkeypatch.undo()
    page.evaluate("dispatchEvent(new Event('online'))")  # it may wait half a minute before it asks again
    state(page, "server")
    save(page)
    assert Article.objects.get().headline == "Written on a full disk"


def test_session_that_ends_is_renewed_in_place(editor: User, article: Article, page: Page) -> None:
    log_in(page, editor)
    opened(page, change(article)).fill("[name=headline]", "Before")
    state(page, "server")
    Session.objects.all().delete()
    page.fill("[name=headline]", "Before and after")
    dialog = page.locator("dialog#relogin")
    expect(dialog).to_be_visible()
    page.wait_for_function(f"async () => (await ({COPIES})({editor.pk})).join() === 'Before and after'")
    page.fill("#relogin-password", "wrong")
    page.keyboard.press("Enter")
    expect(dialog.locator(".complaint")).not_to_be_empty()
    page.fill("#relogin-password", "correct horse battery")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    state(page, "server")
    assert Slot.objects.get().fields["headline"] == "Before and after"
    save(page)  # with the token of the new session
    assert Article.objects.get().headline == "Before and after"


def test_session_that_ends_before_the_button_is_renewed_by_it(editor: User, article: Article, page: Page) -> None:
    log_in(page, editor)
    opened(page, change(article)).fill("[name=headline]", "Typed")
    state(page, "server")
    Session.objects.all().delete()
    page.click("button[name=_save]")
    page.fill("#relogin-password", "correct horse battery")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("The article is saved.")).to_be_visible()
    assert Article.objects.get().headline == "Typed"


def test_another_person_on_the_computer_sees_and_sends_nothing_of_it(
    editor: User, article: Article, page: Page
) -> None:
    other = make_user("Managing editor")
    log_in(page, editor)
    opened(page, change(article))
    page.context.set_offline(True)
    page.fill("[name=headline]", "Secret words")
    state(page, "away")
    Session.objects.all().delete()
    page.context.set_offline(False)
    expect(page.locator("dialog#relogin")).to_be_visible()
    page.keyboard.press("Escape")
    second = page.context.new_page()
    log_in(second, other)
    state(page, "other.*")
    opened(second, change(article))
    expect(second.locator(".offer")).to_have_count(0)
    assert "Secret words" not in second.content()
    page.click("button[name=_save]")
    expect(page.locator("#typed .state")).to_contain_text("Somebody else is logged in")
    assert not Slot.objects.exists() and Article.objects.get().headline == "The port"


def test_log_out_leaves_no_copy_behind_in_any_tab(editor: User, article: Article, page: Page) -> None:
    log_in(page, editor)
    opened(page, change(article))
    other = page.context.new_page()
    opened(other, change(article))
    page.evaluate(f"copies.put({{user: {editor.pk}, client: 'x', article: 1, sequence: 1, fields: {{headline: 'x'}}}})")
    page.evaluate("document.getElementById('logout-form').requestSubmit()")
    page.wait_for_url("**/login/")
    other.fill("[name=headline]", "Typed behind the log-out")
    expect(other.locator("dialog#relogin")).to_be_visible()
    assert page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))") == []
    other.fill("#relogin-password", "correct horse battery")
    other.keyboard.press("Enter")
    state(other, "server")
    assert Slot.objects.get(fields__headline="Typed behind the log-out").user_id == editor.pk


def test_newsroom_that_forbids_it_leaves_nothing_in_the_browser(editor: User, article: Article, page: Page) -> None:
    Site.objects.update(browser_copies=False)
    log_in(page, editor)
    opened(page, change(article))
    page.context.set_offline(True)
    page.fill("[name=headline]", "Typed in a tunnel")
    state(page, "away nowhere")
    expect(page.locator("#typed .state")).to_contain_text("Not saved anywhere since")
    assert page.evaluate(COPIES, editor.pk) == []
    page.context.set_offline(False)
    state(page, "server")


def test_what_may_no_longer_be_changed_goes_on_in_a_new_article(
    editor: User, article: Article, page: Page, complaints: list[str]
) -> None:
    reporter = make_user("Reporter")
    Article.objects.update(created_by=staff_id(reporter))
    log_in(page, reporter)
    opened(page, change(article))
    Article.objects.update(state="in_review")
    page.fill("[name=headline]", "Typed too late")
    state(page, "forbidden.*")
    page.click("button[name=_save]")
    expect(page.locator("h1")).to_have_text("You may no longer change this article")
    check(page)
    page.get_by_role("button", name="Go on with it in a new article").click()
    page.wait_for_selector("body[data-typed]")
    expect(page.locator("[name=headline]")).to_have_value("Typed too late")
    state(page, "server")
    page.wait_for_function(f"async () => !(await ({COPIES})({reporter.pk})).length")
    with page.expect_navigation():
        page.locator("button[name=_save]").dblclick()
    expect(page.get_by_text("The article is saved.")).to_be_visible()
    assert [one.headline for one in Article.objects.order_by("pk")] == ["The port", "Typed too late"]
    assert [one for one in complaints if "403" not in one] == []


def test_too_long_a_text_is_not_sent_away(editor: User, article: Article, page: Page, settings: Any) -> None:
    log_in(page, editor)
    opened(page, change(article))
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3000
    page.locator(EDITOR).click()
    page.keyboard.insert_text("x" * 4000)
    state(page, "long.*")
    page.click("button[name=_save]")
    expect(page.locator("#typed .state")).to_contain_text("The form was not sent")
    expect(page.locator(EDITOR)).to_contain_text("x" * 4000)


def test_two_at_one_article_see_each_other_and_both_texts_are_kept(
    editor: User, article: Article, page: Page, chromium: Browser, live_server: LiveServer, complaints: list[str]
) -> None:
    log_in(page, editor)
    opened(page, change(article)).fill("[name=summary]", "Mine.")
    other = another(chromium, live_server, make_user("Managing editor"))
    opened(other, change(article)).locator("[name=headline]").focus()
    expect(other.locator("#typed .present")).to_contain_text("editor has this article open")
    expect(page.locator("#typed .present")).to_contain_text("managing-editor has this article open")
    opened(other, change(article)).fill("[name=headline]", "The pier")
    save(other)
    expect(page.locator("#typed .state")).to_contain_text("Somebody has saved this article meanwhile")
    page.click("button[name=_save]")
    expect(page.locator(".together")).to_contain_text("managing-editor saved version 3")
    expect(page.locator("[name=headline]")).to_have_value("The pier")
    expect(page.locator("[name=summary]")).to_have_value("Mine.")
    page.wait_for_selector("body[data-typed]")
    save(page)
    stored = Article.objects.get()
    assert (stored.headline, stored.summary) == ("The pier", "Mine.")
    other.context.close()
    assert complaints == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_conflict_is_answered_by_keyboard_on_a_phone(editor: User, article: Article, page: Page, language: str) -> None:
    log_in(page, editor)
    page.context.add_cookies([{"name": "django_language", "value": language, "domain": "localhost", "path": "/"}])
    page.set_viewport_size({"width": 390, "height": 800})
    opened(page, change(article))
    article.body = BODY.replace("Two", "Theirs")
    article.save()
    keep_version(article, by=make_user("Managing editor"), at=timezone.now())
    page.locator(f"{EDITOR} p").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.type(" mine")
    page.click("button[name=_save]")
    page.wait_for_selector("#conflict-form")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    check(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[type=radio]')"):
            break
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("body[data-typed]")
    expect(page.locator(f"{EDITOR} p")).to_have_text(["One.", "Two. mine", "Three."])
    expect(page.locator(".together")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    check(page)


def test_form_and_its_line_are_accessible(editor: User, article: Article, page: Page) -> None:
    log_in(page, editor)
    opened(page, change(article)).fill("[name=headline]", "Another")
    state(page, "server")
    opened(page, change(article))
    expect(page.locator(".offer")).to_have_count(1)
    check(page)
    Session.objects.all().delete()
    page.fill("[name=headline]", "Third")
    expect(page.locator("dialog#relogin")).to_be_visible()
    check(page)


def test_leaving_is_asked_only_where_something_would_be_lost(page: Page, editor: User, article: Article) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    log_in(page, editor)
    opened(page, change(article))
    page.fill("[name=headline]", "The old port")
    state(page, "server")
    opened(page, change(article))
    page.fill("[name=headline]", "The new port")
    opened(page, change(article))
    assert asked == []
    photo = page.locator("#article_form input[type=file]").first
    photo.set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"x"})
    page.goto("/admin/")
    assert asked == ["beforeunload"]
