"""A keeper's list at the desk in a real browser: pointed at once, confirmed, applied; two weeks later; taken back."""

from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import baking
from articles.models import Batch, Designation, KeeperLine, ListFile, ListLayout, ListRow, Register
from articles.publishing import publish
from tests.browser.conftest import PATIENCE
from tests.browser.desk import log_in, settle
from tests.builders import make_article, make_newsroom, make_user

TITLE = "Liste des Îles\n\n"
HEADER = "Organisme;Inscrit le;Né le;Fin\n"
PELICANS = '"Pelican Circle (Круг пеликанов)";05.03.2021;01.02.1970;\n'
TERNS = "Society of the Tern;06.03.2021;;\n"
CRABS = "Crab League;07.03.2021;;\n"
FIRST = TITLE + HEADER + PELICANS + TERNS + CRABS
NEXT = (
    TITLE
    + HEADER
    + '"Pelican Circle (Круг пеликанов)";05.03.2021;01.02.1970;01.10.2026\n'
    + TERNS
    + "Heron Union;20.10.2026;;\n"
)


@pytest.fixture
def legal(no_words: None) -> User:
    make_newsroom()
    Designation.objects.filter(register__key="test-agents").delete()
    return make_user("Legal")


def work() -> None:
    """Do what the worker does: relabel, then store the pages."""
    while baking.work_relabels(timezone.now):
        pass
    baking.tick(timezone.now())


