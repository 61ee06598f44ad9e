"""Days, months and years are closed once they have ended in the newsroom's zone, however the worker fared."""

from datetime import UTC, date, datetime, timedelta

import pytest

from articles import pagestore
from articles.baking import close_periods, rerun, run_now
from articles.baking.jobs import NotRepeatable
from articles.baking.periods import ended_periods
from articles.baking.runs import claim_run, plan, plan_once
from articles.baking.watch import Watch
from articles.models import Count, JobRun, Page, Site
from articles.models.work import LEASE
from articles.pagemap import every_page, period_pages
from tests.pagemap.released import released

from .conftest import NOW, Written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

DAY = timedelta(days=1)


@pytest.fixture
def moscow(db: None) -> None:
    Site(name_en="Tern Herald", name_ru="Вестник крачки", time_zone="Europe/Moscow").save()


@pytest.fixture
def full(site: Written, moscow: None) -> Written:
    """Three articles: two of the day that has ended, one of a day before."""
    released("storm", NOW - DAY, category="law", counted=True)
    released("flood", NOW - DAY, category="law", language="ru", counted=True)
    released("frost", NOW - 3 * DAY, counted=True)
    site.pages |= {path: f"page {path}" for path in every_page(NOW)}
    return site


def jobs() -> list[tuple[str, str, str]]:
    runs = JobRun.objects.exclude(job__in=("follow_dates", "verify_pages", "clear_out")).order_by("pk")
    return [(run.job, run.key, run.state) for run in runs]


def test_a_day_is_closed_with_all_that_stands_above_it(full: Written) -> None:
    run = run_now("close_day", "2026-03-09", NOW)

    assert run.state == "done", run.last_error
    for language in ("en", "ru"):
        for path in ("archive/", "archive/2026/", "archive/2026/03/", "archive/2026/03/09/", "category/law/2026/03/"):
            assert pagestore.get(f"/{language}/{path}"), path
    assert pagestore.get("/en/archive/2026/03/07/") is None or Count.objects.exists()


def test_the_run_says_what_it_made_of_what(full: Written) -> None:
    run = run_now("close_day", "2026-03-09", NOW)

    assert run.detail["articles"] == {"en": 1, "ru": 1}
    assert run.detail["pages"]["stored"] == sum(run.detail["pages"].values())
    assert "/en/archive/2026/03/09/" in run.detail["addresses"]
    assert run.detail["wrong_counts"] > 0
    assert run.detail["seconds"] >= 0
    assert run.finished_at is not None


def test_closing_twice_leaves_the_same(full: Written) -> None:
    run_now("close_day", "2026-03-09", NOW)
    before = {path: pagestore.get(path) for path in pagestore.stored_paths()}

    again = run_now("close_day", "2026-03-09", NOW)

    assert set(again.detail["pages"]) == {"unchanged"}
    assert again.detail["wrong_counts"] == 0
    assert {path: pagestore.get(path) for path in pagestore.stored_paths()} == before


def test_an_empty_day_is_closed_without_a_page(full: Written) -> None:
    run = run_now("close_day", "2026-03-08", NOW)

    assert (run.state, run.detail["articles"]) == ("done", {})
    assert pagestore.get("/en/archive/2026/03/08/") is None


def test_a_month_and_a_year_hold_their_days(full: Written) -> None:
    month = run_now("close_month", "2026-03", NOW)
    year = run_now("close_year", "2026", NOW)

    for run in (month, year):
        assert run.state == "done", run.last_error
        assert run.detail["articles"] == {"en": 2, "ru": 1}
        assert {"/en/archive/2026/03/07/", "/ru/archive/2026/03/09/"} <= set(run.detail["addresses"])


def test_a_year_is_closed_with_each_of_its_pages_once(full: Written) -> None:
    for month in (2, 7, 12):
        for language in ("en", "ru")[: month % 2 + 1]:
            released(f"n{month}", NOW.replace(year=2025, month=month), language=language, topics=["sea"], counted=True)

    run = run_now("close_year", "2025", NOW)

    assert run.detail["articles"] == {"en": 3, "ru": 1}
    paths = {page.path for page in Page.objects.all()}
    assert sum(run.detail["pages"].values()) == len(paths)
    assert paths - period_pages(NOW, 2025) == {"/ru/archive/2025/02/", "/ru/archive/2025/12/"}, "there is none"
    assert period_pages(NOW, 2025) <= paths


