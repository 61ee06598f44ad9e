"""The archive's index: every year with its months, by their counts. Marks do not change it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from ..entry import Entry
from ..live import Live
from ..places import Places
from .base import PageKind, Recounted, in_figures, paged


def archive_path(
    language: str, year: int | None = None, month: int | None = None, day: int | None = None, page: int = 1
) -> str:
    """Return the address of the archive, of a year, a month or a day; a day's list goes on at …/2/."""
    return paged(f"/{language}/archive/{in_figures(year, month, day)}", page)


class ArchivePages(PageKind):
    name = "archive"
    label = _("archive")
    shape = "archive/"
    spans_months = True

    def of_place(self, entries: Sequence[Entry], places: Places) -> Iterator[str]:
        for entry in entries:
            yield archive_path(entry.language)

    def of_count(self, count: Recounted) -> Iterator[str]:
        yield archive_path(count.language)

    def every(self, live: Live) -> Iterator[str]:
        yield archive_path(live.language)

    def of_period(self, live: Live) -> Iterator[str]:
        yield archive_path(live.language)
