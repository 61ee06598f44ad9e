"""The archive's pages of a day, a month and a year, for the jobs that close them."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime

from articles.models import KINDS, Release, Site

from . import addresses
from .lists import closed_pages
from .whole import rubric_month_pages


def bounds(year: int, month: int = 0, day: int = 0) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day."""
    last_month = month or 12
    last_day = day or monthrange(year, last_month)[1]
    return date(year, month or 1, day or 1), date(year, last_month, last_day)


def period_pages(at: datetime, year: int, month: int = 0, day: int = 0) -> frozenset[str]:
    """Return the archive's pages in which the articles of a year, a month or a day stand, in each used language.

    These are the period's own page and those above it, its days, and its rubrics' months with articles.
    """
    used = Site.current().used
    return frozenset(path for language in used for path in _pages(language, at, *bounds(year, month, day)))


def _pages(language: str, at: datetime, first: date, last: date) -> Iterator[str]:
    releases = Release.objects.live(at).filter(language=language, published_date__range=(first, last)).order_by()
    days = list(releases.values_list("published_date", flat=True).distinct())
    yield addresses.archive_path(language)
    for year, month in {(day.year, day.month) for day in [*days, first]}:
        yield addresses.archive_path(language, year)
        yield addresses.archive_path(language, year, month)
    for day in days:
        total = releases.filter(published_date=day).count()
        for page in range(1, closed_pages(total) + 2):
            yield addresses.archive_path(language, day.year, day.month, day.day, page)
    yield from _rubric_months(language, at, first, last)


def _rubric_months(language: str, at: datetime, first: date, last: date) -> Iterator[str]:
    """Yield the pages of the months of rubrics in which an article of the period stands."""
    live = Release.objects.live(at).filter(language=language).order_by()
    in_period = live.filter(published_date__range=(first, last))
    for kind, rubric in KINDS.items():
        slug = rubric.slug_field
        found = in_period.exclude(**{slug: None}).values_list(slug, "published_date").distinct()
        for name, year, month in {(name, day.year, day.month) for name, day in found}:
            whole = bounds(year, month)
            total = live.filter(**{slug: name}, published_date__range=whole).count()
            yield from rubric_month_pages(language, kind, name, whole[0], total)
