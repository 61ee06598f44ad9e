"""A day of the archive: the list of its articles, cut into pages; the first has the calendar of its month, and names
the nearest days, to which the others lead without naming them."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from ..entry import Entry
from ..live import Live
from ..places import Places
from ..positions import Positions, of_day
from ..turns import leading, month_of, nearest_to, only_theirs
from .archive import archive_path
from .base import DAY, MONTH, PAGE, YEAR, CutPages, Recounted, pages_in


class DayPages(CutPages):
    name = "day"
    label = _("day")
    shape = f"archive/{YEAR}/{MONTH}/{DAY}/{PAGE}"

    def lists(self, entry: Entry) -> Iterator[tuple[str, str]]:
        yield archive_path(entry.language, entry.day.year, entry.day.month, entry.day.day), ""

    def changed(self, entry: Entry, key: str, places: Places) -> range:
        return places.of_day(entry)

    def page(self, entry: Entry, key: str, positions: Positions) -> int:
        return positions.of_day(entry)

    def of_place(self, entries: Sequence[Entry], places: Places) -> Iterator[str]:
        yield from super().of_place(entries, places)
        for list_, day in leading(map(of_day, entries), places):
            yield archive_path(list_.language, day.year, day.month, day.day)
        for list_ in only_theirs(map(of_day, entries), places):
            for day in month_of(list_.language, list_.first, places.beside_counts(list_.language, "")):
                yield archive_path(list_.language, day.year, day.month, day.day)

    def of_count(self, count: Recounted) -> Iterator[str]:
        yield archive_path(count.language, count.day.year, count.day.month, count.day.day)
        if not count.kind and count.is_at_nothing:
            near = nearest_to(count.language, "", count.day, count.day)
            for day in {*near, *month_of(count.language, count.day)}:
                yield archive_path(count.language, day.year, day.month, day.day)

    def every(self, live: Live) -> Iterator[str]:
        for day, total in live.days.items():
            yield from pages_in(archive_path(live.language, day.year, day.month, day.day), total)

    def of_period(self, live: Live) -> Iterator[str]:
        return self.every(live)
