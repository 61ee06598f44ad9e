"""Baking: what is dirty is stored, what fails is tried again, nothing old is put over something new."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from articles import pagestore
from articles.baking import bake_dirty, bake_paths
from articles.baking.claim import Claimed, claim
from articles.baking.store import bake_pages
from articles.models import Page
from articles.models.work import LEASE
from articles.pagemap import touch
from articles.reader.built import Built

from .conftest import NOW, Written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

SECOND = timedelta(seconds=1)


def row(path: str) -> Page:
    return Page.objects.get(path=path)


def test_a_dirty_page_is_stored(site: Written) -> None:
    site.pages["/en/"] = "front"
    site.next_change_at["/en/"] = NOW + timedelta(hours=1)
    touch(["/en/"], NOW)

    assert bake_dirty(NOW) == {"stored": 1}

    page = row("/en/")
    assert pagestore.get("/en/") == b"front"
    assert page.file_hash == pagestore.digest(b"front")
    assert (page.dirty_since, page.claimed_until) == (None, None)
    assert (page.content_type, page.next_change_at) == ("text/html; charset=utf-8", NOW + timedelta(hours=1))


def test_with_nothing_dirty_nothing_is_rendered(site: Written) -> None:
    site.pages["/en/"] = "front"
    touch(["/en/"], NOW)
    bake_dirty(NOW)
    site.built.clear()

    assert bake_dirty(NOW) == {}
    assert site.built == []


def test_an_unchanged_page_is_not_written_again(site: Written, store: object) -> None:
    site.pages["/en/"] = "front"
    bake_paths(["/en/"], NOW)
    written_at = (store / "en/index.html").stat().st_mtime_ns  # type: ignore[operator]

    assert bake_paths(["/en/"], NOW) == {"unchanged": 1}
    assert (store / "en/index.html").stat().st_mtime_ns == written_at  # type: ignore[operator]
    assert row("/en/").dirty_since is None


def test_a_file_that_is_lost_is_written_again(site: Written) -> None:
    site.pages["/en/"] = "front"
    bake_paths(["/en/"], NOW)
    pagestore.drop("/en/")

    assert bake_paths(["/en/"], NOW) == {"stored": 1}


@pytest.mark.parametrize("status", [301, 404, 410])
def test_the_file_of_a_page_that_is_gone_is_dropped(site: Written, status: int) -> None:
    site.pages["/en/2026/03/01/a/"] = "article"
    bake_paths(["/en/2026/03/01/a/"], NOW)
    site.pages["/en/2026/03/01/a/"] = status

    assert bake_paths(["/en/2026/03/01/a/"], NOW) == {"dropped": 1}
    assert bake_paths(["/en/2026/03/01/a/"], NOW) == {"absent": 1}
    assert pagestore.get("/en/2026/03/01/a/") is None
    assert row("/en/2026/03/01/a/").file_hash == ""


def test_a_poison_page_delays_no_other(site: Written) -> None:
    site.pages |= {"/en/": RuntimeError("broken template"), "/ru/": "front", "/en/news/": 500}
    touch(["/en/", "/ru/", "/en/news/"], NOW)

    assert bake_dirty(NOW) == {"failed": 2, "stored": 1}

    page = row("/en/")
    assert page.last_error == "RuntimeError: broken template"
    assert (page.attempts, page.claimed_until, page.dirty_since) == (1, None, NOW)
    assert page.not_before is not None
    assert NOW + SECOND < page.not_before < NOW + 5 * SECOND
    assert "500" in row("/en/news/").last_error


def test_a_failed_page_is_tried_again_later_each_time(site: Written) -> None:
    site.pages["/en/"] = RuntimeError("broken")
    touch(["/en/"], NOW)
    at = NOW
    delays = []
    for _ in range(12):
        assert bake_dirty(at) == {"failed": 1}
        assert bake_dirty(at) == {}
        not_before = row("/en/").not_before
        assert not_before is not None
        delays.append(round((not_before - at).total_seconds()))
        at = not_before

    assert delays == sorted(delays)
    assert 290 < delays[-1] < 310

    site.pages["/en/"] = "well"
    assert bake_dirty(at) == {"stored": 1}
    assert (row("/en/").attempts, row("/en/").last_error) == (0, "")


def test_a_full_disk_keeps_the_old_page_and_is_noted(site: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["/en/"] = "old"
    bake_paths(["/en/"], NOW)
    site.pages["/en/"] = "new"

    def full(body: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(pagestore, "write_aside", full)
        assert bake_paths(["/en/"], NOW) == {"failed": 1}
    assert pagestore.get("/en/") == b"old"
    assert "No space left" in row("/en/").last_error

    assert bake_dirty(NOW + 10 * SECOND) == {"stored": 1}
    assert pagestore.get("/en/") == b"new"


def test_a_page_touched_while_it_was_rendered_is_not_stored(site: Written) -> None:
    """A withdrawn page cannot come back: the act raised the generation."""

    def withdrawn_meanwhile(at: datetime) -> Built:
        site.pages[path] = 410
        touch([path], at)
        pagestore.drop(path)
        return Built(200, b"as it was before")

    path = "/en/2026/03/01/a/"
    site.pages[path] = withdrawn_meanwhile
    touch([path], NOW)
    [page] = claim(NOW, 1)

    assert bake_pages([page], NOW) == {"overtaken": 1}
    assert pagestore.get(path) is None
    assert row(path).dirty_since == NOW
    assert bake_dirty(NOW) == {"absent": 1}


def test_an_overtaken_drop_takes_nothing_away(site: Written) -> None:
    def published_meanwhile(at: datetime) -> Built:
        site.pages["/en/"] = "new"
        bake_paths(["/en/"], at)
        return Built(404, b"")

    site.pages["/en/"] = published_meanwhile
    touch(["/en/"], NOW)
    [page] = claim(NOW, 1)

    assert bake_pages([page], NOW) == {"overtaken": 1}
    assert pagestore.get("/en/") == b"new"
    assert row("/en/").dirty_since is None


def test_two_workers_never_claim_the_same_page() -> None:
    touch([f"/en/topic/t{number}/" for number in range(30)], NOW)

    first, second, third = claim(NOW, 20), claim(NOW, 20), claim(NOW, 20)

    assert (len(first), len(second), len(third)) == (20, 10, 0)
    assert not {page.pk for page in first} & {page.pk for page in second}


def test_the_pages_of_a_killed_worker_are_taken_over(site: Written) -> None:
    site.pages["/en/"] = "front"
    touch(["/en/"], NOW)
    claim(NOW, 10)

    assert bake_dirty(NOW + LEASE - SECOND) == {}
    assert bake_dirty(NOW + LEASE) == {"stored": 1}
    assert timedelta(seconds=30) >= LEASE


def test_a_slow_half_does_not_lose_the_other_to_another_worker(site: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """60 pages are claimed at once and baked 30 by 30: the second 30 are held on while the first take their time."""
    paths = [f"/en/2024/03/25/story-{number}/" for number in range(60)]
    site.pages |= dict.fromkeys(paths, "story")
    touch(paths, NOW)
    passed = timedelta(0)
    taken: list[int] = []

    def slow(pages: list[Claimed], at: datetime) -> Counter[str]:
        nonlocal passed
        if passed:  # where the lease as it was first taken has run out, another worker looks for work
            passed = LEASE + SECOND
            taken.append(len(claim(NOW + passed, 60)))
        else:
            passed = LEASE * 0.9
        return bake_pages(pages, at)

    monkeypatch.setattr("articles.baking.bake.bake_pages", slow)
    monkeypatch.setattr("articles.baking.bake.Watch.now", property(lambda watch: NOW + passed))
    assert bake_dirty(NOW) == {"stored": 60}
    assert taken == [0]


def test_the_latest_touched_go_first() -> None:
    touch(["/en/topic/old/"], NOW - timedelta(hours=1))
    touch(["/en/"], NOW)

    assert [page.path for page in claim(NOW, 5)] == ["/en/", "/en/topic/old/"]


def test_what_an_act_touches_goes_before_a_bulk_that_has_marked_it_too() -> None:
    touch(["/en/", *(f"/en/topic/t{number}/" for number in range(5))], NOW - timedelta(minutes=10))
    touch(["/en/"], NOW)

    assert claim(NOW, 1)[0].path == "/en/"


def test_a_page_is_baked_when_its_time_has_come(site: Written) -> None:
    site.pages["/en/"] = "before"
    site.next_change_at["/en/"] = NOW + timedelta(hours=1)
    bake_paths(["/en/"], NOW)
    site.pages["/en/"] = "after"
    site.next_change_at.clear()

    assert bake_dirty(NOW + timedelta(minutes=59)) == {}
    assert bake_dirty(NOW + timedelta(hours=1)) == {"stored": 1}
    assert row("/en/").next_change_at is None


def test_baking_stops_when_its_time_is_up(site: Written) -> None:
    paths = [f"/en/topic/t{number}/" for number in range(5)]
    site.pages |= dict.fromkeys(paths, "topic")
    touch(paths, NOW)

    assert bake_dirty(NOW, seconds=0) == {}
    assert bake_dirty(NOW, limit=2) == {"stored": 2}
    assert bake_dirty(NOW) == {"stored": 3}


def test_a_page_that_is_not_to_be_kept_has_no_file(site: Written) -> None:
    path = "/en/2026/03/01/storm/"
    site.pages[path] = "as it is now"
    assert bake_paths([path], NOW) == {"stored": 1}
    site.pages[path] = lambda at: Built(200, b"as it is now", kept=False)

    assert bake_paths([path], NOW) == {"dropped": 1}
    assert bake_paths([path], NOW) == {"absent": 1}


def test_a_file_that_cannot_be_placed_delays_no_other(site: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows that were settled with it are, each by itself."""
    site.pages |= dict.fromkeys(("/en/", "/en/news/", "/ru/"), "page")
    touch(["/en/", "/en/news/", "/ru/"], NOW)
    place = pagestore.place

    def refused(aside: Path, path: str) -> None:
        if path == "/en/news/":
            raise PermissionError(13, "Permission denied")
        place(aside, path)

    with monkeypatch.context() as disk:
        disk.setattr(pagestore, "place", refused)
        assert bake_dirty(NOW) == {"stored": 2, "failed": 1}

    assert "Permission denied" in row("/en/news/").last_error
    assert row("/en/news/").attempts == 1
    assert [row(path).dirty_since for path in ("/en/", "/ru/")] == [None, None]


def test_what_cannot_be_gathered_together_is_gathered_page_by_page(
    site: Written, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages |= dict.fromkeys(("/en/", "/en/news/", "/ru/"), "page")
    touch(["/en/", "/en/news/", "/ru/"], NOW)

    def broken(paths: list[str], at: datetime) -> Iterator[object]:
        yield from site.build_many(sorted(set(paths) - {"/ru/"}), at)
        if "/ru/" in paths:
            raise RuntimeError("a row that cannot be read")

    monkeypatch.setattr("articles.baking.render.build_many", broken)

    assert bake_dirty(NOW) == {"stored": 2, "failed": 1}
    assert "cannot be read" in row("/ru/").last_error
    assert list((store / pagestore.ASIDE).iterdir()) == []


def test_nothing_is_left_aside(site: Written, store: Path) -> None:
    site.pages |= {"/en/": "front", "/ru/": RuntimeError("broken")}
    touch(["/en/", "/ru/"], NOW)
    bake_dirty(NOW)

    assert list((store / pagestore.ASIDE).iterdir()) == []
