"""Close a day, a month, a year of the archive: its counts are reconciled, its pages stored, all of it recorded."""

from bisect import bisect_right
from collections import Counter
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
from .counts import Reconciled, reconcile_years
from .runs import Ended, Step, Steps, begun, plan_once
from .verify import REPAIR
from .watch import Watch

Period = tuple[int, int, int]  # year, month, day; 0 for all of them
SOME = 20  # pages stored in one step
LISTED = 50  # of what was wrong, and of the pages, so many are written into the run
UNFINISHED = 3600  # seconds: what was written aside before that belongs to nobody alive
MOST_DAYS = 400  # after a standstill no more than so many days are made up for


def close_day(run: JobRun, watch: Watch) -> Steps:
    """Close the day of `run.key` (such as 2024-03-25); the night's job also reconciles all counts of the archive."""
    kept: dict[str, Any] = {"year": 0, "month": "", "wrong": 0, "put_right": []} | run.kept
    if "closed" not in kept:
        pagestore.clear_aside(before=watch.now.timestamp() - UNFINISHED)
        for year, month, wrong in reconcile_years(watch, Reconciled(kept["year"], kept["month"])):
            kept |= {"year": year, "month": month, "wrong": kept["wrong"] + len(wrong)}
            kept["put_right"] = [*kept["put_right"], *wrong][:LISTED]
            yield Step(0, 0, dict(kept))
        kept["closed"] = record.close_day(run.started_at)
        yield Step(0, 0, dict(kept))
    day = date.fromisoformat(run.key)
    detail = (yield from _close(watch, [(day.year, day.month, day.day)], kept)) | kept["closed"]
    if detail["unremoved_files"]:
        raise Ended(f"{detail['unremoved_files']} files of erased articles could not be removed.", detail)
    return detail


def close_month(run: JobRun, watch: Watch) -> Steps:
    """Close the month of `run.key` (such as 2024-03)."""
    year, month = map(int, run.key.split("-"))
    return (yield from _close(watch, [(year, month, 0)], run.kept))


def close_year(run: JobRun, watch: Watch) -> Steps:
    """Close the year of `run.key` (such as 2024), a month at a time: to know the pages of all takes long."""
    return (yield from _close(watch, [(int(run.key), month, 0) for month in range(1, 13)], run.kept))


def _close(watch: Watch, periods: list[Period], kept: dict[str, Any]) -> Steps:
    """Store the pages of days or months, from the last one stored on; return what was made of what."""
    outcomes, addresses = Counter[str](kept.get("pages", {})), kept.get("addresses", [])
    begun, last = kept.get("period", 0), kept.get("path", "")
    for number, period in enumerate(periods[begun:], begun):
        paths = _pages(watch.now, period, first=not number)
        for start in range(bisect_right(paths, last), len(paths), SOME):
            some = paths[start : start + SOME]
            outcomes += bake_paths(some, watch.now)
            addresses = [*addresses, *some][:LISTED]
            kept |= {"period": number, "path": some[-1], "pages": dict(outcomes), "addresses": addresses}
            done = (number, len(periods)) if len(periods) > 1 else (start + len(some), len(paths))
            yield Step(*done, dict(kept))
        last = ""
    days = (bounds(*periods[0])[0], bounds(*periods[-1])[1])
    articles = Release.objects.live(watch.now).filter(published_date__range=days).order_by()
    detail: dict[str, Any] = {
        "articles": dict(articles.values_list("language").annotate(Count("id"))),
        "pages": dict(outcomes),
        "addresses": addresses,
        "wrong_counts": kept.get("wrong", 0),
    }
    if kept.get("put_right"):
        detail["counts_put_right"] = kept["put_right"]
    if outcomes["failed"]:
        raise Ended(f"{outcomes['failed']} pages could not be stored; each has its error.", detail)
    return detail


def _pages(at: datetime, period: Period, *, first: bool) -> list[str]:
    """Return the pages of a day or a month, in order; those above it come with the first, of an empty month none."""
    if first:
        return sorted(period_pages(at, *period))
    if not Release.objects.live(at).filter(published_date__range=bounds(*period)).exists():
        return []
    return sorted(period_pages(at, *period, above=False))


@transaction.atomic
def plan_ended(at: datetime) -> list[JobRun]:
    """Plan the closing of the days, months and years that have ended in the newsroom's zone, all or none.

    And what begins with a day: designations that begin or end on it, and the check of the stored pages.
    """
    today = at.astimezone(Site.current().zone).date()
    due = (*begun_day(today, at), *ended_periods(today, at), *checked_night(today, at), *cleared_night(today, at))
    planned = [plan_once(job, key, at) for job, key in due]
    return [run for run in planned if run is not None]


def begun_day(today: date, at: datetime) -> Iterator[tuple[str, str]]:
    """Yield (job, key) of following the designations of `today`, unless that, or a later day's, was planned."""
    key = today.isoformat()
    if not begun(at).filter(job="follow_dates", key__gte=key).exists():
        yield "follow_dates", key


def checked_night(today: date, at: datetime) -> Iterator[tuple[str, str]]:
    """Yield (job, key) of the check that puts the stored pages right, unless that of `today`, or of a later day, was
    planned; last, so that it finds what the others have stored."""
    key = today.isoformat()
    if not begun(at).filter(job="verify_pages", key__gte=key).exclude(key=REPAIR).exists():
        yield "verify_pages", key


def cleared_night(today: date, at: datetime) -> Iterator[tuple[str, str]]:
    """Yield (job, key) of the clearing of `today`, unless that, or a later day's, was planned."""
    key = today.isoformat()
    if not begun(at).filter(job="clear_out", key__gte=key).exists():
        yield "clear_out", key


def ended_periods(today: date, at: datetime) -> Iterator[tuple[str, str]]:
    """Yield (job, key) of the periods before `today` that are to be closed; nothing when all are.

    Days missed while no worker lived are made up for; a newsroom that has never closed one begins with yesterday.
    """
    yesterday = today - timedelta(days=1)
    last = begun(at).filter(job="close_day").aggregate(last=Max("key"))["last"]
    first = date.fromisoformat(last) + timedelta(days=1) if last else yesterday
    first = max(first, yesterday - timedelta(days=MOST_DAYS))
    days = [first + timedelta(days=number) for number in range((yesterday - first).days + 1)]
    for day in days:
        yield "close_day", day.isoformat()
    for month in sorted({f"{day:%Y-%m}" for day in days if f"{day:%Y-%m}" != f"{today:%Y-%m}"}):
        yield "close_month", month
    for year in sorted({f"{day:%Y}" for day in days if day.year != today.year}):
        yield "close_year", year
