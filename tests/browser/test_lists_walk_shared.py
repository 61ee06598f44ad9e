"""The invented lists of the shared folder at the desk in a real browser: this week's file, the one two weeks later."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.models import Batch, Designation, ListFile, Register, Site
from articles.publishing import publish
from articles.registers import refresh_version
from tests.browser.desk import log_in
from tests.browser.test_lists_walk import go_to, offer, point, see_marks, store_and_apply, work
from tests.builders import NOW, make_article, make_newsroom, make_user
from tests.conftest import SHARED
from tests.keeper.conftest import empty_register

LISTS = SHARED / "registers" / "lists"
BODY = "<p>Проект «Бездонный колодец.Док» и фонд «Тервелунд» встретились.</p>"


@pytest.fixture
def agents(no_words: None) -> Iterator[Register]:
    make_newsroom()
    register = empty_register("ru-foreign-agents")
    for notes in register.notes.values():  # wordings that say nothing of organizations do for persons too
        for form in ("one", "many", "inline", "lifted"):
            notes[form]["text"] = "Listed until {until}." if form == "lifted" else "Listed."
    register.save()
    refresh_version(NOW)
    yield register


def accept(page: Page, file: ListFile) -> None:
    page.goto(reverse("admin:articles_listfile_accept", args=[file.pk]))
    page.get_by_role("button", name="Accept all proposals").click()
    expect(page.locator(".steps [aria-current]")).to_contain_text("Store")


def test_agents_this_week_and_two_weeks_later(agents: Register, page: Page, complaints: list[str]) -> None:
    Site.objects.update(jurisdictions=[])
    legal: User = make_user("Legal")
    article = make_article(headline="Встреча", summary="", language="ru", body=BODY)
    release = publish(article, by=make_user("Editor"), at=timezone.now())
    work()
    path = f"{release.published_date:/ru/%Y/%m/%d}/{article.slug}/"
    log_in(page, legal)

    offer(page, LISTS / "foreign-agents.xlsx")
    expect(page.locator(".filters")).to_contain_text("added 140")
    go_to(page, "Names")
    expect(page.locator("#counting, #counted")).to_have_count(0)
    expect(page.locator(".names-row").first).to_contain_text("in 1 article")
    accept(page, ListFile.objects.get())
    store_and_apply(page, "The list of October")
    see_marks(page, path, 1)

    offer(page, LISTS / "foreign-agents-next.xlsx")
    for said in ("added 5", "ended 2", "changed 3", "unchanged 134", "gone from the list 1"):
        expect(page.locator(".filters")).to_contain_text(said)
    gone = page.locator(".rows > .gone")
    expect(gone).to_contain_text("Бездонный колодец.Док")
    gone.locator("[name=ends_on]").fill("2026-10-29")
    gone.get_by_role("button", name="It has ended").click()
    expect(gone.locator(".said")).to_contain_text("29 October 2026")
    store_and_apply(page, "Two weeks later")
    see_marks(page, path, 1)
    expect(page.locator("article.story")).to_contain_text("Тервелунд»*")
    ended = Designation.objects.filter(register=agents).exclude(designated_until=None)
    assert "2026-10-29" in {str(one.designated_until) for one in ended}

    page.goto(reverse("admin:articles_batch_change", args=[Batch.objects.latest("pk").pk]))
    page.get_by_role("link", name="Take back").click()
    page.fill("[name=reason]", "Not yet.")
    page.locator(".asking").get_by_role("button", name="Take back").click()
    expect(page.get_by_text("The registers are as they were before")).to_be_visible()
    work()
    see_marks(page, path, 1)
    expect(page.locator("article.story")).to_contain_text("Док»*")
    assert complaints == []


def test_small_countrys_table_is_pointed_at(agents: Register, page: Page, complaints: list[str]) -> None:
    log_in(page, make_user("Legal"))
    page.goto(reverse("admin:articles_listlayout_add"))
    page.set_input_files("[name=file]", LISTS / "table.csv")
    page.get_by_role("button", name="Show the table").click()
    point(page, "A small country", "ru-foreign-agents", column_0="name", column_1="aliases", column_2="since")
    expect(page.locator(".filters")).to_contain_text("added 23")
    assert ListFile.objects.get().layout.title == "A small country"  # type: ignore[union-attr]
    assert complaints == []
