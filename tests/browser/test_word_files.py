"""A Word file from the list of articles to a saved article, in a real browser."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Slot
from tests.browser.desk import EDITOR, log_in, save
from tests.builders import make_newsroom, make_user
from tests.editions.test_word_file import BODY, OLD
from tests.word_files import word_file


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    return make_user("Editor")


def choose(page: Page, data: bytes) -> None:
    page.set_input_files("[name=word_file]", {"name": "draft.docx", "mimeType": "", "buffer": data})
    page.get_by_role("button", name="Open it as a new article").click()


def test_file_is_opened_looked_through_and_saved(editor: User, page: Page, complaints: list[str]) -> None:
    log_in(page, editor)
    page.goto("/admin/articles/article/")
    page.get_by_role("link", name="Open a Word file").click()
    choose(page, OLD)
    expect(page.get_by_text("This is the file of an older Word")).to_be_visible()
    choose(page, word_file())
    expect(page.locator(f"{EDITOR} table td").first).to_have_text("Pier")
    expect(page.locator("[name=headline]")).to_have_value("The harbour")
    expect(page.get_by_text("1 picture of the file was left out")).to_be_visible()
    expect(page.locator("#typed .state")).to_contain_text("is kept on the server")
    assert not Article.objects.exists() and Slot.objects.open().count() == 1
    page.select_option("[name=category]", label="Courts")
    save(page)
    article = Article.objects.get()
    assert article.headline == "The harbour" and "<p>[1] If the ice allows.</p>" in article.body
    assert article.body.replace("<li><p>", "<li>").replace("</p><ol>", "<ol>").replace("</p></li>", "</li>") == BODY
    assert not Slot.objects.open().exists()
    assert complaints == []


def test_form_of_a_new_article_leads_there_on_a_phone_too(editor: User, page: Page) -> None:
    log_in(page, editor)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/admin/articles/article/add/")
        page.get_by_role("link", name="Open a Word file").click()
        expect(page.locator("[name=word_file]")).to_be_attached()
