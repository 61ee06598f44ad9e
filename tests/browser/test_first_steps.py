"""The first steps at the desk, by keyboard: from the settings to an empty site."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Site
from tests.browser.desk import log_in_by_form
from tests.builders import make_user


@pytest.mark.usefixtures("live_server")
def test_a_newsroom_is_begun_at_the_desk(page: Page, complaints: list[str]) -> None:
    log_in_by_form(page, make_user("Administrator"))
    page.goto(reverse("admin:articles_site_changelist"))
    expect(page).to_have_url(re.compile("/first-steps/$"))
    page.fill("[name=name_en]", "Tern Herald")
    page.fill("[name=name_ru]", "Вестник крачки")
    page.fill("[name=accounts]", "anna, anna@tern.example, editor")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("th[scope=row]")).to_have_text("anna")
    password = page.locator("td code").inner_text()
    assert User.objects.get(username="anna").check_password(password)
    assert Site.objects.get().name_ru == "Вестник крачки"
    assert complaints == []
