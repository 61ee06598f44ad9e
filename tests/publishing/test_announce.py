"""Many releases due at once are announced in ranges, with the same result as one by one."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from articles.baking.counts import reconcile
from articles.models import Page, Release
from articles.models.work import LEASE
from articles.pagemap import pages_of
from articles.publishing import announce as module
from articles.publishing import announce_due
from articles.publishing.counts import change_of, move_counts, uncount
from tests.builders import NOW
from tests.pagemap.released import released

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def due(slug: str, **given: Any) -> Release:
    return released(slug, NOW, announced_at=None, **given)


@pytest.fixture
def ranges_of_four(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RANGE", 4)
    monkeypatch.setitem(module.TOGETHER, connection.vendor, 3)


def drawn() -> list[Release]:
    """Return ten due releases: of several rubrics, backdated, of a followed release, of one that has ended since."""
    made = [
        due(f"n{n}", topics=["sea"][: n % 2], regions=["north"], language="ru" if n == 3 else "en") for n in range(6)
    ]
    made.append(released("old", NOW - 400 * 24 * HOUR, live_at=NOW, announced_at=None))
    first = released("storm", NOW - HOUR, ended_at=NOW - HOUR / 2, ending="superseded", topics=["sea"])
    second = {"live_at": NOW - HOUR / 2, "ended_at": NOW, "ending": "superseded", "announced_at": None}
    made.append(released("storm", NOW - HOUR, article=first.article, **second))
    made.append(released("storm", NOW - HOUR, article=first.article, live_at=NOW, announced_at=None, topics=["ice"]))
    made.append(due("gone", ended_at=NOW + HOUR / 2, ending="withdrawn"))
    reconcile(NOW)
    return made


@pytest.mark.usefixtures("ranges_of_four")
def test_ranges_leave_counts_and_pages_as_they_should_be() -> None:
    made = drawn()
    expected = set().union(*(pages_of(release, NOW + HOUR) for release in made))

    assert announce_due(NOW + HOUR) == len(made)

    assert set(Page.objects.filter(dirty_since__isnull=False).values_list("path", flat=True)) >= expected
    assert reconcile(NOW + HOUR) == []
    assert not Release.objects.filter(announced_at=None).exists()
    assert announce_due(NOW + HOUR) == 0


def test_a_range_costs_as_many_queries_as_one_release(django_assert_max_num_queries: Any) -> None:
    for number in range(25):
        due(f"n{number}", topics=["sea"])
    with django_assert_max_num_queries(45):
        assert announce_due(NOW) == 25


@pytest.mark.usefixtures("ranges_of_four")
def test_one_that_has_failed_is_tried_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    sick = due("sick", last_error="broken")
    well = [due(f"n{number}") for number in range(5)]
    ranges: list[list[int]] = []
    monkeypatch.setattr(module, "announce_range", lambda pks, at: ranges.append(list(pks)) or len(pks))

    announce_due(NOW)

    assert ranges == [[one.pk for one in well[:4]], [well[4].pk], [sick.pk]]


@pytest.mark.usefixtures("ranges_of_four")
def test_a_worker_takes_the_range_that_nobody_holds_and_one_left_by_the_dead() -> None:
    made = [due(f"n{number}") for number in range(6)]

    assert module.claim(NOW) == [one.pk for one in made[:4]]
    assert module.claim(NOW) == [one.pk for one in made[4:]]
    assert module.claim(NOW) == []
    assert announce_due(NOW) == 0
    assert announce_due(NOW + LEASE) == 6


def test_of_many_that_fail_together_the_one_is_found_by_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [due(f"n{number}", topics=["sea"]) for number in range(25)]
    sick, real, looked_up = made[11], module.announce, []

    def announce(releases: list[Release], at: datetime) -> list[Release]:
        found = real(releases, at)
        if sick in releases:
            raise RuntimeError("poison")
        return found

    monkeypatch.setattr(module, "announce", announce)
    pages_of_all = module.pagemap.pages_of_all
    monkeypatch.setattr(module.pagemap, "pages_of_all", lambda *given: looked_up.append(given) or pages_of_all(*given))

    assert announce_due(NOW) == 24

    assert Release.objects.get(announced_at=None).last_error == "RuntimeError: poison"
    assert [len(releases) for releases, _at in looked_up if releases] == [25]
    own, front = Page.objects.filter(kind="article"), Page.objects.get(path="/en/")
    assert set(own.values_list("generation", flat=True)) == {1} and front.generation == 1
    assert own.count() == 24


def test_one_whose_pages_cannot_be_looked_up_delays_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [due(f"n{number}") for number in range(9)]
    sick, real = made[4], module.pagemap.pages_of_all

    def pages_of_all(releases: list[Release], at: datetime) -> frozenset[str]:
        if sick in releases:
            raise RuntimeError("poison")
        return real(releases, at)

    monkeypatch.setattr(module.pagemap, "pages_of_all", pages_of_all)

    assert announce_due(NOW) == 8
    assert Release.objects.get(announced_at=None) == sick
    monkeypatch.undo()
    assert announce_due(NOW + HOUR) == 1
    assert reconcile(NOW + HOUR) == []


def test_what_an_editor_does_meanwhile_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    """The release was withdrawn after its pages were looked up, and what it follows is no longer what it was."""
    before = released("storm", NOW - HOUR, ended_at=NOW, ending="superseded", topics=["sea"])
    release = released("storm", NOW - HOUR, article=before.article, live_at=NOW, announced_at=None)
    reconcile(NOW - HOUR / 2)
    before.refresh_from_db()
    uncount([before])
    real = module.pagemap.pages_of_all

    def meanwhile(releases: list[Release], at: datetime) -> frozenset[str]:
        Release.objects.filter(pk=release.pk).update(ended_at=NOW + HOUR / 2, ending="withdrawn")
        monkeypatch.undo()
        Release.objects.filter(pk=before.pk).update(counted=True)
        move_counts(change_of([before], []))
        return real(releases, at)

    monkeypatch.setattr(module.pagemap, "pages_of_all", meanwhile)
    assert announce_due(NOW + HOUR) == 1

    assert not Release.objects.filter(counted=True).exists()
    assert reconcile(NOW + HOUR) == []
    assert "/en/topic/sea/" in set(Page.objects.values_list("path", flat=True))


def test_a_stopping_process_takes_no_new_range(monkeypatch: pytest.MonkeyPatch) -> None:
    due("storm")
    monkeypatch.setattr(module, "is_stopping", lambda: True)

    assert announce_due(NOW) == 0
