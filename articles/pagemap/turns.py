"""Which pages of the archive lead to a day, a month or a year that gets its first article or loses its last one.

These are the nearest before and after it that have some, and of a day all days of its month, whose calendar it stands
in. Nothing else of the archive names a period: one publication touches a bounded number of them, and most touch none.
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from articles.models import Count
from articles.shown.sql import adapted, to_day

from .days import bounds
from .entry import Entry
from .places import Places
from .positions import Listing, of_day, of_month, of_rubric, summed

AT_ONCE = 100  # lists in one statement; SQLite takes at most 500 parts
NEAREST = (
    "SELECT * FROM (SELECT %s AS number, date, c.number AS held FROM articles_count c "
    "WHERE language = %s AND rubric = %s AND c.number > 0 AND date {} %s ORDER BY date {} LIMIT %s) p"
)
SIDES = NEAREST.format("<", "DESC"), NEAREST.format(">", "")
Beside = Mapping[Listing, Counter[date]]


def only_theirs(listings: Iterable[Listing], places: Places) -> list[Listing]:
    """Return those of the entries' lists in which nothing stands but articles of the entries."""
    return sorted({*listings} & _found(places).keys())


def leading(listings: Iterable[Listing], places: Places) -> Iterator[tuple[Listing, date]]:
    """Yield the nearest days before and after each of the lists in which nothing stands but articles of the entries."""
    for listing in only_theirs(listings, places):
        for day in _found(places)[listing]:
            yield listing, day


def _found(places: Places) -> dict[Listing, list[date]]:
    """Return the lists in which nothing stands but articles of the entries, with the nearest days: asked for once, for
    all kinds of pages."""
    if places.turns is None:
        listings = {one for entry in places.entries for one in lists_of(entry)}
        beside = {one: places.beside_counts(one.language, one.rubric) for one in listings}
        places.turns = nearest(list(_only_theirs(beside)), beside)
    return places.turns


def lists_of(entry: Entry) -> Iterator[Listing]:
    """Yield the lists of which an entry may be the first: of its day, month and year, of its rubrics and their
    months."""
    yield of_day(entry)
    yield Listing(entry.language, "", *bounds(entry.day.year, entry.day.month))
    yield Listing(entry.language, "", *bounds(entry.day.year))
    for key in entry.keys[1:]:
        yield of_rubric(entry, key)
        yield of_month(entry, key)


def _only_theirs(beside: Beside) -> Iterator[Listing]:
    ordered = sorted(beside)
    for listing, number in zip(ordered, summed([(one, one.first, one.last) for one in ordered]), strict=True):
        moved = sum(many for day, many in beside[listing].items() if listing.first <= day <= listing.last)
        if number + moved <= 0:
            yield listing


def nearest(listings: Sequence[Listing], beside: Beside | None = None) -> dict[Listing, list[date]]:
    """Return the nearest days before and after each list's that hold something of its rubric, by the archive's counts
    and what is to be added to them; by each day that this takes away one more is looked at."""
    found: dict[Listing, list[date]] = {}
    for start in range(0, len(listings), AT_ONCE):
        some = listings[start : start + AT_ONCE]
        moved = [beside[one] if beside else Counter[date]() for one in some]
        for one, days, counts in zip(some, moved, _near(some, moved), strict=True):
            held = {day for day in {*counts, *days} if counts[day] + days[day] > 0}
            before, after = {day for day in held if day < one.first}, {day for day in held if day > one.last}
            found[one] = [*([max(before)] if before else []), *([min(after)] if after else [])]
    return found


def _near(some: Sequence[Listing], moved: Sequence[Counter[date]]) -> list[Counter[date]]:
    """Return counts of each list's rubric before and after it: of some days more than `moved` can take away."""
    values: list[Any] = []
    for number, (one, days) in enumerate(zip(some, moved, strict=True)):
        limit = 1 - sum(many for many in days.values() if many < 0)
        for limiting in (one.first, one.last):
            values += [number, one.language, one.rubric, adapted(limiting), limit]
    found: dict[int, Counter[date]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(SIDES * len(some)), values)
        for number, day, held in cursor.fetchall():
            found[number][to_day(day)] = held
    return [found[number] for number in range(len(some))]


def nearest_to(language: str, rubric: str, first: date, last: date) -> list[date]:
    """Return the nearest days before and after a period that hold something of a rubric, by the archive's counts."""
    listing = Listing(language, rubric, first, last)
    return nearest([listing])[listing]


def month_of(language: str, day: date, beside: Counter[date] | None = None) -> Iterator[date]:
    """Yield the days of a day's month that hold something."""
    rows = Count.objects.filter(language=language, rubric="", date__range=bounds(day.year, day.month))
    counts, moved = Counter(dict(rows.values_list("date", "number"))), beside or Counter[date]()
    for number in range(1, monthrange(day.year, day.month)[1] + 1):
        one = day.replace(day=number)
        if counts[one] + moved[one] > 0:
            yield one
