"""The desk in Russian in a real browser: the text editor too, whose own texts are English."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Region, Site
from tests.browser.desk import EDITOR, PASTE, log_in
from tests.builders import make_article, make_newsroom, make_user


@pytest.fixture
def managing(live_server: object) -> User:
    make_newsroom()
    return make_user("Managing editor")


def test_buttons_of_the_editor_are_russian(managing: User, page: Page, complaints: list[str]) -> None:
    article = make_article(body="<p>Before.</p><h2>A heading</h2>")
    log_in(page, managing)
    page.context.add_cookies([{"name": "django_language", "value": "ru", "domain": "localhost", "path": "/"}])
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    expect(page.locator(".prose-menubar [title='полужирный']")).to_be_visible()
    page.click(f"{EDITOR} h2")
    expect(page.locator(".prose-menubar__selected [title='заголовок 2']")).to_be_visible()
    titles = page.eval_on_selector_all(".prose-menubar [title]", "all => all.map(one => one.title)")
    names = page.eval_on_selector_all(
        ".prose-menubar [title]", "all => all.map(one => one.ariaLabel)"
    ) + page.eval_on_selector_all(".prose-menubar__option", "all => all.map(one => one.textContent)")
    assert len(titles) > 18
    same = re.compile(r"HTML|\((?:Ctrl|Alt|Shift|[A-Z+⌘⌥])+\)")  # in every language: keys
    assert [text for text in titles + names if re.search("[A-Za-z]", same.sub("", text))] == []
    assert complaints == []


def test_dialog_and_what_is_left_out_are_russian(managing: User, page: Page) -> None:
    article = make_article(body="<p>Before.</p>")
    log_in(page, managing)
    page.context.add_cookies([{"name": "django_language", "value": "ru", "domain": "localhost", "path": "/"}])
    page.goto(reverse("admin:articles_article_change", args=[article.pk]))
    page.locator(".prose-menubar [title='вставить таблицу']").click()
    dialog = page.locator("dialog[open]")
    expect(dialog.locator("option")).to_have_text(["Да", "Нет"])
    assert not re.search("[A-Za-z]", dialog.inner_text())
    dialog.locator("select").select_option(label="Да")
    dialog.locator("[type=submit]").click()
    expect(page.locator(f"{EDITOR} table th")).to_have_count(3)
    page.evaluate(PASTE, '<p>Text</p><img src="about:blank" alt=""><iframe></iframe>')
    told = page.locator(".left-out p")
    expect(told).to_have_count(2)
    assert not re.search("[A-Za-z]", "".join(told.all_inner_texts()))


def test_address_part_follows_the_only_name(managing: User, page: Page, complaints: list[str]) -> None:
    Site.objects.update(languages="ru")
    log_in(page, managing)
    page.goto(reverse("admin:articles_region_add"))
    expect(page.locator("[name=name_en]")).to_have_count(0)
    page.locator("[name=name_ru]").press_sequentially("Щучий ёж")
    expect(page.locator("[name=slug]")).to_have_value("shchuchiy-ezh")
    page.locator("[name=_save]").click()
    expect(page.locator("#result_list")).to_contain_text("Щучий ёж")
    assert Region.objects.get(slug="shchuchiy-ezh").name_en == "Щучий ёж"
    assert complaints == []
