"""Every page of the desk: axe at serious and critical 0, by keyboard, in both languages, light and dark, on a phone.

Here each page is seen once, the combinations by turns, and of pages that are alike for all records every eighth. All
are seen by `make desk`; PICTURES=folder keeps what was seen.
"""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import cycle, product
from pathlib import Path
from typing import Literal

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Error, Page
from pytest_django.live_server_helper import LiveServer

from articles.management.demo_loader import load_demo
from tests.browser.conftest import PATIENCE, requests_ended, watched
from tests.browser.sweep.addresses import DeskPage, is_alike, pages
from tests.browser.sweep.look import WIDTHS, Combination, look, written
from tests.browser.sweep.rows import add_rows
from tests.browser.sweep.steps import STEPS

EVERY = [Combination(*one) for one in product(WIDTHS, ("light", "dark"), ("en", "ru"))]
# Neighbours in the list of pages are of one kind mostly: each kind is seen in every width, look and language.
BY_TURNS = [EVERY[number] for number in (7, 0, 5, 2, 6, 1, 4, 3)]
MATRIX = os.environ.get("DESK_MATRIX") == "1"
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def sees_all(no_words: None, tmp_path: Path) -> Iterator[User]:
    """Load the demo with a day's work on top; return somebody who may see every page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "MEDIA_ROOT", tmp_path / "media")
        patch.setattr(settings, "PAGES_DIR", tmp_path / "pages")
        load_demo(timezone.now())
        user = User.objects.create_superuser("sweep", "sweep@demo.invalid", "correct horse battery")
        add_rows(user, timezone.now())
        yield user


def test_every_page_of_the_desk(
    sees_all: User, chromium: Browser, live_server: LiveServer, complaints: list[str]
) -> None:
    request = HttpRequest()
    request.user = sees_all
    found, alike = split(pages(request))
    data = written()  # with what the list of pages has made
    found += [*(alike if MATRIX else alike[::8]), *(DeskPage(one.__name__, step=one) for one in STEPS)]
    chosen = os.environ.get("PAGES", "")
    plan = [
        (one, combination)
        for one, turn in zip(found, cycle(BY_TURNS))
        for combination in (EVERY if MATRIX else [turn])
        if chosen in f"{one.name} {combination}"
    ]
    faults = []
    with requests_ended():
        # a step changes rows, which pages would show
        for is_step, first in product((False, True), (one for one in EVERY if one.scheme == "light")):
            both = [first, replace(first, scheme="dark")]
            shown = {one: [its for each, its in plan if each == one and its in both] for one, _its in plan}
            shown = {one: its for one, its in shown.items() if its and bool(one.step) == is_step}
            faults += seen(shown, first, chromium, live_server, sees_all, complaints, data)
    assert faults == [], "\n" + "\n".join(faults)


def split(found: Iterable[DeskPage]) -> tuple[list[DeskPage], list[DeskPage]]:
    """Return the pages, and those that are the same for all records."""
    found = list(found)
    alike = [one for one in found if is_alike(one.name)]
    return [one for one in found if one not in alike], alike


def seen(
    shown: dict[DeskPage, list[Combination]],
    combination: Combination,
    chromium: Browser,
    live_server: LiveServer,
    user: User,
    complaints: list[str],
    data: str,
) -> list[str]:
    """Open the pages in one browser window, each once for its looks; return what is wrong with each."""
    width, height = WIDTHS[combination.width]
    context = chromium.new_context(
        base_url=live_server.url,
        locale=combination.language,
        timezone_id="Europe/Moscow",
        viewport={"width": width, "height": height},
    )
    client = Client()
    client.force_login(user)
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": combination.language}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    page = watched(context.new_page(), complaints)
    faults = []
    for one, looks in shown.items():
        complaints.clear()
        for number, its in enumerate(looks):
            wrong: list[str] = []
            try:
                dress(page, its.scheme)
                wrong = ([] if number else opened(page, one, live_server.url)) or look(page, its, data)
            except Error as error:
                wrong = [f"cannot be looked at: {error}"]
            wrong = [f"{one.name} {its}: {fault}" for fault in [*wrong, *complaints]]
            print(*wrong, sep="\n", end="\n" if wrong else "", flush=True)
            faults += wrong
            complaints.clear()
            keep_picture(page, one, its)
    context.set_offline(True)
    context.close()
    return faults


def dress(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Put the window, and the page that is open there, into light or dark."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(
        "scheme => window.Alpine && (Alpine.$data(document.documentElement).adminTheme = scheme)",
        scheme,
    )


def opened(page: Page, one: DeskPage, home: str) -> list[str]:
    """Open a page; return what is wrong with its answer."""
    if one.step:
        one.step(page)
        return []
    address = home + one.path
    answer = page.goto(address, timeout=4 * PATIENCE)  # the impact of what waits is worked out over the whole archive
    if answer is None or answer.status != 200:
        return [f"answers {answer and answer.status}"]
    return [] if page.url == address else [f"leads to {page.url}"]


def keep_picture(page: Page, one: DeskPage, combination: Combination) -> None:
    if PICTURES:
        name = re.sub(r"\W+", "-", one.name.removeprefix("admin:articles_"))
        page.screenshot(path=Path(PICTURES) / f"{name}-{combination}.png", full_page=True)
