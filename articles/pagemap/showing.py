"""Which pages show releases whose place in the lists stays as it is: only their marks, or what their notes say, change.

Cheaper than `pages_of`, and it names fewer pages: of a long list the one page a release stands on. Positions come
from the archive's counts, so that the cost does not grow with the archive.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection

from articles.models import Release
from articles.shown.sql import adapted

from . import addresses
from .around import LIVE, Part, article_pages, parts_around
from .entry import Entry, entry_of, rubrics_of
from .lists import LIST_SIZE, closed_pages
from .pages import before, in_rubric
from .periods import bounds
from .places import uncounted

BEFORE_IT = (
    "SELECT r.id FROM articles_release r WHERE r.language = %s AND r.published_date = %s "  # noqa: S608
    f"AND (r.published_at, r.article_id) < (%s, %s) AND r.article_id <> %s AND {LIVE} "
    "ORDER BY r.published_at DESC, r.article_id DESC LIMIT 1"
)
SUMMED = (
    "WITH a (span, lang, rubric, first, last) AS (VALUES {}) SELECT span, COALESCE((SELECT SUM(number) "
    "FROM articles_count c WHERE c.language = a.lang AND c.rubric = a.rubric AND c.date BETWEEN a.first AND a.last), 0)"
    " FROM a"
)
ONE = timedelta(days=1)
SPANS = 400  # in one statement


class Listing(NamedTuple):
    """A list: what stands in a language's rubric (as in `Count`) from the first day to the last."""

    language: str
    rubric: str
    first: date
    last: date


class Place(NamedTuple):
    """How many entries a list has, how many of them on earlier days, how many on the release's day."""

    total: int
    earlier: int
    same_day: int


def pages_showing(releases: Sequence[Release], at: datetime) -> frozenset[str]:
    """Return the stored pages on which the headline or the summary of one of the releases, live at `at`, stands."""
    if not releases:
        return frozenset()
    entries = [entry_of(release) for release in releases]
    moved = uncounted(at)
    parts = [part for entry in entries for part in (*parts_around(entry, at, moved), _before(entry, at))]
    paths = {*article_pages(parts)}
    for release, entry, places in zip(releases, entries, places_of(entries), strict=True):
        paths.add(addresses.article_path(entry.language, entry.day, entry.slug))
        paths.update(_living(release))
        paths.update(_lists(release, places, at))
    return frozenset(paths)


def _before(entry: Entry, at: datetime) -> Part:
    """Return what finds the release before the entry on its day: its page names the one that follows."""
    return BEFORE_IT, [entry.language, entry.day, entry.published_at, entry.article, entry.article, at, at]


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


def _lists(release: Release, places: dict[tuple[str, str], Place], at: datetime) -> Iterator[str]:
    language, day = release.language, release.published_date
    whole_day = places["day", ""]
    yield addresses.archive_path(language, day.year, day.month, day.day, _page(release, "", whole_day, at))
    for kind, slug in rubrics_of(release):
        key = f"{kind}:{slug}"
        page = _page(release, key, places["all", key], at)
        yield addresses.rubric_path(language, kind, slug, page=page)
        page = _page(release, key, places["month", key], at)
        yield addresses.rubric_path(language, kind, slug, day.year, day.month, page)


def places_of(entries: Sequence[Entry]) -> list[dict[tuple[str, str], Place]]:
    """Read the entries' places in the lists of their day, of their rubrics and of their month.

    By (period, rubric), the rubric as in `Count`; the period: day, month or all.
    """
    lists = [
        {
            (period, key): Listing(entry.language, key, first, last)
            for period, (first, last), keys in (
                ("day", (entry.day, entry.day), [""]),
                ("month", bounds(entry.day.year, entry.day.month), entry.keys[1:]),
                ("all", (date.min, date.max), entry.keys[1:]),
            )
            for key in keys
        }
        for entry in entries
    ]
    days: dict[Listing, set[date]] = defaultdict(set)
    for entry, listings in zip(entries, lists, strict=True):
        for listing in listings.values():
            days[listing].add(entry.day)
    found = counted(days)
    return [
        {name: found[listing, entry.day] for name, listing in listings.items()}
        for entry, listings in zip(entries, lists, strict=True)
    ]


def counted(days: Mapping[Listing, set[date]]) -> dict[tuple[Listing, date], Place]:
    """Return the places of some days in each list; every day of a list is counted once, however many are asked for."""
    spans = [(listing, first, last) for listing, some in days.items() for first, last in _spans(listing, sorted(some))]
    numbers = summed(spans)
    totals: Counter[Listing] = Counter()
    earlier: dict[tuple[Listing, date], int] = {}
    same_day: dict[tuple[Listing, date], int] = {}
    for (listing, first, _last), number in zip(spans, numbers, strict=True):
        if first in days[listing]:
            earlier[listing, first], same_day[listing, first] = totals[listing], number
        totals[listing] += number
    return {
        (listing, day): Place(totals[listing], earlier[listing, day], same_day[listing, day])
        for listing, day in earlier
    }


def _spans(listing: Listing, days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Cut a list into spans of days: each of these days by itself, and what lies between them."""
    first = listing.first
    for day in days:
        if first < day:
            yield first, day - ONE
        yield day, day
        first = day + ONE if day < listing.last else day
    if days[-1] < listing.last:
        yield first, listing.last


def summed(spans: Sequence[tuple[Listing, date, date]]) -> list[int]:
    """Return how many entries the archive's counts have in each span of a list."""
    numbers = [0] * len(spans)
    for start in range(0, len(spans), SPANS):
        some = list(enumerate(spans[start : start + SPANS], start))
        values = [
            value
            for number, (listing, *days) in some
            for value in (number, listing.language, listing.rubric, *map(adapted, days))
        ]
        with connection.cursor() as cursor:
            cursor.execute(SUMMED.format(", ".join(["(%s, %s, %s, %s, %s)"] * len(some))), values)
            for number, found in cursor.fetchall():
                numbers[number] = found
    return numbers


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
