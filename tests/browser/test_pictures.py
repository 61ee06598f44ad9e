"""Pictures in a browser: what a phone loads and what not, that nothing moves, that the whole picture is reachable."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.baking import make_renditions
from articles.pagemap import media_path
from articles.publishing import publish
from tests.browser.desk import until
from tests.builders import make_article, make_newsroom, make_user
from tests.photos.shots import flat, portrait


@pytest.fixture
def story(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """Six articles with photos, of which all is made; the address of one with a portrait, the newest."""
    with override_settings(MEDIA_ROOT=tmp_path / "media", PAGES_DIR=tmp_path / "pages"):
        make_newsroom()
        by, colours = make_user("Managing editor"), ("teal", "olive", "navy", "maroon", "gray")
        for number, colour in enumerate(colours):
            photo = flat((500, 400) if number else (1600, 1000), colour, alt_en="A view")
            publish(make_article(f"story-{number}", lead_photo=photo), by=by, at=timezone.now())
        release = publish(make_article(lead_photo=portrait(alt_en="A face")), by=by, at=timezone.now())
        while make_renditions(timezone.now()):
            pass
        yield f"/en/{release.published_date:%Y/%m/%d}/dunes/"


def test_a_phone_loads_small_files_and_hidden_ones_not_at_all(
    chromium: Browser, live_server: LiveServer, story: str
) -> None:
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 390, "height": 800})
    page, asked = context.new_page(), []
    page.on("request", lambda one: asked.append(one.url) if "/media/" in one.url else None)
    page.goto("/en/", wait_until="networkidle")
    page.locator(".desk img").last.scroll_into_view_if_needed()
    expect(page.locator(".desk img").last).to_have_js_property("complete", True)
    assert {one.rpartition("/")[2].partition("-")[0] for one in asked} == {"wide", "standard"}
    assert len(asked) == 2  # the first story's and the category's first; those of the other leads are hidden
    assert all(one.endswith(".avif") for one in asked)
    context.close()


def chosen(page: Page, image: Locator, name: str) -> None:
    """Wait until the image shows the file of this name: another one stands there until the browser has chosen anew."""
    shown = "([image, name]) => image.complete && image.currentSrc.includes(name)"
    until(page, shown, [image.element_handle(), name])


def test_a_list_shows_squares_beside_the_words_on_a_phone(page: Page, story: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/en/news/")
    image, words = page.locator(".list .pictured img").first, page.locator(".list .pictured .words").first
    chosen(page, image, "/square-")
    shown, beside = image.bounding_box(), words.bounding_box()
    assert shown and beside and abs(shown["y"] - beside["y"]) < 2 and shown["x"] > beside["x"]
    page.set_viewport_size({"width": 1280, "height": 900})
    chosen(page, image, "/standard-")


def test_an_article_shows_the_whole_portrait_and_leads_to_it(page: Page, story: str) -> None:
    page.goto(story)
    image = page.locator(".lead-photo img")
    box = image.bounding_box()
    assert box and box["width"] <= 600  # never wider than it is
    assert image.evaluate("image => getComputedStyle(image).objectFit") == "contain"
    assert "/whole-" in image.evaluate("image => image.currentSrc")
    page.get_by_role("link", name="A face").press("Enter")
    page.wait_for_url(f"**{media_path('')}*.jpg")


def test_nothing_moves_while_pictures_come(page: Page, story: str) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(one => window.moved += one.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for path in (story, "/en/", "/en/news/"):
        page.goto(path, wait_until="networkidle")
        assert page.evaluate("window.moved") == 0, path


@pytest.mark.parametrize(
    ("width", "points", "wide"),
    [(390, 2, 720), (390, 3, 720), (768, 1, 720), (768, 2, 1080), (768, 3, 1080), (844, 3, 1080), (1280, 1, 1080)],
)
def test_a_fine_screen_in_the_hand_loads_no_more_than_is_seen(
    chromium: Browser, live_server: LiveServer, story: str, width: int, points: int, wide: int
) -> None:
    screen = {"width": width, "height": 800}
    context = chromium.new_context(base_url=live_server.url, viewport=screen, device_scale_factor=points)
    page = context.new_page()
    page.goto(story.replace("/dunes/", "/story-0/"))
    image = page.locator(".lead-photo img")
    chosen(page, image, f"/whole-{wide}-")
    context.close()
