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
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from articles.editions.figures import figures_of, ids_in
from articles.models import Article, Photo
from articles.publishing import publish
from tests.admin.test_article_form import picture
from tests.browser.desk import EDITOR, PASTE, begin_article, drop, log_in, save, settle, until
from tests.browser.test_photos_desk import picture as jpeg
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
    # They load as they come into sight, which takes its time.
    until(page, "[...document.querySelectorAll('.gallery img')].every(one => one.complete && one.naturalWidth)")
    assert page.evaluate(SHIFTS) == 0
    assert faults(page) == []
    assert [one for one in complaints if "422" not in one] == []  # of the file that is no picture


def test_search_that_answers_late_leaves_what_was_said_of_a_file(editor: User, page: Page) -> None:
    log_in(page, editor)
    begin_article(page, category="Courts", body="<p>First</p>", fields={"headline": "The port"})
    settle(page)
    page.locator(f"{EDITOR} p").first.click()
    page.keyboard.press("Control+Alt+p")
    dialog = page.get_by_role("dialog", name="Photos in the text")
    expect(dialog.get_by_role("button", name="The old pier")).to_be_visible()
    held = list[Route]()
    page.route("**/photo/choose/**", lambda route: held.append(route))
    with page.expect_request("**/photo/choose/**"):
        dialog.get_by_label("Search by words").fill("nobody")
    dialog.get_by_label("Upload, also several").set_input_files(
        [{"name": "no.png", "mimeType": "image/png", "buffer": b"no"}]
    )
    told = dialog.locator("[data-part=told]")
    expect(told).to_contain_text("no.png This is not a")
    held[0].continue_()
    expect(dialog.get_by_role("button", name="The old pier")).to_have_count(0)
    expect(told).to_contain_text("no.png This is not a")
    page.unroute_all()
    dialog.get_by_label("Search by words").fill("pier")
    expect(told).to_have_text("")


COUNTED = """() => {
  window.acts = [];
  const count = ({ key, ctrlKey, type }) => {
    if (type !== "keydown" || (ctrlKey && key.length === 1)) acts.push(key || type);
  };
  for (const kind of ["click", "drop", "keydown"]) addEventListener(kind, count, true);
}"""


def test_twenty_photos_are_taken_in_described_and_placed_in_three_acts_beside_the_typing(
    editor: User, page: Page
) -> None:
    log_in(page, editor)
    begin_article(page, category="Courts", body="<p>First</p>", fields={"headline": "The port"})
    settle(page)
    page.locator(f"{EDITOR} p").first.click()
    page.evaluate(COUNTED)
    page.keyboard.press("Control+Alt+p")
    dialog = page.get_by_role("dialog", name="Photos in the text")
    dialog.get_by_label("Who made them").fill("Anna Tern")
    drop(page, "#figure-dialog", *[(f"pier {number}.jpg", jpeg(number)) for number in range(20)])
    expect(dialog.locator("[data-part=told]")).to_have_text("Taken in: 20.")
    for number, item in enumerate(dialog.locator(".chosen li").all()):
        item.locator("[name=caption]").fill(f"Pier number {number}")
        item.locator("[name=alt]").fill(f"A pier, seen from the sea, {number}")
    dialog.get_by_role("button", name="Put into the text").click()
    expect(page.locator(f"{FIGURES}.several .photo")).to_have_count(20)
    assert page.evaluate("acts") == ["p", "drop", "click"]
    save(page)
    article, new = Article.objects.get(), list(Photo.objects.filter(credit="Anna Tern", file_name__startswith="pier "))
    assert {one.pk for one in new} <= set(ids_in(article.body)) and len(new) == 20
    assert {one["caption"] for one in figures_of(article)} == {f"Pier number {number}" for number in range(20)}


def test_figures_are_moved_by_mouse_and_keys_opened_by_enter_and_made_a_gallery(editor: User, page: Page) -> None:
    one, two = Photo.objects.get(), photo("blue", caption_en="The quay", credit="Anna Tern")
    log_in(page, editor)
    begin_article(page, category="Courts", body="<p>First</p><p>Second</p>", fields={"headline": "The port"})
    settle(page)
    page.evaluate(PASTE, f'<p>Third</p><figure data-photo="{one.pk}"></figure>')
    shown = page.locator(FIGURES)
    expect(shown.locator("img")).to_be_visible()
    first = page.locator(f"{EDITOR} p", has_text="First")
    shown.locator("img").drag_to(first, target_position={"x": 4, "y": 2})
    expect(page.locator(f"{EDITOR} > *").first).to_contain_text("The old pier")
    shown.locator("img").click()
    for key, place in (("Alt+ArrowDown", 1), ("Alt+ArrowDown", 2), ("Alt+ArrowUp", 1)):
        page.keyboard.press(key)
        expect(page.locator(f"{EDITOR} > *").nth(place)).to_contain_text("The old pier")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Photos in the text")
    expect(dialog.get_by_label("Caption in this article")).to_be_focused()
    dialog.get_by_role("button", name="The quay").press("Enter")
    dialog.get_by_role("radio", name="wide").check()
    dialog.get_by_role("button", name="Change", exact=True).press("Enter")
    expect(page.locator(f"{FIGURES}.several")).to_have_attribute("data-align", "wide")
    save(page)
    gallery = f'<figure data-photo="{one.pk} {two.pk}" data-align="wide"></figure>'
    assert Article.objects.get().body.startswith(f"<p>First</p>{gallery}<p>Second")
    shown.locator("img").first.click()
    page.keyboard.press("Enter")
    dialog.get_by_role("radio", name="one below the other").check()
    dialog.get_by_role("button", name="Change", exact=True).press("Enter")
    expect(page.locator(FIGURES)).to_have_count(2)


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
