"""A month of the archive: its calendar, by the counts of days, and its newest headlines; it leads to the nearest
months."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from ..days import bounds
from ..entry import Entry
from ..live import Live
from ..places import Places
from ..positions import Listing
from ..turns import leading, nearest_to
from .archive import archive_path
from .base import MONTH, YEAR, LivingPages, Recounted


class MonthPages(LivingPages):
    name = "month"
    label = _("month")
    shape = f"archive/{YEAR}/{MONTH}/"

    def of(self, entries: Sequence[Entry]) -> Iterable[str]:
        return {archive_path(entry.language, entry.day.year, entry.day.month) for entry in entries}

    def of_place(self, entries: Sequence[Entry], places: Places) -> Iterator[str]:
        yield from self.of(entries)
        months = (Listing(one.language, "", *bounds(one.day.year, one.day.month)) for one in entries)
        for month, day in leading(months, places):
            yield archive_path(month.language, day.year, day.month)

    def of_count(self, count: Recounted) -> Iterator[str]:
        yield archive_path(count.language, count.day.year, count.day.month)
        if not count.kind and count.is_at_nothing:
            for day in nearest_to(count.language, "", *bounds(count.day.year, count.day.month)):
                yield archive_path(count.language, day.year, day.month)

    def every(self, live: Live) -> Iterator[str]:
        for year, month in sorted({(day.year, day.month) for day in live.days}):
            yield archive_path(live.language, year, month)

    def of_period(self, live: Live) -> Iterator[str]:
        """That of the period's first day, too, which may have no articles."""
        for year, month in {(day.year, day.month) for day in (*live.days, live.first)}:
            yield archive_path(live.language, year, month)
