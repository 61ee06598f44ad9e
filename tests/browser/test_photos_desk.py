"""Photos at the desk, in a real browser: many dropped at once, described on one page, from the article's form as well;
the focal point by a click and by the keyboard; on a phone."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Photo
from articles.photos.upload import add_photo
from tests.browser.desk import EDITOR, drop, log_in, settle
from tests.builders import make_newsroom, make_user
from tests.heic import HEIC


@pytest.fixture
def editor(live_server: LiveServer, settings: Any, tmp_path: Path) -> User:
    settings.MEDIA_ROOT = tmp_path
    make_newsroom()
    return make_user("Editor")


def picture(number: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (240 + number, 160), (20 * number % 255, 90, 120)).save(out, "JPEG")
    return out.getvalue()


def test_twenty_are_dropped_described_and_saved_in_three_acts(editor: User, page: Page, complaints: list[str]) -> None:
    log_in(page, editor)
    page.goto("/admin/articles/photo/upload/")
    drop(page, "main", *[(f"pier {number}.jpg", picture(number)) for number in range(19)], ("IMG_1.HEIC", HEIC))
    page.wait_for_url("**/photo/sheet/?ids=*")
    assert Photo.objects.count() == 20
    expect(page.locator(".photo-row")).to_have_count(20)
    for number in range(20):
        page.fill(f"[name=photo-{number}-alt_en]", f"A pier, seen from the sea, {number}")
    page.fill("[name=all-credit]", "Anna Tern")
    page.fill("[name=all-licence]", "CC BY 4.0")
    page.get_by_role("button", name="Save all texts").click()
    expect(page.get_by_text("20 photos were saved.")).to_be_visible()
    assert set(Photo.objects.values_list("credit", "licence")) == {("Anna Tern", "CC BY 4.0")}
    assert len(set(Photo.objects.values_list("alt_en", flat=True))) == 20
    assert complaints == []


def test_bad_files_say_why_at_their_place_and_the_others_go_on(editor: User, page: Page) -> None:
    add_photo(io.BytesIO(picture(1)), caption_en="The old pier")
    log_in(page, editor)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/admin/articles/photo/upload/")
        given = [
            ("svg.jpg", b"<svg/>"),
            ("same.jpg", picture(1)),
            ("cut.jpg", picture(3)[:300]),
            ("sea.jpg", picture(width)),
        ]
        drop(page, "main", *given)
        expect(page.get_by_role("status").filter(has_text="2 of 4 are here. 2 could not be used")).to_be_visible()
        rows = page.locator(".uploads li")
        expect(rows.nth(0)).to_contain_text("SVG files are not accepted")
        expect(rows.nth(1).get_by_role("link", name="The old pier")).to_be_visible()
        expect(rows.nth(2)).to_contain_text("damaged")
        expect(rows.nth(3)).to_contain_text("Is here")
        onward = page.get_by_role("link", name="Write the texts of these photos")
        expect(onward).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        onward.press("Enter")
        expect(page.locator(".photo-row")).to_have_count(2)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_the_script_they_are_chosen_in_the_form(editor: User, page: Page) -> None:
    log_in(page, editor)
    page.route("**/photo-upload*.js", lambda route: route.abort())
    page.goto("/admin/articles/photo/upload/")
    chosen = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": picture(n)} for n in range(3)]
    page.set_input_files("#id_photos", chosen)  # type: ignore[arg-type]
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".photo-row")).to_have_count(3)


def test_focal_point_is_clicked_typed_and_shown_in_the_crops(editor: User, page: Page) -> None:
    photo = add_photo(io.BytesIO(picture(2)), alt_en="A pier")
    log_in(page, editor)
    for width, share in ((1280, 0.25), (390, 0.75)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/admin/articles/photo/{photo.pk}/change/")
        image = page.locator(".focal img.picture")
        image.scroll_into_view_if_needed()
        box = image.bounding_box()
        assert box is not None
        image.click(position={"x": box["width"] * share, "y": box["height"] * 0.5})
        assert abs(float(page.input_value("#id_focal_x")) - share) < 0.02
        square = page.locator(".crop[data-ratio='1'] img")
        before = square.evaluate("one => one.style.left")
        page.fill("#id_focal_x", "0.5")
        assert square.evaluate("one => one.style.left") != before
        page.fill("#id_focal_x", str(share))
        page.locator("button[name=_save]").click()
        expect(page.locator("#result_list")).to_be_visible()
        photo.refresh_from_db()
        assert abs(photo.focal_x - share) < 0.02


def test_photos_come_in_from_the_articles_form_while_the_text_stays(editor: User, page: Page) -> None:
    log_in(page, editor)
    page.goto("/admin/articles/article/add/")
    page.wait_for_selector(EDITOR)
    settle(page)
    page.fill("[name=headline]", "The pier")
    page.evaluate("document.addEventListener('newsroom:photos', (event) => { window.heard = event.detail.ids; })")
    drop(page, ".photo-drop", *[(f"{n}.jpg", picture(n)) for n in range(3)])
    window = page.frame_locator("#photo-window iframe")
    expect(window.locator(".photo-row")).to_have_count(3)
    window.locator("[name=photo-0-alt_en]").fill("A pier")
    window.get_by_role("button", name="Save all texts").click()
    expect(page.get_by_text("The photos are among the own photos now")).to_be_visible()
    page.wait_for_function("window.heard")
    assert page.evaluate("window.heard") == list(Photo.objects.order_by("pk").values_list("pk", flat=True))
    expect(page.locator("[name=headline]")).to_have_value("The pier")
    page.get_by_role("button", name="Upload several photos").press("Enter")
    expect(window.locator("#id_photos")).to_be_attached()
    page.keyboard.press("Escape")
    expect(page.locator("#photo-window")).to_be_hidden()
    expect(page.get_by_role("button", name="Upload several photos")).to_be_focused()
