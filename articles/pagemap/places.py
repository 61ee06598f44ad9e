"""Where entries stand in the long lists, among what is live: of the days before by the archive's counts, of their own
day and the days beside it one by one. So the cost grows with a day, not with the archive."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, Sum

from articles.models import Count, Edition, Release
from articles.models.release import ReleaseQuerySet

from .days import bounds
from .entry import Entry
from .lists import numbered_from, pages_from

# The order of days is that of moments, but for a change of the newsroom's zone, which moves it by a day at most.
BESIDE = timedelta(days=1)
NEAR = (-BESIDE, timedelta(0), BESIDE)


@dataclass(frozen=True)
class Row:
    """A release in lists. `number`: +1, or -1 for one that the counts hold although it has ended."""

    article: int
    language: str
    day: date
    slug: str
    keys: frozenset[str]
    place: tuple[datetime, int]
    number: int = 1


class Places:
    """The places of `entries` among what is live at `at`; their articles' own releases do not count."""

    def __init__(self, entries: Sequence[Entry], at: datetime) -> None:
        self.at = at
        self.entries = entries
        self.turns: dict[Any, list[date]] | None = None  # as `turns` finds them once
        days = {(entry.language, entry.day + step) for entry in entries for step in NEAR}
        near = rows_of(Release.objects.live(at).filter(_on(days)))
        self._near: dict[tuple[str, date, str], list[Row]] = defaultdict(list)  # by language, day, key, in their order
        for row in sorted(near, key=_place):
            for key in row.keys:
                self._near[row.language, row.day, key].append(row)
        self.uncounted = uncounted(at)
        self._moved: dict[tuple[str, str], Counter[date]] = defaultdict(Counter)
        for row in self.uncounted:
            for key in row.keys:
                self._moved[row.language, key][row.day] += row.number
        self._own: dict[int, list[Row]] = defaultdict(list)
        for row in rows_of(Release.objects.live(at).filter(article_id__in={entry.article for entry in entries})):
            self._own[row.article].append(row)
        self._sums = {
            (language, day): sums(language, day, keys) for (language, day), keys in _keys_by_day(entries).items()
        }

    def beside(self, entry: Entry) -> list[Row]:
        """Return the releases before and after the entry on its day."""
        day = self._near[entry.language, entry.day, ""]
        place = bisect_left(day, entry.place, key=_place)
        earlier = (row for row in reversed(day[max(0, place - 2) : place]) if row.article != entry.article)
        later = (row for row in day[place : place + 2] if row.article != entry.article)
        return [row for row in (next(earlier, None), next(later, None)) if row is not None]

    def up_to(self, entry: Entry, other: Entry, key: str) -> list[Row]:
        """Return what stands in a list after an entry, up to another one's article on its day, in the list's order."""
        found = []
        for day in (entry.day + step for step in NEAR):
            rows = self._near[entry.language, day, key]
            found += rows[bisect_right(rows, entry.place, key=_place) : bisect_right(rows, other.place, key=_place)]
        return sorted(found, key=_place)

    def between(self, entry: Entry, other: Entry, key: str) -> list[Row]:
        """Return what stands in a list from an entry to before another one of its day, in the list's order."""
        found = []
        for day in (entry.day + step for step in NEAR):
            rows = self._near[entry.language, day, key]
            found += rows[bisect_left(rows, entry.place, key=_place) : bisect_left(rows, other.place, key=_place)]
        return sorted(found, key=_place)

    def stands_at(self, entry: Entry) -> bool:
        """True unless the entry's article stands at another place than the entry."""
        return all(row.place == entry.place for row in self._own[entry.article])

    def beside_counts(self, language: str, key: str) -> Counter[date]:
        """Return by day what the counts of a rubric lack of what is live without the entries' articles."""
        beside = Counter(self._moved[language, key])
        for rows in self._own.values():
            beside.subtract(row.day for row in rows if row.language == language and key in row.keys)
        return beside

    def of_day(self, entry: Entry) -> range:
        """Return the closed pages of the day's list that may change with the entry."""
        position, number = self._beside_day(entry, "", (entry.day, entry.day))
        return numbered_from(position, number + 1)

    def of_rubric(self, entry: Entry, key: str) -> range:
        """Return the closed pages of a rubric's list that may change with the entry."""
        return pages_from(*self._closed(entry, key, "all", (date.min, date.max)))

    def of_month(self, entry: Entry, key: str) -> range:
        """Return the closed pages of a rubric's month that may change with the entry."""
        return numbered_from(*self._closed(entry, key, "month", bounds(entry.day.year, entry.day.month)))

    def _closed(self, entry: Entry, key: str, period: str, within: tuple[date, date]) -> tuple[int, int]:
        """Return the entry's position in one list, and its length with it: of a rubric, or of those of its days that
        lie `within`."""
        counted = self._sums[entry.language, entry.day].get(key, {})
        total = (counted.get(period) or 0) + 1
        position = (counted.get(f"{period}_earlier") or 0) + self._beside_day(entry, key, within)[0]
        moved = [*self._moved[entry.language, key].items()]
        moved += [(row.day, -1) for row in self._own[entry.article] if _stands(row, entry, key)]
        for day, number in moved:
            if within[0] <= day <= within[1]:
                total += number
                position += number if day < entry.day - BESIDE else 0
        return position, total

    def _beside_day(self, entry: Entry, key: str, within: tuple[date, date]) -> tuple[int, int]:
        """Return how many others stand before the entry on its day and the days beside it, and how many in all."""
        days = [day for day in (entry.day + step for step in NEAR) if within[0] <= day <= within[1]]
        rows = [self._near[entry.language, day, key] for day in days]
        own = [row for row in self._own[entry.article] if row.day in days and _stands(row, entry, key)]
        before = sum(bisect_left(some, entry.place, key=_place) for some in rows)
        return before - sum(row.place < entry.place for row in own), sum(map(len, rows)) - len(own)


