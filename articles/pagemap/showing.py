"""Which pages show a release whose place in the lists stays as it is: only its marks, or what its notes say, change.

Cheaper than `pages_of`, and it names fewer pages: of a long list the one page the release stands on. Positions come
from the archive's counts, so that the cost does not grow with the archive.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, Sum

from articles.models import Count, Release

from . import addresses
from .entry import rubrics_of
from .lists import LIST_SIZE, closed_pages
from .neighbours import shown_on
from .pages import before, in_rubric
from .periods import bounds


def pages_showing(release: Release, at: datetime) -> frozenset[str]:
    """Return the stored pages on which the headline or the summary of a release that is live at `at` stands."""
    places = _places(release)
    totals = {key.removeprefix("topic:"): row["all"] or 0 for key, row in places.items() if key.startswith("topic:")}
    return frozenset({*_living(release), *shown_on(release, at, totals), *_lists(release, places, at)})


def _living(release: Release) -> Iterator[str]:
    language = release.language
    yield addresses.front_path(language)
    yield addresses.news_path(language)
    yield addresses.sitemap_path()
    yield addresses.archive_path(language, release.published_date.year, release.published_date.month)
    yield from feeds_of(release)
    if release.edition.corrections:
        yield addresses.corrections_path(language)
        yield addresses.corrections_feed_path(language)


def feeds_of(release: Release) -> Iterator[str]:
    """Yield the feeds in which the release stands while it is new."""
    yield addresses.feed_path(release.language)
    for kind, slug in rubrics_of(release):
        yield addresses.feed_path(release.language, kind, slug)


def _lists(release: Release, places: dict[str, dict[str, Any]], at: datetime) -> Iterator[str]:
    language, day = release.language, release.published_date
    whole_day = _place(places, "", "day")
    yield addresses.archive_path(language, day.year, day.month, day.day, _page(release, "", whole_day, at))
    for kind, slug in rubrics_of(release):
        key = f"{kind}:{slug}"
        page = _page(release, key, _place(places, key, "all"), at)
        yield addresses.rubric_path(language, kind, slug, page=page)
        page = _page(release, key, _place(places, key, "month"), at)
        yield addresses.rubric_path(language, kind, slug, day.year, day.month, page)


class Place(NamedTuple):
    """How many entries a list has, how many of them on earlier days, how many on the release's day."""

    total: int
    earlier: int
    same_day: int


def _place(places: dict[str, dict[str, Any]], key: str, period: str) -> Place:
    row = places.get(key, {})
    same_day = row.get("day") or 0
    if period == "day":
        return Place(same_day, 0, same_day)
    return Place(row.get(period) or 0, row.get(f"{period}_earlier") or 0, same_day)


def _places(release: Release) -> dict[str, dict[str, Any]]:
    """Read the counts of the release's day, month and rubrics, with one query."""
    day = release.published_date
    keys = ["", *(f"{kind}:{slug}" for kind, slug in rubrics_of(release))]
    month = Q(date__range=bounds(day.year, day.month))
    earlier = Q(date__lt=day)
    rows = Count.objects.filter(language=release.language, rubric__in=keys).order_by().values("rubric")
    rows = rows.annotate(
        all=Sum("number"),
        all_earlier=Sum("number", filter=earlier),
        month=Sum("number", filter=month),
        month_earlier=Sum("number", filter=month & earlier),
        day=Sum("number", filter=Q(date=day)),
    )
    return {row["rubric"]: dict(row) for row in rows}


def _page(release: Release, rubric: str, place: Place, at: datetime) -> int:
    """Return the page of a list on which the release stands; `rubric` as in `Count`."""
    closed = closed_pages(place.total)
    first, last = place.earlier, place.earlier + place.same_day - 1
    if closed == 0 or first >= closed * LIST_SIZE:
        return 1
    if first // LIST_SIZE == last // LIST_SIZE:
        return first // LIST_SIZE + 2
    same_day = Release.objects.live(at).filter(language=release.language, published_date=release.published_date)
    if rubric:
        same_day = same_day.filter(in_rubric(*rubric.split(":", 1)))
    position = first + same_day.filter(before(release)).exclude(article_id=release.article_id).count()
    return 1 if position >= closed * LIST_SIZE else position // LIST_SIZE + 2
