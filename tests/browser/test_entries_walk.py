"""Entries of the registers in a browser: three hundred names a page at a time; two entries merged, one separated."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Dialog, Page, expect

from articles import baking
from articles.models import Designation, Name, Organization, Register
from articles.publishing import live_release, publish
from articles.registers import refresh_version
from tests.browser.desk import log_in, settle
from tests.builders import make_article, make_newsroom, make_user

LAMP = "northern-lamp"


@pytest.fixture
def desk(live_server: object, page: Page) -> Page:
    make_newsroom()
    log_in(page, make_user("Legal"))
    return page


def address_of(key: str, view: str = "change") -> str:
    return reverse(f"admin:articles_organization_{view}", args=[Organization.objects.get(key=key).pk])


def save_and_go_on(page: Page) -> None:
    with page.expect_navigation():
        page.click("button[name=_continue]")
    settle(page)


def test_three_hundred_names_are_edited_a_page_at_a_time(desk: Page, complaints: list[str]) -> None:
    lamp = Organization.objects.get(key=LAMP)
    names = [Name(organization=lamp, text=f"Quay {n} Fund", language="en", position=n) for n in range(2, 300)]
    Name.objects.bulk_create(names)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    desk.goto(address_of(LAMP))
    settle(desk)
    pages = desk.locator("[data-pages=names]")
    expect(pages).to_contain_text("1–50 of 300")
    desk.on("dialog", stay)
    desk.locator("[name=names-10-text]").press_sequentially("!")
    pages.get_by_role("link", name="2", exact=True).click()
    desk.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(desk.locator("[name=names-10-text]")).to_have_value(re.compile("!"))
    desk.fill("[name=new_names-0-text]", "Pelican Circle")
    desk.select_option("[name=new_names-0-language]", "en")
    save_and_go_on(desk)
    expect(pages).to_contain_text("1–50 of 301")
    pages.get_by_role("link", name="7", exact=True).click()
    settle(desk)
    expect(desk.locator("[name=names-0-text]")).to_have_value("Pelican Circle")
    search = desk.get_by_label("Only those that hold")
    search.press_sequentially("quay 26")
    search.press("Enter")
    settle(desk)
    expect(desk.locator("[name=names-10-text]")).to_have_value("Quay 269 Fund")
    desk.fill("[name=names-10-text]", "Quay 5 Fund")
    save_and_go_on(desk)
    desk.get_by_role("link", name="Page 1", exact=True).click()
    expect(desk.locator("[name=names-5-text]")).to_have_value("Quay 5 Fund")
    assert asked == ["beforeunload"]
    assert Name.objects.filter(organization=lamp).count() == 301
    assert complaints == []


def test_two_entries_are_merged_and_the_archive_follows_then_separated_again(desk: Page, complaints: list[str]) -> None:
    pelicans = Organization.objects.create(key="pelicans")
    pelicans.names.create(text="Pelican Circle", language="en", strength="strong")
    Designation.objects.create(organization=pelicans, register=Register.objects.get(key="test-agents"))
    refresh_version(timezone.now())
    article = make_article(headline="A quiet day", summary="", body="<p>The Pelican Circle met.</p>")
    publish(article, by=make_user("Editor"), at=timezone.now())

    desk.goto(address_of(LAMP))
    desk.get_by_role("link", name="Merge with …").click()
    desk.fill("[name=q]", "pelican")
    desk.get_by_role("button", name="Look for it").click()
    desk.locator(".hits").get_by_role("link", name="Pelican Circle").click()
    expect(desk.locator(".sides")).to_contain_text("1 article mentions it.")
    expect(desk.locator(".sides > div")).to_have_count(3)
    desk.fill("[name=reason]", "One body, says the keeper.")
    desk.get_by_role("button", name="Merge", exact=True).click()
    expect(desk.locator(".entries.changed")).to_contain_text("“pelicans” is merged into it")
    apply_waiting(desk)
    assert marked(article) == [LAMP]

    desk.goto(address_of(LAMP))
    desk.get_by_role("link", name="Separate …").click()
    expect(desk.locator("[name=key]")).to_have_value("pelicans")
    expect(desk.get_by_label("Pelican Circle (English, strong: always marked)")).to_be_checked()
    desk.fill("[name=reason]", "They are two.")
    desk.get_by_role("button", name="Separate", exact=True).click()
    expect(desk.locator(".entries.added")).to_contain_text("Pelican Circle")
    apply_waiting(desk)
    assert marked(article) == ["pelicans"]
    assert complaints == []


def apply_waiting(page: Page) -> None:
    """Apply what waits, and do what the worker does."""
    page.fill("#impact [name=reason]", "Order 7.")
    page.locator("#impact").get_by_role("button", name="Apply").click()
    expect(page.locator("#batch")).to_be_visible()
    while baking.work_relabels(timezone.now):
        pass


def marked(article: object) -> list[str]:
    release = live_release(article, timezone.now())  # type: ignore[arg-type]
    assert release is not None
    return [mark["organization"] for mark in release.edition.marks]