def test_the_day_ends_at_midnight_in_the_newsrooms_zone(full: Written) -> None:
    """23:59 and 0:00 in Moscow are 20:59 and 21:00 in UTC."""
    close_periods(datetime(2026, 3, 10, 20, 59, tzinfo=UTC))
    assert jobs()[0] == ("close_day", "2026-03-09", "done")

    close_periods(datetime(2026, 3, 10, 21, 0, tzinfo=UTC))
    assert jobs()[-1] == ("close_day", "2026-03-10", "done")


def test_it_does_nothing_until_the_next_day_has_ended(full: Written, django_assert_max_num_queries: object) -> None:
    close_periods(NOW)
    before = jobs()

    with django_assert_max_num_queries(15):  # type: ignore[operator]
        assert close_periods(NOW + timedelta(minutes=1)) == []
    assert jobs() == before


def test_days_missed_while_no_worker_lived_are_made_up_for(full: Written) -> None:
    close_periods(NOW)

    close_periods(NOW + 3 * DAY)

    closed = [key for job, key, _state in jobs() if job == "close_day"]
    assert closed == ["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 1), [("close_day", "2026-02-28"), ("close_month", "2026-02")]),
        (date(2026, 3, 2), [("close_day", "2026-03-01")]),
        (
            date(2026, 1, 1),
            [("close_day", "2025-12-31"), ("close_month", "2025-12"), ("close_year", "2025")],
        ),
    ],
)
def test_months_and_years_end_with_their_last_day(db: None, today: date, expected: list[tuple[str, str]]) -> None:
    assert list(ended_periods(today, datetime(today.year, today.month, today.day, tzinfo=UTC))) == expected


def test_a_zone_moved_to_the_west_closes_no_day_twice(full: Written) -> None:
    close_periods(datetime(2026, 3, 10, 21, 30, tzinfo=UTC))
    Site.objects.update(time_zone="America/New_York")

    assert close_periods(datetime(2026, 3, 10, 21, 31, tzinfo=UTC)) == []


def test_a_failed_closing_is_noted_and_tried_again(full: Written) -> None:
    kept = full.pages["/en/archive/2026/03/09/"]
    full.pages["/en/archive/2026/03/09/"] = RuntimeError("broken")

    [run] = [run for run in close_periods(NOW) if run.job == "close_day"]
    assert run.state == "failed"
    assert "1 pages could not be stored" in run.last_error
    assert run.detail["pages"]["failed"] == 1
    assert close_periods(NOW + timedelta(minutes=1)) == []

    full.pages["/en/archive/2026/03/09/"] = kept
    [again] = close_periods(NOW + timedelta(minutes=6))
    assert (again.pk, again.state, again.attempts, again.last_error) == (run.pk, "done", 2, "")


def test_the_run_of_a_killed_worker_is_taken_over(full: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watch, "seconds", 0.0)  # however long the other runs of the night take
    run = plan("close_day", "2026-03-09", NOW)
    claim_run(NOW, ["close_day"])
    Count.objects.all().delete()

    taken = [one.pk for one in close_periods(NOW + LEASE - timedelta(seconds=1))]
    assert run.pk not in taken

    taken = [one.pk for one in close_periods(NOW + LEASE)]
    assert run.pk in taken
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 2)


def test_two_beats_plan_a_period_once(db: None) -> None:
    assert plan_once("close_day", "2026-03-09", NOW)
    assert plan_once("close_day", "2026-03-09", NOW) is None


def test_a_new_day_follows_the_designations_that_turn_on_it(full: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[date, date]] = []
    monkeypatch.setattr("articles.baking.jobs.follow_dates", lambda since, until, at: asked.append((since, until)))

    close_periods(NOW)
    close_periods(NOW + timedelta(minutes=1))
    close_periods(NOW + 3 * DAY)

    assert asked == [(date(2026, 3, 9), date(2026, 3, 10)), (date(2026, 3, 10), date(2026, 3, 13))]


def test_a_run_can_be_done_again(full: Written) -> None:
    first = run_now("close_day", "2026-03-09", NOW)

    planned = rerun(first, NOW)
    assert planned.pk != first.pk

    close_periods(NOW)
    planned.refresh_from_db()
    assert (planned.state, planned.key) == ("done", "2026-03-09")


def test_an_unknown_job_cannot_be_done_again(db: None) -> None:
    with pytest.raises(NotRepeatable, match="polish"):
        rerun(plan("polish", "", NOW), NOW)
