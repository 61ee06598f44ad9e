"""The registers desk in a real browser: import, impact, apply, the archive and the feed follow, take back."""

from pathlib import Path

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles import baking
from articles.models import Batch, JobRun, Organization
from articles.publishing import publish
from tests.browser.desk import log_in
from tests.builders import make_article, make_newsroom, make_user
from tests.interchange.conftest import HEADER

ROWS = "17;Круг пеликанов;Pelican Circle;15.01.2026;;\n"
MAP = """{"columns": {"key": "No", "name_ru": "Наименование", "name_en": "Name", "since": "Since", "until": "Until"},
 "delimiter": ";", "dates": "%d.%m.%Y", "key_prefix": "agents-", "ignore": ["Remark"], "encoding": "cp1251"}"""
MARKED = "Pelican Circle*"


def work() -> None:
    """Do what the worker does: relabel, then store the pages."""
    while baking.work_relabels(timezone.now):
        pass
    baking.tick(timezone.now())


def test_register_is_imported_applied_and_taken_back(
    live_server: object, page: Page, complaints: list[str], tmp_path: Path
) -> None:
    make_newsroom()
    legal: User = make_user("Legal")
    article = make_article(headline="The Pelican Circle meets", summary="", body="<p>The Pelican Circle met.</p>")
    release = publish(article, by=make_user("Editor"), at=timezone.now())
    work()
    path = f"{release.published_date:/en/%Y/%m/%d}/{article.slug}/"
    day = f"{release.published_date:/en/archive/%Y/%m/%d/}"
    page.goto(path)
    expect(page.locator("article.story sup.mark")).to_have_count(0)

    log_in(page, legal)
    see_import(page, tmp_path)
    see_impact(page)
    work()
    expect(page.locator("#batch")).to_contain_text("done")
    expect(page.locator("#batch .figures")).to_contain_text("1")
    assert JobRun.objects.get(job="relabel").state == "done"
    see_reader(page, path, day, marked=True)

    page.goto(reverse("admin:articles_batch_change", args=[Batch.objects.get().pk]))
    page.get_by_role("link", name="Take back").click()
    page.fill("[name=reason]", "The keeper has withdrawn it.")
    page.locator(".asking").get_by_role("button", name="Take back").click()
    expect(page.get_by_text("The registers are as they were before")).to_be_visible()
    work()
    expect(page.locator("#batch")).to_contain_text("done")
    see_reader(page, path, day, marked=False)
    page.goto(reverse("admin:articles_registerversion_changelist"))
    expect(page.locator("#result_list")).to_contain_text("The keeper has withdrawn it.")
    assert complaints == []


def see_import(page: Page, folder: Path) -> None:
    """Offer a file in an old encoding, see what it would do, give a reason, store it."""
    (folder / "list.csv").write_bytes((HEADER + ROWS).encode("cp1251"))
    (folder / "map.json").write_text(MAP, encoding="utf-8")
    page.goto(reverse("admin:articles_registerimport_add"))
    page.select_option("[name=register]", label="test-agents")
    page.set_input_files("[name=file]", folder / "list.csv")
    page.set_input_files("[name=mapping]", folder / "map.json")
    page.get_by_role("button", name="See what it would do").click()
    expect(page.locator(".alarm")).to_contain_text("would be lost")
    expect(page.locator(".entries.added")).to_contain_text("Pelican Circle")
    assert not Organization.objects.filter(key="agents-17").exists()
    page.go_back()
    page.select_option("[name=register]", label="test-agents")
    page.set_input_files("[name=file]", folder / "list.csv")
    page.set_input_files("[name=mapping]", folder / "map.json")
    page.get_by_text("The file holds only a part of the register").click()
    page.get_by_role("button", name="See what it would do").click()
    expect(page.locator(".alarm")).to_have_count(0)
    page.get_by_role("button", name="Store it").click()


def see_impact(page: Page) -> None:
    """See what waits and what it would do, then apply it with a reason."""
    expect(page.get_by_text("Stored.")).to_be_visible()
    expect(page.locator(".entries.added")).to_contain_text("Pelican Circle")
    expect(page.locator("#impact .samples ins").first).to_have_text(MARKED)
    expect(page.locator("#impact .marks").first).to_contain_text("0 → 2")
    page.fill("#impact [name=reason]", "Order 12 of the keeper.")
    page.locator("#impact").get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Applied.")).to_be_visible()


def see_reader(page: Page, path: str, day: str, *, marked: bool) -> None:
    """See the marks and the note, or none, in the article, in its day of the archive, and in the feed."""
    page.goto(path)
    expect(page.locator("article.story sup.mark")).to_have_count(2 if marked else 0)
    expect(page.locator("article.story .legal-note")).to_have_count(1 if marked else 0)
    page.goto(day)
    expect(page.locator("main section.list").first.locator("sup.mark")).to_have_count(1 if marked else 0)
    feed = page.request.get("/en/feed.xml").text()
    assert ("The Pelican Circle* meets" in feed) == marked
    assert ("listed as foreign agents" in feed) == marked
