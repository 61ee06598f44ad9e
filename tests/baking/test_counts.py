"""The counts of the archive are reconciled with the releases, and what was wrong is told."""

from datetime import date, timedelta

import pytest

from articles.baking.counts import pages_with_counts, reconcile
from articles.models import Count, Release
from tests.pagemap.released import released

from .conftest import NOW

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 10)


def counts() -> dict[str, int]:
    return {row.rubric: row.number for row in Count.objects.filter(language="en", date=DAY)}


def test_missing_counts_are_made_and_told() -> None:
    released("storm", NOW, counted=True, regions=["north"], topics=["sea", "wind"])

    wrong = reconcile(NOW)

    assert counts() == {"": 1, "category:politics": 1, "region:north": 1, "topic:sea": 1, "topic:wind": 1}
    assert {entry["rubric"]: (entry["was"], entry["is"]) for entry in wrong} == dict.fromkeys(counts(), (0, 1))
    assert reconcile(NOW) == []


def test_a_count_without_articles_is_emptied() -> None:
    Count.objects.create(language="en", date=DAY, rubric="", number=3)

    assert reconcile(NOW) == [{"language": "en", "date": "2026-03-10", "rubric": "", "was": 3, "is": 0}]
    assert counts() == {"": 0}


def test_right_counts_are_left_alone() -> None:
    released("storm", NOW, counted=True)
    reconcile(NOW)
    released("to-come", NOW, live_at=NOW + timedelta(hours=1), announced_at=None)
    released("not-yet-announced", NOW, announced_at=None)

    assert reconcile(NOW) == []
    assert counts()[""] == 1


def test_a_release_whose_mark_is_wrong_is_put_right() -> None:
    shown = released("storm", NOW, counted=False)
    withdrawn = released("flood", NOW, counted=True, ended_at=NOW + timedelta(minutes=1), ending="withdrawn")

    reconcile(NOW + timedelta(minutes=2))

    assert Release.objects.get(pk=shown.pk).counted
    assert not Release.objects.get(pk=withdrawn.pk).counted
    assert counts()[""] == 1


def test_an_edition_stays_counted_until_the_next_is_announced() -> None:
    old = released("storm", NOW, counted=True, ended_at=NOW + timedelta(hours=1), ending="superseded")
    released("storm", NOW, article=old.article, live_at=NOW + timedelta(hours=1), announced_at=None)

    assert len(reconcile(NOW)) == 2
    assert reconcile(NOW + timedelta(hours=2)) == []
    assert counts()[""] == 1


def test_the_pages_that_print_a_wrong_count_are_known() -> None:
    wrong = [{"language": "en", "date": "2026-03-10", "rubric": "topic:sea", "was": 3, "is": 0}]

    assert pages_with_counts(wrong) == {
        "/sitemap.xml",
        "/en/news/",
        "/en/archive/",
        "/en/archive/2026/",
        "/en/archive/2026/03/",
        "/en/archive/2026/03/10/",
        "/en/topic/sea/",
        "/en/topic/sea/2026/03/",
        "/ru/topic/sea/",  # which says that there is one in English
    }


def test_the_pages_that_a_wrong_count_has_cut_are_known() -> None:
    """A list is cut by its count: where that was wrong, its closed pages are too."""
    Count.objects.create(language="en", date=DAY, rubric="topic:sea", number=99)
    wrong = [{"language": "en", "date": "2026-03-10", "rubric": "topic:sea", "was": 100, "is": 99}]

    assert "/en/topic/sea/2/" in pages_with_counts(wrong)
    assert "/en/topic/sea/3/" not in pages_with_counts(wrong)
