"""On which page of each long list entries stand: for pages that change with an entry's marks while its place stays.

Positions come from the archive's counts, so that the cost does not grow with the archive.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from articles.models import Release
from articles.shown.sql import adapted
from articles.shown.where import rubric_lookup

from .days import bounds
from .entry import Entry
from .lists import LIST_SIZE, closed_pages

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


class Positions:
    """The positions of `entries`, live at `at`, in the lists of their day, of their rubrics and of their month."""

    def __init__(self, entries: Sequence[Entry], at: datetime) -> None:
        self.at = at
        days: dict[Listing, set[date]] = defaultdict(set)
        for entry in entries:
            days[of_day(entry)].add(entry.day)
            for key in entry.keys[1:]:
                days[of_rubric(entry, key)].add(entry.day)
                days[of_month(entry, key)].add(entry.day)
        self._found = counted(days)

    def of_day(self, entry: Entry) -> int:
        """Return the page of the day's list on which the entry stands."""
        return self._page(entry, of_day(entry))

    def of_rubric(self, entry: Entry, key: str) -> int:
        """Return the page of a rubric's list on which the entry stands."""
        return self._page(entry, of_rubric(entry, key))

    def of_month(self, entry: Entry, key: str) -> int:
        """Return the page of a rubric's month on which the entry stands."""
        return self._page(entry, of_month(entry, key))

    def _page(self, entry: Entry, listing: Listing) -> int:
        place = self._found[listing, entry.day]
        closed = closed_pages(place.total)
        first, last = place.earlier, place.earlier + place.same_day - 1
        if closed == 0 or first >= closed * LIST_SIZE:
            return 1
        if first // LIST_SIZE == last // LIST_SIZE:
            return first // LIST_SIZE + 2
        same_day = Release.objects.live(self.at).filter(language=entry.language, published_date=entry.day)
        same_day = same_day.filter(before(entry), **rubric_lookup(listing.rubric))
        position = first + same_day.exclude(article_id=entry.article).count()
        return 1 if position >= closed * LIST_SIZE else position // LIST_SIZE + 2


def of_day(entry: Entry) -> Listing:
    return Listing(entry.language, "", entry.day, entry.day)


def of_rubric(entry: Entry, key: str) -> Listing:
    return Listing(entry.language, key, date.min, date.max)


def of_month(entry: Entry, key: str) -> Listing:
    return Listing(entry.language, key, *bounds(entry.day.year, entry.day.month))


def before(entry: Entry) -> Q:
    """What stands before the entry in every list."""
    same = Q(published_at=entry.published_at, article_id__lt=entry.article)
    # The first condition says nothing new: it lets the database begin at its place in the index.
    return Q(published_at__lte=entry.published_at) & (Q(published_at__lt=entry.published_at) | same)


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
