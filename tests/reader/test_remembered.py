"""A page that waits to be stored is built once for each generation of its row, and never shown when it is untrue."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from articles.models import Category, Region, Site
from articles.publishing import publish, schedule, withdraw
from articles.reader import stored
from articles.reader.built import Built
from articles.reader.frame import Frame, Outlet, Stored
from tests.builders import NOW, make_article

LATER = NOW + timedelta(minutes=5)
FRONT = "/en/"


@pytest.fixture(autouse=True)
def _no_worker(managing: User) -> Iterator[None]:
    """An article has been published, and no worker has stored a page since."""
    publish(make_article("dunes"), by=managing, at=NOW)
    with time_machine.travel(LATER, tick=False):
        yield


def queries(client: Client, path: str = FRONT) -> tuple[int, bytes]:
    """Return how many queries an answer takes, and its body."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        body = client.get(path).content
    return len(asked), body


def test_the_second_reader_is_given_what_the_first_was(client: Client) -> None:
    first, second = queries(client), queries(client)

    assert first[1] == second[1]
    assert (first[0], second[0]) == (3, 1)


def test_an_act_is_seen_at_once(client: Client, managing: User) -> None:
    client.get(FRONT)
    story = make_article("storm", headline="A storm came in")

    publish(story, by=managing, at=LATER)
    assert b"A storm came in" in queries(client)[1]

    withdraw(story, by=managing, at=LATER, note="By law.")
    assert b"A storm came in" not in queries(client)[1]


def test_a_scheduled_article_is_seen_at_its_time(client: Client, managing: User) -> None:
    schedule(
        make_article("storm", headline="A storm came in"), by=managing, at=LATER, live_at=LATER + timedelta(hours=1)
    )
    assert b"A storm came in" not in queries(client)[1]
    assert queries(client)[0] == 1

    with time_machine.travel(LATER + timedelta(hours=1), tick=False):
        assert b"A storm came in" in queries(client)[1]


@pytest.mark.parametrize("model", [Site, Category])
def test_a_new_name_of_the_frame_is_printed_at_once(client: Client, model: type[Site | Category]) -> None:
    client.get(FRONT)

    model.objects.order_by("pk").update(name_en="Renamed")

    assert b"Renamed" in queries(client)[1]


def test_what_touches_no_page_is_seen_soon(client: Client) -> None:
    """A region's new name, while no worker lives that marks all pages."""
    region = "/en/region/north/"
    client.get(region)

    Region.objects.update(name_en="Renamed")

    with time_machine.travel(LATER + stored.LONGEST, tick=False):
        assert b"Renamed" in queries(client, region)[1]


def test_a_clock_that_jumps_back_shows_no_article_before_its_time(client: Client, managing: User) -> None:
    due = LATER + timedelta(hours=1)
    schedule(make_article("storm", headline="A storm came in"), by=managing, at=LATER, live_at=due)
    with time_machine.travel(due, tick=False):
        assert b"A storm came in" in queries(client)[1]

    assert b"A storm came in" not in queries(client)[1]


def test_a_page_that_is_not_to_be_stored_is_not_remembered(client: Client, managing: User) -> None:
    """That of an article with a release still to begin."""
    story = make_article("storm")
    publish(story, by=managing, at=LATER)
    schedule(story, by=managing, at=LATER, live_at=LATER + timedelta(hours=1))
    path = "/en/2026/03/10/storm/"

    assert queries(client, path)[0] == queries(client, path)[0] == 3


def test_no_more_pages_are_remembered_than_have_room(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "REMEMBERED", 2)
    for path in (FRONT, "/en/news/", "/en/archive/"):
        client.get(path)

    assert list(stored._built) == ["/en/news/", "/en/archive/"]


def test_two_threads_make_room_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One looks for the oldest page while another comes with one of its own."""
    frame = Frame(Outlet(), (), None, Stored((1, 1, None), "", None, None, ""))
    other = Thread(target=lambda: stored.fresh("/en/other/", NOW, frame))

    room_made, go_on = Event(), Event()

    class Interrupted(dict[str, tuple[object, datetime, Built]]):
        def __iter__(self) -> Iterator[str]:
            paths = super().__iter__()
            if other.ident is None:
                other.start()
                room_made.wait(0.2)
            return paths

        def __setitem__(self, path: str, page: tuple[object, datetime, Built]) -> None:
            if path == "/en/other/":
                room_made.set()
                go_on.wait(2)
            super().__setitem__(path, page)

    monkeypatch.setattr(stored, "build", lambda *_, **__: Built(200, b""))
    monkeypatch.setattr(stored, "REMEMBERED", 2)
    monkeypatch.setattr(stored, "_built", Interrupted())

    for path in ("/en/a/", "/en/b/", "/en/c/"):
        stored.fresh(path, NOW, frame)
    go_on.set()
    other.join()

    assert set(stored._built) == {"/en/c/", "/en/other/"}


def test_nothing_is_remembered_where_pages_are_not_stored(client: Client) -> None:
    with override_settings(SERVE_STORED_PAGES=False):
        assert queries(client)[0] == queries(client)[0] == 3
