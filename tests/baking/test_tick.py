"""The tick beats, the pulse tells; neither needs anything to have gone well before."""

from datetime import timedelta
from typing import Any

import pytest

from articles import pagestore
from articles.baking import pulse, tick, verify
from articles.baking.counts import reconcile
from articles.baking.pulse import OVERDUE
from articles.models import Category, Heartbeat, JobRun, Outbox, Page, Release
from articles.pagemap import every_page, touch
from tests.pagemap.released import released, rubric

from .conftest import NOW, Written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

SECOND = timedelta(seconds=1)


def test_the_tick_announces_stores_and_beats(site: Written) -> None:
    site.pages |= {"/en/": "front", "/en/2026/03/10/storm/": "article"}
    release = released("storm", NOW, announced_at=None)
    release.article.addresses.create(language="en", date=release.published_date, slug="storm")

    detail = tick(NOW)

    assert (detail["announced"], detail["overdue"], detail["dirty"]) == (1, 0, 0)
    assert detail["pages"]["stored"] == 2
    assert Release.objects.get(pk=release.pk).announced_at == NOW
    assert pagestore.get("/en/2026/03/10/storm/") == b"article"
    beaten = Heartbeat.objects.get(job="tick").detail
    assert (beaten["announced"], beaten["overdue"]) == (1, 0)
    assert beaten["dirty"] > 0  # the pages are stored by another queue


def test_a_second_tick_has_nothing_to_do(site: Written) -> None:
    site.pages["/en/"] = "front"
    released("storm", NOW, announced_at=None)
    tick(NOW)

    detail = tick(NOW + SECOND)

    assert (detail["announced"], detail["pages"]) == (0, {})
    assert Heartbeat.objects.filter(job="tick").count() == 1


def test_a_clock_that_jumps_back_harms_nothing_and_announces_once_more_in_time(site: Written) -> None:
    site.pages["/en/"] = "front"
    released("storm", NOW, announced_at=None)
    tick(NOW)

    detail = tick(NOW - timedelta(hours=1))

    assert detail["announced"] == 0
    assert pagestore.get("/en/") == b"front"
    assert tick(NOW - timedelta(minutes=59))["pages"] == {}
    assert tick(NOW)["announced"] == 1


def test_all_is_well_while_the_tick_beats(site: Written) -> None:
    assert pulse(NOW).silent
    tick(NOW)

    assert pulse(NOW + 5 * SECOND).is_well
    assert pulse(NOW + 60 * SECOND).silent
    assert not pulse(NOW + 60 * SECOND).is_well


def test_what_is_overdue_late_or_failing_is_told(site: Written) -> None:
    site.pages |= dict.fromkeys(every_page(NOW), "page")
    tick(NOW)
    released("storm", NOW - OVERDUE, announced_at=None, not_before=NOW + timedelta(hours=1))
    touch(["/en/"], NOW - timedelta(minutes=5))
    Page.objects.filter(path="/en/").update(last_error="broken", attempts=1)
    Outbox.objects.create(to="a@news.example", subject="s", body="b", made_at=NOW, last_error="refused")
    for state in ("failed", "done"):
        JobRun.objects.create(job="close_day", key="2026-03-08", state=state, started_at=NOW)
    JobRun.objects.create(job="close_day", key="2026-03-09", state="failed", started_at=NOW)

    now = pulse(NOW)

    assert (now.overdue, now.dirty, now.late) == (1, 1, 1)
    assert (now.failing_pages, now.failing_mails, now.failed_runs) == (1, 1, 1)
    assert not now.is_well


def test_a_new_name_on_every_page_stores_all_of_them_anew(site: Written) -> None:
    site.pages |= dict.fromkeys(every_page(NOW), "page")
    tick(NOW)
    assert tick(NOW + SECOND)["pages"] == {}

    rubric(Category, "sea")
    site.pages |= dict.fromkeys(every_page(NOW), "page with the sea")
    tick(NOW + 2 * SECOND)

    assert pagestore.get("/en/") == b"page with the sea"
    assert pagestore.get("/ru/category/sea/") == b"page with the sea"
    assert list(verify(NOW + 3 * SECOND)) == []


def test_another_address_of_the_site_stores_all_pages_anew(site: Written, settings: Any) -> None:
    site.pages["/en/"] = "http://127.0.0.1:8000/en/"
    released("storm", NOW, announced_at=None)
    tick(NOW)

    settings.SITE_URL = "http://127.0.0.1:8010"
    site.pages["/en/"] = "http://127.0.0.1:8010/en/"
    tick(NOW + SECOND)

    assert pagestore.get("/en/") == b"http://127.0.0.1:8010/en/"


def test_an_edition_that_ended_before_it_was_announced_leaves_the_counts_alone(site: Written) -> None:
    """No worker lived from one edition over the next to the third, which an editor published by hand."""
    first = released("storm", NOW, counted=False, ended_at=NOW + SECOND, ending="superseded")
    ended = {"ended_at": NOW + 2 * SECOND, "ending": "superseded"}
    missed = released("storm", NOW, article=first.article, live_at=NOW + SECOND, announced_at=None, **ended)
    last = released("storm", NOW, article=first.article, live_at=NOW + 2 * SECOND, counted=True)
    reconcile(NOW + 2 * SECOND)

    assert tick(NOW + 3 * SECOND)["announced"] == 1

    assert Release.objects.get(pk=last.pk).counted
    assert not Release.objects.get(pk=missed.pk).counted
    assert reconcile(NOW + 3 * SECOND) == []
