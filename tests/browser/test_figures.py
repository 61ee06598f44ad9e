"""Photos in the text, from the editor to a reader's phone: put in, said something of, moved, saved, published, read."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Photo
from articles.publishing import publish
from tests.admin.test_article_form import picture
from tests.browser.desk import EDITOR, PASTE, begin_article, log_in, save, settle
from tests.builders import make_newsroom, make_user
from tests.figures import photo

FIGURES = f"{EDITOR} .photo-figure"
SHIFTS = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().length))
  .observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 500))"""


@pytest.fixture
def editor(live_server: LiveServer, tmp_path: Path) -> Iterator[User]:
    with override_settings(MEDIA_ROOT=tmp_path / "media", PAGES_DIR=tmp_path / "pages"):
        make_newsroom()
        photo(caption_en="The old pier", credit="Anna Tern")
        yield make_user("Editor")


def faults(page: Page) -> list[str]:
    return [one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]


def test_photos_are_put_in_with_words_moved_saved_published_and_read(
    editor: User, page: Page, complaints: list[str]
) -> None:
    log_in(page, editor)
    begin_article(
        page, category="Courts", body="<p>First</p><p>Second</p><p>Third</p>", fields={"headline": "The port"}
    )
    settle(page)
    page.locator(f"{EDITOR} p").first.click()
    page.keyboard.press("Control+Alt+p")
    dialog = page.get_by_role("dialog", name="Photos in the text")
    expect(dialog.get_by_label("Search by words")).to_be_focused()
    page.keyboard.type("pier")
    dialog.get_by_role("button", name="The old pier").click()
    file = {"name": "new.png", "mimeType": "image/png", "buffer": picture()}
    dialog.get_by_label("Upload, also several").set_input_files([file | {"name": "no.png", "buffer": b"no"}])
    expect(dialog.locator("[data-part=told]")).to_contain_text("no.png This is not a")
    expect(dialog.get_by_label("Who made them")).to_have_value("")  # not the name of a file
    dialog.get_by_label("Who made them").fill("Boris Gull")
    dialog.get_by_label("Upload, also several").set_input_files([file])
    expect(dialog.locator(".chosen li")).to_have_count(2)
    dialog.get_by_label("Caption in this article").first.fill("A pier of the GDL")
    assert faults(page) == []
    dialog.get_by_role("button", name="Put into the text").click()
    expect(page.locator(FIGURES)).to_contain_text("A pier of the GDL")
    expect(page.locator(f"{FIGURES} .live-mark")).to_have_text("GDL")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(f"{EDITOR} > *").nth(2)).to_have_class(re.compile("photo-figure|react"))
    assert faults(page) == []
    save(page)
    one, new = Photo.objects.order_by("pk")
    article = Article.objects.get()
    assert article.body == f'<p>First</p><p>Second</p><figure data-photo="{one.pk} {new.pk}"></figure><p>Third</p>'
    assert new.credit == "Boris Gull"
    day = publish(article, by=editor, at=timezone.now()).published_date
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"/en/{day:%Y/%m/%d}/the-port/")
    expect(page.locator(".gallery figcaption").first).to_contain_text("A pier of the GDL*")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(
        "[...document.querySelectorAll('.gallery img')].every(one => one.complete && one.naturalWidth)"
    )
    assert page.evaluate(SHIFTS) == 0
    assert faults(page) == []
    assert [one for one in complaints if "422" not in one] == []  # of the file that is no picture


def test_a_picture_that_is_pasted_with_its_bytes_becomes_a_photo(editor: User, page: Page) -> None:
    log_in(page, editor)
    data = base64.b64encode(picture()).decode()
    body = f'<p>First</p><p><img src="data:image/png;base64,{data}"> and <img src="https://far.example/a.png"></p>'
    begin_article(page, category="Courts", body=body, fields={"headline": "The port"})
    settle(page)
    expect(page.locator(f"{FIGURES} img")).to_be_visible()
    expect(page.locator(".left-out")).to_contain_text("A picture was left out: it lies elsewhere")
    save(page)
    new = Photo.objects.order_by("-pk")[0]
    assert Article.objects.get().body == f'<p>First</p><figure data-photo="{new.pk}"></figure><p> and </p>'
    page.locator(f"{FIGURES} img").click()
    page.keyboard.press("Delete")
    expect(page.locator(FIGURES)).to_have_count(0)
    page.evaluate(PASTE, f'<figure data-photo="{new.pk}" data-align="left"><figcaption>foreign</figcaption></figure>')
    expect(page.locator(f"{FIGURES}[data-align=left]")).to_have_count(1)
    expect(page.locator(EDITOR)).not_to_contain_text("foreign")
