"""The list before publishing leads to each of its fields, from beside the form and from the page of an act."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Site
from tests.browser.desk import EDITOR, log_in, settle
from tests.builders import make_article, make_newsroom, make_user


@pytest.fixture
def editor(live_server: LiveServer) -> User:
    make_newsroom()
    Site.objects.update(required_points=["dated"])
    return make_user("Editor")


def test_jumps_put_the_caret_into_the_field(editor: User, page: Page, complaints: list[str]) -> None:
    article = make_article(body='<p><a href="/en/nonsense/">the map</a></p>', translator="Anna Tern")
    log_in(page, editor)
    address = f"/admin/articles/article/{article.pk}/"
    page.goto(f"{address}change/")
    page.wait_for_selector(EDITOR)
    settle(page)
    caret = {"id_body": EDITOR, "id_category": "#id_category", "id_dated_at_0": "#id_dated_at_0"}
    for jump, field in caret.items():
        page.locator(f"#checklist a[href$='#{jump}']").click()
        expect(page.locator(field)).to_be_focused()
    page.goto(f"{address}act/publish/")
    page.locator("#checklist a[href$='#id_body']").click()
    expect(page.locator(EDITOR)).to_be_focused()
    assert complaints == []
