"""Close a day, a month, a year of the archive: its counts are reconciled, its pages stored, all of it recorded."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max

from .. import pagestore
from ..models import JobRun, Release, Site
from ..pagemap import bounds, period_pages
from ..publishing import record
from .bake import bake_paths
from .counts import pages_with_counts, reconcile
from .runs import Renew, plan_once

LISTED = 50  # of what was wrong, and of the pages, so many are written into the run
UNFINISHED = 3600  # seconds: what was written aside before that belongs to nobody alive
MOST_DAYS = 400  # after a standstill no more than so many days are made up for


class PagesFailed(Exception):
    """Some pages could not be stored; `detail` is what the run reports all the same."""

    def __init__(self, detail: dict[str, Any]) -> None:
        super().__init__(f"{detail['pages']['failed']} pages could not be stored; each has its error.")
        self.detail = detail


def close_day(run: JobRun, at: datetime, renew: Renew) -> dict[str, Any]:
    """Close the day of `run.key` (such as 2024-03-25); the night's job also reconciles all counts of the archive."""
    day = date.fromisoformat(run.key)
    pagestore.clear_aside(before=at.timestamp() - UNFINISHED)
    wrong = reconcile(at)
    closed = record.close_day(at)
    return _close(at, renew, (day.year, day.month, day.day), wrong) | closed


def close_month(run: JobRun, at: datetime, renew: Renew) -> dict[str, Any]:
    """Close the month of `run.key` (such as 2024-03)."""
    year, month = map(int, run.key.split("-"))
    return _close(at, renew, (year, month, 0), [])


def close_year(run: JobRun, at: datetime, renew: Renew) -> dict[str, Any]:
    """Close the year of `run.key` (such as 2024)."""
    return _close(at, renew, (int(run.key), 0, 0), [])


def _close(at: datetime, renew: Renew, period: tuple[int, int, int], wrong: list[dict[str, Any]]) -> dict[str, Any]:
    """Store the period's pages; return what was made of what."""
    articles = Release.objects.live(at).filter(published_date__range=bounds(*period)).order_by().values_list("language")
    paths = period_pages(at, *period) | pages_with_counts(wrong)
    outcomes = bake_paths(paths, at, progress=lambda done, now: renew(done, now, len(paths)))
    detail: dict[str, Any] = {
        "articles": dict(articles.annotate(Count("id"))),
        "pages": dict(outcomes),
        "addresses": sorted(paths)[:LISTED],
        "wrong_counts": len(wrong),
    }
    if wrong:
        detail["counts_put_right"] = wrong[:LISTED]
    if outcomes["failed"]:
        raise PagesFailed(detail)
    return detail


@transaction.atomic
def plan_ended(at: datetime) -> list[JobRun]:
    """Plan the closing of the days, months and years that have ended in the newsroom's zone, all or none.

    And what begins with a day: designations that begin or end on it.
    """
    today = at.astimezone(Site.current().zone).date()
    planned = [plan_once(job, key, at) for job, key in (*begun_day(today), *ended_periods(today))]
    return [run for run in planned if run is not None]


def begun_day(today: date) -> Iterator[tuple[str, str]]:
    """Yield (job, key) of following the designations of `today`, unless that, or a later day's, was planned."""
    key = today.isoformat()
    if not JobRun.objects.filter(job="follow_dates", key__gte=key).exists():
        yield "follow_dates", key


def ended_periods(today: date) -> Iterator[tuple[str, str]]:
    """Yield (job, key) of the periods before `today` that are to be closed; nothing when all are.

    Days missed while no worker lived are made up for; a newsroom that has never closed one begins with yesterday.
    """
    yesterday = today - timedelta(days=1)
    last = JobRun.objects.filter(job="close_day").aggregate(last=Max("key"))["last"]
    first = date.fromisoformat(last) + timedelta(days=1) if last else yesterday
    first = max(first, yesterday - timedelta(days=MOST_DAYS))
    days = [first + timedelta(days=number) for number in range((yesterday - first).days + 1)]
    for day in days:
        yield "close_day", day.isoformat()
    for month in sorted({f"{day:%Y-%m}" for day in days if f"{day:%Y-%m}" != f"{today:%Y-%m}"}):
        yield "close_month", month
    for year in sorted({f"{day:%Y}" for day in days if day.year != today.year}):
        yield "close_year", year
