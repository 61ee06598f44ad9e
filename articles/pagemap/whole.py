"""Every page that is to be stored, for a full bake and for `verify`."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count
from django.db.models.functions import TruncMonth

from articles.models import KINDS, Release, Site

from . import addresses
from .lists import closed_pages


def every_page(at: datetime) -> Iterator[str]:
    """Yield the address of every page and photo that shows what is live at `at`; some more than once."""
    yield addresses.sitemap_path()
    for language in Site.current().used:
        yield addresses.front_path(language)
        yield addresses.news_path(language)
        yield addresses.feed_path(language)
        yield addresses.corrections_path(language)
        yield addresses.corrections_feed_path(language)
        yield from archive_pages(language, at)
        for kind in KINDS:
            yield from rubric_pages(language, kind, at)
        yield from article_pages(language, at)


def archive_pages(language: str, at: datetime) -> Iterator[str]:
    """Yield the archive's pages, of each year, month and day with articles."""
    yield addresses.archive_path(language)
    months: set[tuple[int, int]] = set()
    days = Release.objects.live(at).filter(language=language).values_list("published_date").order_by("published_date")
    for day, total in days.annotate(total=Count("id")):
        months.add((day.year, day.month))
        for page in range(1, closed_pages(total) + 2):
            yield addresses.archive_path(language, day.year, day.month, day.day, page)
    for year in sorted({year for year, _month in months}):
        yield addresses.archive_path(language, year)
    for year, month in sorted(months):
        yield addresses.archive_path(language, year, month)


def rubric_pages(language: str, kind: str, at: datetime) -> Iterator[str]:
    """Yield the pages of the rubrics of a kind: feed, list, and list of each month with articles."""
    for slug in KINDS[kind].model.objects.values_list("slug", flat=True):
        yield addresses.feed_path(language, kind, slug)
        yield addresses.rubric_path(language, kind, slug)
    slug_field = KINDS[kind].slug_field
    rows = Release.objects.live(at).filter(language=language).exclude(**{slug_field: None}).order_by()
    for slug, total in rows.values_list(slug_field).annotate(Count("id")):
        for page in range(2, closed_pages(total) + 2):
            yield addresses.rubric_path(language, kind, slug, page=page)
    months = rows.annotate(month=TruncMonth("published_date")).values_list(slug_field, "month")
    for slug, month, total in months.annotate(Count("id")):
        yield from rubric_month_pages(language, kind, slug, month, total)


def rubric_month_pages(language: str, kind: str, slug: str, month: date, total: int) -> Iterator[str]:
    """Yield the pages of a rubric's month of `total` articles; `month`: any day of it."""
    for page in range(1, closed_pages(total) + 2):
        yield addresses.rubric_path(language, kind, slug, month.year, month.month, page)


def article_pages(language: str, at: datetime) -> Iterator[str]:
    """Yield the articles' own pages and their photos."""
    releases = Release.objects.live(at).filter(language=language)
    columns = ("published_date", "edition__slug", "edition__photo")
    for day, slug, photo in releases.values_list(*columns).iterator(chunk_size=500):
        yield addresses.article_path(language, day, slug)
        if photo:
            yield addresses.media_path(photo["web"])
