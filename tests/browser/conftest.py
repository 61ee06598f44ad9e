"""Chromium, and pages that remember what the browser complained of."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.conftest import CHROMIUM

# Playwright runs a loop of its own in the thread of the tests, which use the database like any other test.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PATIENCE = 30_000  # milliseconds: a machine under load is slow, never wrong
expect.set_options(timeout=PATIENCE)

LEFT = ("htmx:sendAbort", "htmx:afterRequest")  # a request that a page had begun when it was left

ARGUMENTS = (
    "--no-sandbox --disable-gpu --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session", autouse=True)
def static_files_are_looked_for_once() -> Iterator[None]:
    """Remember where each static file lies: a page of the desk asks for dozens, from a browser that has none yet."""
    from django.contrib.staticfiles import finders

    find = finders.find
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finders, "find", cache(lambda path: find(path)))
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of: errors of scripts, refusals of the content policy, answers of 4xx and 5xx."""
    return []


@pytest.fixture
def no_words(live_server: LiveServer) -> None:
    """Empty the index of search, which is no model's: emptying the database between two tests leaves it."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search")


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer, complaints: list[str]) -> Iterator[Page]:
    """Return a page of a fresh English browser at the address of the running site."""
    context = chromium.new_context(
        base_url=live_server.url, locale="en", timezone_id="Europe/Moscow", viewport={"width": 1440, "height": 1000}
    )
    page = watched(context.new_page(), complaints)
    with requests_ended():
        yield page
        context.set_offline(True)  # what a page says as it closes comes to nobody
        context.close()


def watched(page: Page, complaints: list[str]) -> Page:
    """Let the page write into the list what the browser complains of; return it."""
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda got: complaints.append(f"{got.status} {got.url}") if is_refused(got) else None)
    return page


def is_complaint(said: ConsoleMessage) -> bool:
    return said.type == "error" and said.text not in LEFT


def is_refused(got: Response) -> bool:
    return got.status >= 400


@contextmanager
def requests_ended() -> Iterator[None]:
    """In the end wait for what the server still answers: its tables are emptied behind it."""
    under_way: list[object] = []

    def begins(**kwargs: object) -> None:
        under_way.append(1)

    def ends(**kwargs: object) -> None:
        del under_way[-1:]

    request_started.connect(begins)
    request_finished.connect(ends)
    yield
    deadline = time.monotonic() + 10
    while under_way and time.monotonic() < deadline:
        time.sleep(0.02)
    request_started.disconnect(begins)
    request_finished.disconnect(ends)
