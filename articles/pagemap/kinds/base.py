"""What a kind of stored page answers. Each kind is one class in a file of its own; `KINDS` lists them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from articles.models import KINDS as RUBRIC_KINDS
from articles.models.languages import PATTERN

from ..entry import Entry
from ..lists import closed_pages
from ..live import Live
from ..places import Places
from ..positions import Positions

# Parts of addresses, for `shape`; `Target` has a field for each of their names.
SLUG = r"(?P<slug>[-\w]+)"
YEAR, MONTH, DAY = r"(?P<year>\d{4})", r"(?P<month>\d{2})", r"(?P<day>\d{2})"
PAGE = r"(?:(?P<page>[1-9]\d{0,5})/)?"
RUBRIC = rf"(?P<rubric>{'|'.join(RUBRIC_KINDS)})/{SLUG}/"


class Recounted(NamedTuple):
    """A count of the archive that was wrong; `kind` and `slug` of the rubric are empty in that of all articles."""

    language: str
    day: date
    kind: str
    slug: str
    was: int
    now: int

    @property
    def is_at_nothing(self) -> bool:
        """Whether a day has articles by one of the numbers, and none by the other; or may have had, where both are the
        same, as it is not known what was wrong."""
        return min(self.was, self.now) <= 0 or self.was == self.now


class PageKind:
    """A kind of stored page: its addresses, what touches its pages, and which of them there are.

    `name`: as in `Page.kind` and `Target.kind`; `label`: at the desk; `shape`: a regular expression of the address, of
    what stands behind the language if there is one. What a kind does not answer, it has no pages for.
    """

    name: str
    label: Any  # translated when it is shown
    shape: str
    has_language = True  # its addresses begin with one
    is_built = True  # by `reader.pages`; what is not is a file that lies ready
    spans_months = False  # one page of it stands for several: who goes through a year by its months stores it once

    @property
    def pattern(self) -> str:
        """The regular expression of its addresses."""
        return f"/(?P<language>{PATTERN})/{self.shape}" if self.has_language else self.shape

    def of_place(self, entries: Sequence[Entry], places: Places) -> Iterable[str]:
        """Return the pages on which the entries stand, or would: those that change when one comes, goes or moves."""
        return ()

    def of_marks(self, entries: Sequence[Entry], positions: Positions) -> Iterable[str]:
        """Return the pages that print the entries' headlines: those that change when only the marks do."""
        return ()

    def of_text(self, entries: Sequence[Entry]) -> Iterable[str]:
        """Return the pages that print the entries' whole texts."""
        return ()

    def of_photos(self, entries: Sequence[Entry], positions: Positions) -> Iterable[str]:
        """Return the pages that print the entries' photos: those that change when what is made of these does."""
        return ()

    def of_count(self, count: Recounted) -> Iterable[str]:
        """Return the pages that print the count, are cut by it, or offer what it holds."""
        return ()

    def of_heads(self, language: str) -> Iterable[str]:
        """Return the pages that print the record's heads of days."""
        return ()

    def own(self, language: str, day: date, slug: str, photos: Sequence[str]) -> Iterable[str]:
        """Return the pages that a live release has of its own; `photos`: the names of the web sizes it shows."""
        return ()

    def every(self, live: Live) -> Iterable[str]:
        """Return every page that there is, but for those that a release has of its own."""
        return ()

    def of_period(self, live: Live) -> Iterable[str]:
        """Return the archive's pages in which the articles of the days of `live` stand."""
        return ()


class LivingPages(PageKind):
    """Pages at one address each, that print the newest articles: whatever touches one touches the whole page."""

    def of(self, entries: Sequence[Entry]) -> Iterable[str]:
        """Return the pages on which the entries stand while they are new."""
        raise NotImplementedError

    def of_place(self, entries: Sequence[Entry], places: Places) -> Iterable[str]:
        return self.of(entries)

    def of_marks(self, entries: Sequence[Entry], positions: Positions) -> Iterable[str]:
        return self.of(entries)


class CutPages(PageKind):
    """Long lists cut into pages, as `lists` says: each at its own address, and the closed pages beneath that."""

    def lists(self, entry: Entry) -> Iterable[tuple[str, str]]:
        """Return the lists of this kind in which the entry stands: the own address, and the rubric as in `Count`."""
        raise NotImplementedError

    def changed(self, entry: Entry, key: str, places: Places) -> Iterable[int]:
        """Return which closed pages of one of them may change with the entry."""
        raise NotImplementedError

    def page(self, entry: Entry, key: str, positions: Positions) -> int:
        """Return on which page of one of them the entry stands."""
        raise NotImplementedError

    def of_place(self, entries: Sequence[Entry], places: Places) -> Iterator[str]:
        for entry in entries:
            for address, key in self.lists(entry):
                yield address
                for page in self.changed(entry, key, places):
                    yield paged(address, page)

    def of_marks(self, entries: Sequence[Entry], positions: Positions) -> Iterator[str]:
        for entry in entries:
            for address, key in self.lists(entry):
                yield paged(address, self.page(entry, key, positions))

    def of_photos(self, entries: Sequence[Entry], positions: Positions) -> Iterable[str]:
        return self.of_marks(entries, positions)


def paged(address: str, page: int) -> str:
    """Return the address of a page of a list."""
    return f"{address}{page}/" if page > 1 else address


def in_figures(year: int | None, month: int | None = None, day: int | None = None) -> str:
    """Return a part of an address: a year, a month or a day, such as "2024/03/"; "" for none."""
    parts = [f"{year:04d}/" if year else "", f"{month:02d}/" if month else "", f"{day:02d}/" if day else ""]
    return "".join(parts)


def pages_in(address: str, total: int) -> Iterator[str]:
    """Yield the addresses of all pages of a list of `total` entries."""
    for page in range(1, closed_pages(total) + 2):
        yield paged(address, page)
