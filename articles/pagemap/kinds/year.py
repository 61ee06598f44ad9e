"""A year of the archive: its calendars, by the counts of days; it leads to the nearest years. Marks do not change
it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from ..days import bounds
from ..entry import Entry
from ..live import Live
from ..places import Places
from ..positions import Listing
from ..turns import leading, nearest_to
from .archive import archive_path
from .base import YEAR, PageKind, Recounted


class YearPages(PageKind):
    name = "year"
    label = _("year")
    shape = f"archive/{YEAR}/"
    spans_months = True

    def of_place(self, entries: Sequence[Entry], places: Places) -> Iterator[str]:
        for entry in entries:
            yield archive_path(entry.language, entry.day.year)
        years = (Listing(one.language, "", *bounds(one.day.year)) for one in entries)
        for year, day in leading(years, places):
            yield archive_path(year.language, day.year)

    def of_count(self, count: Recounted) -> Iterator[str]:
        yield archive_path(count.language, count.day.year)
        if not count.kind and count.is_at_nothing:
            for day in nearest_to(count.language, "", *bounds(count.day.year)):
                yield archive_path(count.language, day.year)

    def every(self, live: Live) -> Iterator[str]:
        for year in sorted({day.year for day in live.days}):
            yield archive_path(live.language, year)

    def of_period(self, live: Live) -> Iterator[str]:
        """That of the period's first day, too, which may have no articles."""
        for year in {day.year for day in (*live.days, live.first)}:
            yield archive_path(live.language, year)
