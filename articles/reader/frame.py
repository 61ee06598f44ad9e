"""What stands around every page, made of the rows of `shown.frame`: the outlet, its categories, the registers in force;
and what the store holds at the address.

Nothing here outlives the page, so a name changed in one process is printed by all at once. Only what is made of the
rows is kept, under the rows themselves.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ..editions import Heading, marks_in_name
from ..footnotes.ledger import Ledger
from ..footnotes.render import render_inline
from ..footnotes.types import Mark, Style
from ..models.languages import ALL, codes_of, in_language
from ..pagemap.addresses import rubric_path
from ..registers import NoRegisters, loaded
from ..shown.frame import FrameRow, around
from ..shown.sql import to_moment_or_none


class Outdated(LookupError):
    """A row that was read after the frame has a category that the frame does not know yet."""


class Outlet(NamedTuple):
    """The columns of the outlet's row that pages print."""

    name_en: str = "Newsroom"
    name_ru: str = "Редакция"
    tagline_en: str = ""
    tagline_ru: str = ""
    time_zone: str = "Europe/Moscow"
    glyphs: str = "asterisks"
    mentions: str = "every"
    languages: str = ALL

    @property
    def used(self) -> tuple[str, ...]:
        """The codes of the languages that the outlet publishes in."""
        return codes_of(self.languages)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def name(self, language: str) -> str:
        return in_language(self, "name", language)

    def tagline(self, language: str) -> str:
        return in_language(self, "tagline", language)


class PrintedRubric(NamedTuple):
    """A category, region or topic as pages print it; `kind` as in `pagemap.RUBRICS`."""

    kind: str
    pk: int
    slug: str
    name_en: str
    name_ru: str

    def name(self, language: str) -> str:
        return in_language(self, "name", language)

    def path(self, language: str) -> str:
        """Return the address of its list in a language."""
        return rubric_path(language, self.kind, self.slug)


class Stored(NamedTuple):
    """What the row of the address says of its stored file; `file_hash` is empty while there is none. `touched` tells
    one generation of one row from all others: it is another after each change of what the page shows."""

    touched: tuple[Any, ...]
    file_hash: str
    dirty_since: datetime | None
    next_change_at: datetime | None
    content_type: str


@dataclass(frozen=True)
class Frame:
    """`categories`: with their names as pages print them, `as_written`: as the desk has written them, which is what a
    heading is made of; `version`: id and digest of the registers in force, None while there are none; `stored`: None
    without a row. `photos_end`: the rights to some photo end at some time; `ended`: tokens of photos on the page whose
    rights have (`rights`)."""

    site: Outlet
    categories: tuple[PrintedRubric, ...]
    version: tuple[int, str] | None
    stored: Stored | None
    as_written: tuple[PrintedRubric, ...] = ()
    publisher: str | None = None
    day: date | None = None
    photos_end: bool = False
    ended: frozenset[str] = frozenset()

    def on(self, at: datetime) -> "Frame":
        """Return the frame as pages of that moment print it: designated names in its own names bear their status."""
        if self.version is None:
            return self
        day = at.astimezone(self.site.zone).date()
        site, rubrics = printed(self.site, self.categories, self.version, self.publisher, day)
        return replace(self, site=site, categories=rubrics, day=day)

    def named(self, text: str, language: str) -> str:
        """Return a rubric's name as pages print it where there is no room for a note."""
        if self.version is None or self.day is None:
            return text
        return inline(text, language, self.version, self.publisher, self.day)

    def rubric(self, one: PrintedRubric) -> PrintedRubric:
        """Return a region or topic with its names as pages print them where there is no room for a note."""
        return one._replace(name_en=self.named(one.name_en, "en"), name_ru=self.named(one.name_ru, "ru"))

    def heading(self, text: str, language: str, *, in_link: bool = False) -> Heading:
        """Return a rubric's name, as it is written, for the head of a block, with its marks; `in_link`: as a link."""
        if self.version is None or self.day is None:
            return Heading(text, in_link=in_link)
        return Heading(text, marks_in(text, language, self.version, self.publisher, self.day), in_link)

    def category(self, pk: int) -> PrintedRubric:
        """Return a category by its id; raise Outdated."""
        for category in self.categories:
            if category.pk == pk:
                return category
        raise Outdated(pk)

    def ledger(self, language: str) -> Ledger:
        """Return an empty ledger in the house style under the registers in force; raise NoRegisters."""
        if self.version is None:
            raise NoRegisters("No registers have been loaded: run `manage.py load_registers`.")
        return Ledger(loaded(*self.version).registers, style(self.site.glyphs, self.site.mentions), language)


def read_frame(path: str = "") -> Frame:
    """Read the frame; `path`: the address whose stored page is asked about, too."""
    rows = around(path)
    first = rows[0]
    as_written = categories(tuple(map(filed, rows)) if first.category is not None else ())
    return Frame(
        site=outlet_of(first) if first.name_en is not None else Outlet(),
        categories=as_written,
        as_written=as_written,
        version=(first.version, first.digest) if first.version is not None else None,
        stored=stored_of(first) if first.page is not None else None,
        publisher=first.publisher,
        photos_end=bool(first.photos_end),
    )


@lru_cache(maxsize=1024)
def marks_in(text: str, language: str, version: tuple[int, str], publisher: str | None, day: date) -> tuple[Mark, ...]:
    return marks_in_name(text, language, loaded(*version), publisher, day)


@lru_cache(maxsize=1024)
def inline(text: str, language: str, version: tuple[int, str], publisher: str | None, day: date) -> str:
    marks = marks_in(text, language, version, publisher, day)
    return render_inline(text, marks, loaded(*version).registers, language) if marks else text


@lru_cache(maxsize=8)
def printed(
    site: Outlet, rubrics: tuple[PrintedRubric, ...], version: tuple[int, str], publisher: str | None, day: date
) -> tuple[Outlet, tuple[PrintedRubric, ...]]:
    """Return the outlet and the categories with their names as pages print them."""

    def shown(text: str, language: str) -> str:
        return inline(text, language, version, publisher, day)

    return (
        site._replace(tagline_en=shown(site.tagline_en, "en"), tagline_ru=shown(site.tagline_ru, "ru")),
        tuple(one._replace(name_en=shown(one.name_en, "en"), name_ru=shown(one.name_ru, "ru")) for one in rubrics),
    )


def filed(row: FrameRow) -> tuple[Any, ...]:
    """Return the columns of a category; there is one."""
    return row.category, row.slug, row.category_en, row.category_ru


def stored_of(row: FrameRow) -> Stored:
    """Return what the row of the address says; there is one."""
    return Stored(
        (row.page, row.generation, row.dirty_since),
        row.file_hash,
        to_moment_or_none(row.dirty_since),
        to_moment_or_none(row.next_change_at),
        row.content_type,
    )


def outlet_of(row: FrameRow) -> Outlet:
    """Return the outlet; there is one."""
    return Outlet(
        row.name_en or "",
        row.name_ru,
        row.tagline_en,
        row.tagline_ru,
        row.time_zone,
        row.glyphs,
        row.mentions,
        row.languages,
    )


@lru_cache(maxsize=8)
def categories(rows: tuple[tuple[Any, ...], ...]) -> tuple[PrintedRubric, ...]:
    return tuple(PrintedRubric("category", *row) for row in rows)


@lru_cache(maxsize=8)
def style(glyphs: str, mentions: str) -> Style:
    return Style(glyphs=glyphs, mentions=mentions)
