"""Which pages show a release whose place in the lists stays as it is: only its marks, or what its notes say, change.

Cheaper than `pages_of`, and it names fewer pages: of a long list the one page the release stands on. Positions come
from the archive's counts, so that the cost does not grow with the archive.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Sum

from articles.models import Count, Release

from . import addresses
from .lists import LIST_SIZE, closed_pages
from .pages import article_paths, before, in_rubric, rubrics_of
from .periods import bounds


def pages_showing(release: Release, at: datetime) -> frozenset[str]:
    """Return the stored pages on which the headline or the summary of a release that is live at `at` stands."""
    return frozenset({*_living(release), *article_paths(release, at), *_lists(release, at)})


def _living(release: Release) -> Iterator[str]:
    language = release.language
    yield addresses.front_path(language)
    yield addresses.news_path(language)
    yield addresses.sitemap_path()
    yield from feeds_of(release)
    if release.edition.corrections:
        yield addresses.corrections_path(language)
        yield addresses.corrections_feed_path(language)


def feeds_of(release: Release) -> Iterator[str]:
    """Yield the feeds in which the release stands while it is new."""
    yield addresses.feed_path(release.language)
    for kind, slug in rubrics_of(release):
        yield addresses.feed_path(release.language, kind, slug)


def _lists(release: Release, at: datetime) -> Iterator[str]:
    language, day = release.language, release.published_date
    page = _page(release, "", (day, day), at)
    yield addresses.archive_path(language, day.year, day.month, day.day, page)
    for kind, slug in rubrics_of(release):
        key = f"{kind}:{slug}"
        yield addresses.rubric_path(language, kind, slug, page=_page(release, key, None, at))
        page = _page(release, key, bounds(day.year, day.month), at)
        yield addresses.rubric_path(language, kind, slug, day.year, day.month, page)


def _page(release: Release, rubric: str, period: tuple[date, date] | None, at: datetime) -> int:
    """Return the page of a list on which the release stands; `rubric` as in `Count`, `period` None: all days."""
    counts = Count.objects.filter(language=release.language, rubric=rubric)
    if period:
        counts = counts.filter(date__range=period)
    total = counts.aggregate(sum=Sum("number"))["sum"] or 0
    if closed_pages(total) == 0:
        return 1
    earlier = counts.filter(date__lt=release.published_date).aggregate(sum=Sum("number"))["sum"] or 0
    same_day = Release.objects.live(at).filter(language=release.language, published_date=release.published_date)
    if rubric:
        same_day = same_day.filter(in_rubric(*rubric.split(":", 1)))
    position = earlier + same_day.filter(before(release)).exclude(article_id=release.article_id).count()
    return 1 if position >= closed_pages(total) * LIST_SIZE else position // LIST_SIZE + 2
