"""Clocks that jump, zones that change, poison in a crowd, two ticks at once: afterwards counts, record and every stored
page are what they should be."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from articles import pagestore
from articles.baking import close_periods, tick, verify
from articles.baking.counts import reconcile
from articles.models import Article, Count, JobRun, Page, Release, Site
from articles.publishing import announce as announcing
from articles.publishing import announce_due, publish, record, schedule, withdraw
from articles.reader.pages import build
from tests.builders import make_article, make_newsroom, make_user
from tests.pagemap.released import released

from .conftest import NOW, Written

pytestmark = pytest.mark.django_db

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture
def managing(store: Path) -> User:
    make_newsroom()
    return make_user("Managing editor")


def come_to_rest(at: datetime) -> datetime:
    """Let ticks pass until nothing is dirty; nothing is wrong then. Return the moment."""
    for _ in range(30):
        at += SECOND
        if not tick(at)["dirty"]:
            break
    assert [str(difference) for difference in verify(at)] == []
    assert reconcile(at) == []
    assert record.verify() == []
    assert not Release.objects.due(at).exists()
    return at


def status(path: str, at: datetime) -> int:
    return build(path, at).status


def test_one_poison_among_a_hundred_delays_no_other(store: Path, site: Written, monkeypatch: Any) -> None:
    releases = [released(f"n{number}", NOW, announced_at=None) for number in range(100)]
    poison, real = releases[37].pk, announcing.announce

    def announce(some: list[Release], at: datetime) -> list[Release]:
        if poison in {one.pk for one in some}:
            raise RuntimeError("poison")
        return real(some, at)

    monkeypatch.setattr(announcing, "announce", announce)
    assert announce_due(NOW) == 99
    sick = Release.objects.get(announced_at=None)
    assert (sick.pk, sick.last_error) == (poison, "RuntimeError: poison")
    assert sick.not_before is not None and sick.not_before > NOW

    monkeypatch.undo()
    assert announce_due(sick.not_before) == 1
    assert Count.objects.get(language="en", date=NOW.date(), rubric="").number == 100


def test_two_ticks_at_once_announce_each_release_once(managing: User, monkeypatch: Any) -> None:
    """The second tick runs whole between the first one's claim and its commit."""
    for number in range(6):
        schedule(make_article(f"n{number}"), by=managing, at=NOW, live_at=NOW + HOUR)
    real, inner = announcing.announce_range, []

    def announce_range(pks: list[int], at: datetime) -> int:
        if not inner:
            inner.append(0)
            inner[0] = tick(at)["announced"]
        return real(pks, at)

    monkeypatch.setattr(announcing, "announce_range", announce_range)
    outer = tick(NOW + HOUR)["announced"]

    assert outer + inner[0] == 6
    come_to_rest(NOW + HOUR)
    assert Count.objects.get(language="en", rubric="").number == 6


def test_the_hour_that_the_clock_strikes_twice_is_two_hours(managing: User) -> None:
    """02:30 in Berlin, twice: half past midnight and half past one by UTC."""
    Site.objects.update(time_zone="Europe/Berlin")
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    before = first - HOUR
    for slug, live_at in (("later", second), ("earlier", first)):
        schedule(make_article(slug), by=managing, at=before, live_at=live_at)

    at = come_to_rest(first)
    assert (status("/en/2026/10/25/earlier/", at), status("/en/2026/10/25/later/", at)) == (200, 404)
    at = come_to_rest(second)
    body = build("/en/archive/2026/10/25/", at).body
    assert body.index(b"/later/") < body.index(b"/earlier/")
    close_periods(at + 24 * HOUR)
    assert list(JobRun.objects.filter(job="close_day").values_list("key", "state")) == [("2026-10-25", "done")]


