"""An editor builds the front page of a busy day, by dragging, by keyboard, on a phone; and what readers see of it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import FrameLocator, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Category, Event, Site, Spot
from articles.publishing import arrange, publish, schedule, sheet_of
from articles.publishing.front import BreakingText, Placed, Sheet
from tests.browser.desk import log_in, settle
from tests.builders import make_article, make_newsroom, make_user
from tests.photos.shots import flat

DESK = "/admin/articles/frontpage/"
CATEGORIES = ("politics", "courts", "sea", "sport", "arts")
SUMMARY = "The GDL met at the harbour, and nobody who was asked wanted to say what about."
WIDTHS = {"desktop": (1280, 1000), "phone": (390, 844)}


@pytest.fixture
def editor(live_server: LiveServer, tmp_path: Path) -> Iterator[User]:
    with override_settings(MEDIA_ROOT=tmp_path / "media", PAGES_DIR=tmp_path / "pages"):
        yield make_editor()


def make_editor() -> User:
    make_newsroom()
    for slug in CATEGORIES[2:]:
        Category.objects.get_or_create(slug=slug, defaults={"name_en": slug.title(), "name_ru": slug})
    return make_user("Editor")


def fill(editor: User, number: int, language: str = "en", *, pictured: int = 0) -> list[Article]:
    """Publish so many articles, the newest last; `pictured`: each so manieth has a picture."""
    now, made = timezone.now(), []
    photo = flat((600, 400), "teal", alt_en="A view") if pictured else None
    for at in range(number):
        words: dict[str, Any] = {"headline": f"Story {at} of the day", "summary": SUMMARY, "body": "<p>Rain.</p>"}
        words["lead_photo"] = photo if pictured and at % pictured == 0 else None
        slug, category = f"{language}-{at}", CATEGORIES[at % len(CATEGORIES)]
        made.append(make_article(slug, language=language, category=category, **words))
        publish(made[-1], by=editor, at=now - timedelta(minutes=number - at))
    return made


def slot(page: Page, key: str) -> Locator:
    return page.locator(f"[data-place='{key}']").first


def chip(page: Page, headline: str) -> Locator:
    return page.locator(".front-found li", has_text=headline)


def shown(page: Page) -> FrameLocator:
    return page.frame_locator(".front-preview iframe")


def open_desk(page: Page, editor: User) -> None:
    log_in(page, editor)
    page.goto(DESK)
    settle(page)
    expect(page.locator("#front-desk[data-printed]")).to_be_attached()


def see_no_fault(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def store(page: Page) -> None:
    page.get_by_role("button", name="Store").click()
    expect(page.locator(".front-state")).to_contain_text("Stored.")


def lead(place: Locator) -> Locator:
    return place.locator(".slot-headline")


def test_the_page_of_a_busy_day_by_dragging(editor: User, page: Page, complaints: list[str]) -> None:
    made = fill(editor, 30)
    schedule(
        make_article("later", headline="What comes later"),
        by=editor,
        at=timezone.now(),
        live_at=timezone.now() + timedelta(hours=3),
    )
    open_desk(page, editor)
    expect(lead(slot(page, "lead.0.0"))).to_have_text("Story 29 of the day")  # by rule

    chip(page, "Story 3 of the day").drag_to(slot(page, "lead.0.0"))
    expect(lead(slot(page, "lead.0.0"))).to_have_text("Story 3 of the day")
    expect(shown(page).locator(".leads h3").first).to_have_text("Story 3 of the day")
    chip(page, "Story 8 of the day").drag_to(slot(page, "banner.0.0"))
    expect(shown(page).locator(".banner h3")).to_have_text("Story 8 of the day")
    slot(page, "lead.0.0").drag_to(slot(page, "second.0.2"))  # from one place to another
    expect(lead(slot(page, "lead.0.0"))).to_have_text("Story 29 of the day")
    politics = Category.objects.get(slug="politics").pk
    chip(page, "Story 3 of the day").drag_to(slot(page, f"box.{politics}.0"))  # it is of another category
    expect(lead(slot(page, "second.0.2"))).to_have_text("Story 3 of the day")
    chip(page, "What comes later").drag_to(slot(page, "second.0.0"))
    expect(slot(page, "second.0.0").locator("[data-says]")).to_contain_text("until then the rule")

    page.get_by_label("Text; empty for none").fill("The Grey Dune League has left the port")
    page.get_by_label("Leads to").fill("/en/category/courts/")
    page.get_by_label("Leads to").blur()
    expect(shown(page).locator(".breaking")).to_contain_text("Grey Dune League*")
    see_no_fault(page)
    assert sheet_of("en", timezone.now()) == Sheet(), "nothing is stored before they say so"
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Leads to")).to_have_value("")
    store(page)

    places = sheet_of("en", timezone.now()).places
    later = Article.objects.get(slug="later")
    assert {place.key: one.article for place, one in places.items()} == {
        "banner.0.0": made[8].pk,
        "second.0.2": made[3].pk,
        "second.0.0": later.pk,
    }
    assert Event.objects.filter(kind="front place").count() == 3
    page.goto("/en/")
    expect(page.locator(".banner h3")).to_have_text("Story 8 of the day")
    expect(page.locator(".breaking")).to_contain_text("The Grey Dune League* has left the port")
    expect(page.locator(".wire li").first).to_contain_text("Story 29 of the day")
    see_no_fault(page)
    assert [one for one in complaints if not one.startswith("Blocked script execution")] == []


@pytest.mark.parametrize("device", WIDTHS)
def test_the_same_by_keyboard_at_both_widths(editor: User, page: Page, complaints: list[str], device: str) -> None:
    made = fill(editor, 12)
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS[device], strict=True)))  # type: ignore[arg-type]
    open_desk(page, editor)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing stands beside the screen"
    expect(slot(page, "banner.0.0").locator("[data-headline]")).to_have_text("nothing")
    expect(slot(page, "banner.0.0").get_by_role("button")).to_have_count(0)  # there is nothing to move
    expect(slot(page, "lead.0.0").get_by_role("button")).to_have_count(3)
    page.get_by_role("link", name="To the preview").press("Enter")
    expect(page.locator(".front-preview")).to_be_in_viewport()
    page.get_by_label("Words of the headline").focus()
    page.keyboard.type("story 2")
    expect(page.locator(".front-found li")).to_have_count(1)
    chip(page, "Story 2 of the day").get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(slot(page, "banner.0.0").get_by_role("button", name="Put here")).to_be_focused()
    page.keyboard.press("Escape")
    expect(slot(page, "banner.0.0").get_by_role("button", name="Put here")).to_be_hidden()
    chip(page, "Story 2 of the day").get_by_role("button").press("Enter")
    slot(page, "second.0.0").get_by_role("button", name="Put here").press("Enter")
    expect(slot(page, "second.0.0")).to_be_focused()
    slot(page, "second.0.0").get_by_role("button", name="Up").press("Enter")
    expect(lead(slot(page, "lead.0.0"))).to_have_text("Story 2 of the day")
    expect(slot(page, "lead.0.0")).to_be_focused()  # it goes no further up
    soon = timezone.localtime(timezone.now() + timedelta(days=1), Site.current().zone)
    slot(page, "lead.0.0").get_by_label("Holds until").fill(f"{soon - timedelta(days=2):%Y-%m-%dT%H:%M}")
    expect(slot(page, "lead.0.0").locator("[data-says]")).to_have_text("The moment until which it holds is past.")
    slot(page, "lead.0.0").get_by_label("Holds until").fill(f"{soon:%Y-%m-%dT%H:%M}")
    expect(slot(page, "lead.0.0").locator("[data-says]")).to_be_hidden()
    slot(page, "lead.0.0").get_by_role("button", name="Move elsewhere").press("Enter")
    slot(page, "second.0.3").get_by_role("button", name="Put here").press("Enter")
    slot(page, "second.0.3").get_by_role("button", name="Back to the rule").press("Enter")
    expect(lead(slot(page, "second.0.3"))).not_to_have_text("Story 2 of the day")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(lead(slot(page, "lead.0.0"))).to_have_text("Story 2 of the day")
    see_no_fault(page)
    page.get_by_role("button", name="Store").press("Enter")
    expect(page.locator(".front-state")).to_contain_text("Stored.")
    [(place, one)] = sheet_of("en", timezone.now()).places.items()
    assert (place.key, one.article) == ("lead.0.0", made[2].pk)
    assert one.until is not None and abs((one.until - soon).total_seconds()) < 61
    assert [one for one in complaints if not one.startswith("Blocked script execution")] == []


def test_two_editors_are_told_and_lose_nothing(editor: User, page: Page) -> None:
    made = fill(editor, 6)
    open_desk(page, editor)
    other = make_user("Managing editor")
    at = timezone.now()
    beside = {Spot("lead", 0, 0): Placed(made[0].pk), Spot("second", 0, 3): Placed(made[1].pk)}
    arrange("en", Sheet(), Sheet(beside, BreakingText("Theirs")), by=other, at=at)

    chip(page, "Story 4 of the day").drag_to(slot(page, "lead.0.0"))
    with page.expect_response(lambda one: "preview" in one.url):  # which says nothing of what storing has said
        page.get_by_role("button", name="Store").click()
    expect(page.frame_locator(".front-preview iframe").locator("body")).to_contain_text("Theirs")
    expect(page.get_by_role("alert")).to_contain_text("Somebody else")
    expect(slot(page, "lead.0.0").locator("[data-says]")).to_contain_text("Story 0 of the day (managing-editor)")
    expect(lead(slot(page, "lead.0.0"))).to_have_text("Story 4 of the day")
    expect(lead(slot(page, "second.0.3"))).to_have_text("Story 1 of the day")
    expect(page.get_by_label("Text; empty for none")).to_have_value("Theirs")
    slot(page, "lead.0.0").get_by_role("button", name="Take theirs").click()
    expect(lead(slot(page, "lead.0.0"))).to_have_text("Story 0 of the day")
    page.get_by_role("button", name="Undo").click()
    store(page)
    stands = {place.key: one.article for place, one in sheet_of("en", timezone.now()).places.items()}
    assert stands == {"lead.0.0": made[4].pk, "second.0.3": made[1].pk}


# Rows of a grid: how far the right edge of each lies from that of the grid.
EDGES = """css => [...document.querySelectorAll(css)].flatMap(grid => {
  const right = grid.getBoundingClientRect().right, rows = new Map();
  for (const one of grid.children) {
    const box = one.getBoundingClientRect();
    if (box.height > 1) rows.set(Math.round(box.top), Math.max(rows.get(Math.round(box.top)) || 0, box.right));
  }
  return [...rows.values()].map(edge => Math.round(right - edge));
})"""


# How much of a container is white: beneath what is shorter than the rest of its row.
WHITE = """css => [...document.querySelectorAll(css)].map(whole => {
  const box = one => one.getBoundingClientRect(), parts = one => [...one.querySelectorAll("a, p, li, img")].map(box);
  const ends = one => Math.max(box(one).top, ...parts(one).filter(part => part.height > 1).map(part => part.bottom));
  const rows = new Map();
  for (const one of whole.children) {
    const top = Math.round(box(one).top);
    if (box(one).height > 1) rows.set(top, [...(rows.get(top) || []), [box(one).width, ends(one)]]);
  }
  const size = whole.getBoundingClientRect(), white = [...rows.values()].map(row => {
    const last = Math.max(...row.map(one => one[1]));
    return row.reduce((sum, [width, end]) => sum + width * (last - end), 0);
  });
  return white.reduce((sum, one) => sum + one, 0) / (size.width * size.height);
})"""
EVERY, THIRD, NONE = 1, 3, 0
MOST_WHITE = {EVERY: 0.1, NONE: 0.2, THIRD: 0.35}  # a block without a picture is shorter than one with


@pytest.mark.parametrize(
    ("number", "pictured"),
    [(1, EVERY), (1, NONE), (3, EVERY), (3, NONE), (7, THIRD), (12, THIRD), (12, NONE), (60, EVERY)],
)
def test_no_hole_is_in_the_grid(editor: User, page: Page, number: int, pictured: int) -> None:
    fill(editor, number, pictured=pictured)
    for width in (1280, 1000, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/en/")
        for grid in (".leads", ".desks"):
            edges = page.evaluate(EDGES, grid)
            assert edges and max(edges) <= 1, (number, width, grid, edges)
        white = {css: page.evaluate(WHITE, css) for css in (".front", ".leads", ".desks")}
        assert max(white[".desks"]) <= MOST_WHITE[pictured], (number, width, white)
        assert max(white[".front"] + white[".leads"]) <= 0.15, (number, width, white)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (number, width)
        first = page.locator(".leads h3").first.bounding_box()
        assert first and first["y"] < 840, "the menus and the picture leave the first headline on the screen"
        assert page.locator(".desk").count() == min(number, len(CATEGORIES)), "no category vanishes"


LONG = " ".join(
    ["The port commissioners", "unconditionally", "postpone the harbour", "antidisestablishmentarianism"] * 3
)


@pytest.mark.parametrize("languages", ["en", "en ru"])
def test_headlines_of_every_length_stay_in_their_places(editor: User, page: Page, languages: str) -> None:
    Site.objects.update(languages=languages)
    for at, headline in enumerate([LONG[:200], "Rain", LONG[:160].replace(" ", ""), "Ice", LONG[:120], "War", "Ebb"]):
        words = {"headline": headline, "summary": "" if at % 2 else SUMMARY, "body": "<p>Rain.</p>"}
        photo = flat((600, 400), "teal", alt_en="A view") if at % 3 == 0 else None
        article = make_article(f"story-{at}", category=CATEGORIES[at % 5], lead_photo=photo, **words)
        publish(article, by=editor, at=timezone.now() - timedelta(minutes=at))
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/en/")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        edges = [edge for grid in (".leads", ".desks") for edge in page.evaluate(EDGES, grid)]
        assert edges and max(edges) <= 1, (width, edges)
        assert page.locator(".desk").count() == len(CATEGORIES)
    expect(page.locator(".languages")).to_have_count(int(languages != "en"))