def rows_of(releases: ReleaseQuerySet, number: int = 1) -> list[Row]:
    """Return the releases as rows, with the keys of their rubrics."""
    columns = ("edition_id", "article_id", "language", "published_date", "published_at")
    found = list(releases.order_by().values_list(*columns, "edition__slug", "category__slug"))
    if not found:
        return []
    keys = defaultdict(set, {edition: {"", f"category:{category}"} for edition, *_, category in found})
    editions = releases.order_by().values("edition_id")
    for through, kind in ((Edition.regions.through, "region"), (Edition.topics.through, "topic")):
        pairs: Any = through._default_manager.filter(edition_id__in=editions)
        for edition, slug in pairs.values_list("edition_id", f"{kind}__slug"):
            keys[edition].add(f"{kind}:{slug}")
    return [
        Row(article, language, day, slug, frozenset(keys[edition]), (published_at, article), number)
        for edition, article, language, day, published_at, slug, _category in found
    ]


def uncounted(at: datetime) -> list[Row]:
    """Return the few releases by which the counts differ from what is live: begun, or ended by that, unannounced."""
    rows = rows_of(Release.objects.begun(at))
    if rows:
        ended = Release.objects.filter(article_id__in={row.article for row in rows}, counted=True, ended_at__lte=at)
        rows += rows_of(ended, -1)
    return rows


def sums(language: str, day: date, keys: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    """Sum the counts of rubrics: of all days and of the day's month, and of those before the days beside it."""
    month, earlier = Q(date__range=bounds(day.year, day.month)), Q(date__lt=day - BESIDE)
    rows = Count.objects.filter(language=language, rubric__in=sorted(keys)).order_by().values("rubric")
    rows = rows.annotate(
        all=Sum("number"),
        all_earlier=Sum("number", filter=earlier),
        month=Sum("number", filter=month),
        month_earlier=Sum("number", filter=month & earlier),
    )
    return {row["rubric"]: dict(row) for row in rows}


def _keys_by_day(entries: Iterable[Entry]) -> dict[tuple[str, date], set[str]]:
    keys: dict[tuple[str, date], set[str]] = defaultdict(set)
    for entry in entries:
        keys[entry.language, entry.day].update(entry.keys[1:])
    return keys


def _on(days: Iterable[tuple[str, date]]) -> Q:
    by_language: dict[str, set[date]] = defaultdict(set)
    for language, day in days:
        by_language[language].add(day)
    return Q(
        *(Q(language=language, published_date__in=found) for language, found in by_language.items()), _connector=Q.OR
    )


def _stands(row: Row, entry: Entry, key: str) -> bool:
    return row.language == entry.language and key in row.keys


def _place(row: Row) -> tuple[datetime, int]:
    return row.place