def test_the_day_without_its_third_hour_is_a_day(managing: User) -> None:
    """From 01:59 to 03:00 in Berlin is one minute."""
    Site.objects.update(time_zone="Europe/Berlin")
    before, after = datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    for slug, live_at in (("before", before), ("after", after)):
        schedule(make_article(slug), by=managing, at=before - HOUR, live_at=live_at)

    assert status("/en/2026/03/29/after/", after - SECOND) == 404
    at = come_to_rest(after)
    assert {status(f"/en/2026/03/29/{slug}/", at) for slug in ("before", "after")} == {200}
    assert Count.objects.get(language="en", date=date(2026, 3, 29), rubric="").number == 2


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo"])
def test_a_change_of_the_zone_moves_no_address_and_no_moment(managing: User, zone: str) -> None:
    """Half past ten in the evening by UTC is the next day in Moscow, where the article was scheduled."""
    live_at = NOW.replace(hour=22, minute=30)
    schedule(make_article(), by=managing, at=NOW, live_at=live_at)
    come_to_rest(NOW)
    Site.objects.update(time_zone=zone)

    assert status("/en/2026/03/11/dunes/", live_at - SECOND) == 404
    at = come_to_rest(live_at)
    assert status("/en/2026/03/11/dunes/", at) == 200
    assert pagestore.get("/en/2026/03/11/dunes/") is not None
    assert Count.objects.get(language="en", rubric="").date == date(2026, 3, 11)


def test_an_article_moved_to_another_day_category_and_language_leaves_nothing_behind(managing: User) -> None:
    article = make_article()
    publish(article, by=managing, at=NOW)
    come_to_rest(NOW)
    moved = Article.objects.get()
    moved.language, moved.dated_at = "ru", NOW - timedelta(days=40)
    moved.category = make_article("other", category="courts").category
    moved.headline, moved.summary, moved.body = "Лига серых дюн", "", "<p>Лига серых дюн молчит.</p>"
    moved.save()
    live_at = NOW + HOUR
    schedule(moved, by=managing, at=NOW + SECOND, live_at=live_at)
    come_to_rest(NOW + 2 * SECOND)
    assert status("/ru/2026/01/29/dunes/", live_at - SECOND) == 404
    assert status("/en/2026/03/10/dunes/", live_at - SECOND) == 200

    at = come_to_rest(live_at)
    assert status("/en/2026/03/10/dunes/", at) == 301
    assert status("/ru/2026/01/29/dunes/", at) == 200
    shown = Count.objects.exclude(number=0).values_list("language", "date", "rubric")
    assert {row[:2] for row in shown} == {("ru", date(2026, 1, 29))}
    assert {row[2] for row in shown} == {"", "category:courts", "region:north", "topic:elections"}
    assert not any("/en/archive/2026" in path for path in pagestore.stored_paths())


def test_a_month_that_has_become_empty_has_no_page(managing: User, django_capture_on_commit_callbacks: Any) -> None:
    publish(make_article(), by=managing, at=NOW)
    at = come_to_rest(NOW)
    pages = ["/en/archive/2026/03/", "/en/archive/2026/03/10/", "/en/archive/2026/", "/en/category/politics/2026/03/"]
    assert all(pagestore.get(path) for path in pages)

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(Article.objects.get(), by=managing, at=at, note="By law.")
    assert not any(pagestore.get(path) for path in pages), "when the click returns"
    at = come_to_rest(at)
    assert not any(pagestore.get(path) for path in pages)
    april = datetime(2026, 4, 1, 12, tzinfo=UTC)
    assert {status(path, april) for path in pages[:2]} == {404}
    close_periods(april)
    assert set(JobRun.objects.values_list("state", flat=True)) == {"done"}


def test_a_clock_that_jumps_over_a_schedule_and_back_again_announces_once(managing: User) -> None:
    live_at = NOW + HOUR
    schedule(make_article(), by=managing, at=NOW, live_at=live_at)
    assert tick(live_at + HOUR)["announced"] == 1
    assert tick(NOW)["announced"] == 0
    assert status("/en/2026/03/10/dunes/", NOW) == 404, "by the clock as it is now its time has not come"

    at = come_to_rest(live_at)
    assert status("/en/2026/03/10/dunes/", at) == 200
    assert Count.objects.get(language="en", rubric="").number == 1
    assert not Page.objects.exclude(last_error="").exists()