def saved(folder: Path, text: str, name: str = "liste.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode("cp1251", "replace") if name.endswith("1251.csv") else text.encode())
    return path


def offer(page: Page, path: Path) -> None:
    page.goto(reverse("admin:articles_listfile_add"))
    page.set_input_files("[name=file]", path)
    page.get_by_role("button", name="See what is new").click()


def point(page: Page, title: str, register: str, **columns: str) -> None:
    """Choose over each column what it holds, see the first lines, keep the layout, go on with the same file."""
    expect(page.locator("#drawing")).to_be_visible()
    for column, role in columns.items():
        page.select_option(f"#{column.replace('_', '-')}", role)
    expect(page.locator("#tried")).to_contain_text("5 March 2021")
    expect(page.locator("#tried")).not_to_contain_text("1970")
    page.fill("#drawing [name=title]", title)
    page.select_option("#drawing [name=register]", label=register)
    page.get_by_role("button", name="Keep the layout").click()
    page.get_by_role("button", name="Go on with this file").click()
    expect(page.locator(".file-head")).to_be_visible()


def go_to(page: Page, step: str) -> None:
    page.locator(".steps").get_by_role("link", name=step).click()
    expect(page.locator(".steps [aria-current]")).to_contain_text(step)


def store_and_apply(page: Page, reason: str) -> None:
    """See what would be stored, store it, see what it would do to the archive, apply it."""
    go_to(page, "Store")
    if page.locator("[name=reason]").count():
        page.fill("[name=reason]", reason)
    page.get_by_role("button", name="Store it").click()
    expect(page.get_by_text("Stored.")).to_be_visible()
    page.fill("#impact [name=reason]", reason)
    page.locator("#impact").get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Applied.")).to_be_visible()
    work()


def see_marks(page: Page, path: str, count: int) -> None:
    page.goto(path)
    expect(page.locator("article.story sup.mark")).to_have_count(count)


def test_list_is_pointed_at_confirmed_applied_renewed_and_taken_back(
    legal: User, page: Page, complaints: list[str], tmp_path: Path
) -> None:
    article = make_article(
        headline="Harbour news", summary="", body="<p>The Pelican Circle met.</p><p>The Heron Union did not.</p>"
    )
    release = publish(article, by=make_user("Editor"), at=timezone.now())
    work()
    path = f"{release.published_date:/en/%Y/%m/%d}/{article.slug}/"
    see_marks(page, path, 0)
    log_in(page, legal)

    offer(page, saved(tmp_path, FIRST))
    expect(page.locator("#beneath [role=alert]")).to_contain_text("It fits no layout")
    point(page, "Isles", "test-agents", column_0="name", column_1="since", column_2="private", column_3="until")
    expect(page.locator(".rows > .added")).to_have_count(3)
    assert not KeeperLine.objects.exists()

    go_to(page, "Names")
    expect(page.locator("#counting, #counted")).to_have_count(0)
    first = page.locator(".names-row").first
    expect(first.locator(".official")).to_contain_text("Pelican Circle")
    expect(first).to_contain_text("in 1 article")
    first.get_by_role("button", name="Confirm", exact=True).click()
    expect(first).to_contain_text("confirmed: legal")
    crabs = page.locator(".names-row", has_text="Crab League")
    crabs.get_by_label("take “Crab League”").uncheck()
    crabs.get_by_role("button", name="Confirm", exact=True).click()
    expect(crabs).to_contain_text("matches no text")
    expect(page.locator("#unconfirmed-count")).to_contain_text("1 line")
    store_and_apply(page, "The list of March")
    see_marks(page, path, 1)

    offer(page, saved(tmp_path, NEXT, "liste-2.csv"))
    expect(page.locator(".rows > .gone")).to_contain_text("Crab League")
    page.locator(".rows > .gone").get_by_role("button", name="It is still listed").click()
    expect(page.locator("#open-count")).to_contain_text("nothing open")
    expect(page.locator(".said")).to_contain_text("legal")
    page.locator(".filters").get_by_role("link", name="ended").click()
    expect(page.locator(".rows > .ended")).to_contain_text("no longer from 1 October 2026")
    store_and_apply(page, "The list of October")
    see_marks(page, path, 1)
    expect(page.locator("article.story")).to_contain_text("Heron Union*")

    page.goto(reverse("admin:articles_batch_change", args=[Batch.objects.latest("pk").pk]))
    page.get_by_role("link", name="Take back").click()
    page.fill("[name=reason]", "A mistake of the keeper.")
    page.locator(".asking").get_by_role("button", name="Take back").click()
    expect(page.get_by_text("The registers are as they were before")).to_be_visible()
    work()
    see_marks(page, path, 1)
    expect(page.locator("article.story")).to_contain_text("Pelican Circle*")
    assert complaints == []
    assert "1970" not in repr(
        [one.data for one in ListRow.objects.all()] + [one.data for one in KeeperLine.objects.all()]
    )


def test_two_people_at_one_file(
    legal: User, page: Page, chromium: Browser, live_server: LiveServer, complaints: list[str], tmp_path: Path
) -> None:
    log_in(page, legal)
    offer(page, saved(tmp_path, FIRST))
    point(page, "Isles", "test-agents", column_0="name", column_1="since", column_2="private", column_3="until")
    file = ListFile.objects.get()
    context = chromium.new_context(base_url=live_server.url, locale="en")
    other = context.new_page()
    other.set_default_timeout(PATIENCE)
    log_in(other, make_user("Managing editor"))
    other.goto(reverse("admin:articles_listfile_store", args=[file.pk]))
    expect(other.get_by_role("button", name="Store it")).to_be_visible()

    page.goto(reverse("admin:articles_listfile_change", args=[file.pk]))
    crabs = page.locator(".rows > .added", has_text="Crab League")
    crabs.get_by_text("This is not right").click()
    crabs.get_by_role("button", name="Leave it out this time").click()
    expect(crabs.locator(".said")).to_contain_text("Leave it out this time")

    other.get_by_role("button", name="Store it").click()
    expect(other.get_by_text("This has changed since you looked: look again.")).to_be_visible()
    assert not KeeperLine.objects.exists()
    other.goto(reverse("admin:articles_listfile_change", args=[file.pk]))
    expect(other.locator(".rows > .added", has_text="Crab League").locator(".said")).to_contain_text("legal")
    go_to(other, "Store")
    other.get_by_role("button", name="Store it").click()
    expect(other.get_by_text("Stored.")).to_be_visible()

    page.reload()
    expect(page.locator(".ended-state")).to_contain_text("managing-editor")
    assert KeeperLine.objects.count() == 2
    context.close()
    assert complaints == []


def test_nothing_new_is_checked(legal: User, page: Page, complaints: list[str], tmp_path: Path) -> None:
    log_in(page, legal)
    offer(page, saved(tmp_path, FIRST))
    point(page, "Isles", "test-agents", column_0="name", column_1="since", column_2="private", column_3="until")
    page.goto(reverse("admin:articles_listfile_accept", args=[ListFile.objects.get().pk]))
    page.get_by_role("button", name="Accept all proposals").click()
    page.get_by_role("button", name="Store it").click()
    expect(page.get_by_text("Stored.")).to_be_visible()
    Register.objects.update(checked_at=None)
    offer(page, saved(tmp_path, FIRST + "\n", "again.csv"))
    expect(page.locator(".file-head")).to_be_visible()
    go_to(page, "Store")
    page.get_by_role("button", name="Checked today: nothing new").click()
    expect(page.locator(".above-form")).to_contain_text("again.csv")
    assert Register.objects.get(key="test-agents").checked_at is not None
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_whole_on_a_phone_and_axe_finds_nothing(
    legal: User, page: Page, complaints: list[str], tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    log_in(page, legal)
    offer(page, saved(tmp_path, FIRST))
    expect(page.locator("#drawing")).to_be_visible()
    look(page)
    point(page, "Isles", "test-agents", column_0="name", column_1="since", column_2="private", column_3="until")
    file = ListFile.objects.get()
    page.goto(reverse("admin:articles_listfile_accept", args=[file.pk]))
    page.get_by_role("button", name="Accept all proposals").click()
    page.get_by_role("button", name="Store it").click()
    expect(page.get_by_text("Stored.")).to_be_visible()
    offer(page, saved(tmp_path, NEXT, "liste-2.csv"))
    expect(page.locator(".file-head")).to_be_visible()
    file = ListFile.objects.get(state="waiting")
    addresses = [reverse(f"admin:articles_listfile_{name}", args=[file.pk]) for name in ("change", "names", "store")]
    addresses += [reverse(f"admin:articles_listfile_{name}", args=[file.pk]) for name in ("accept", "drop")]
    addresses += [reverse(f"admin:articles_{name}_changelist") for name in ("listfile", "listlayout")]
    addresses.append(reverse("admin:articles_listfile_change", args=[file.pk]) + "?show=all")
    addresses.append(reverse("admin:articles_listlayout_change", args=[ListLayout.objects.get(title="Isles").pk]))
    addresses.append(reverse("admin:articles_register_change", args=[file.register_id]))
    for address in addresses:
        page.goto(address)
        look(page)
    assert complaints == []


def look(page: Page) -> None:
    """See that the page fits a phone, and that axe finds nothing on it."""
    expect(page.locator("#counting, #counted")).to_have_count(0)
    settle(page)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    page.set_viewport_size({"width": 390, "height": 844})
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": 1440, "height": 1000})
    assert wide <= 390, (page.url, wide)


def test_rows_are_answered_by_keys(legal: User, page: Page, tmp_path: Path) -> None:
    log_in(page, legal)
    offer(page, saved(tmp_path, FIRST))
    point(page, "Isles", "test-agents", column_0="name", column_1="since", column_2="private", column_3="until")
    summary = page.locator(".rows > li").first.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".rows > li").first.locator(".said")).to_contain_text("Leave it out this time")
    expect(page.locator(".rows > li").first).to_be_focused()
