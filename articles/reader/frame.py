"""What stands around every page, read with one statement for each: the outlet, its categories, the registers in
force; and what the store holds at the address.

Nothing here outlives the page, so a name changed in one process is printed by all at once. Only what is made of the
rows is kept, under the rows themselves.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ..archive.sql import ask, to_moment_or_none
from ..footnotes.ledger import Ledger
from ..footnotes.types import Style
from ..models.languages import ALL, codes_of, in_language
from ..pagemap.addresses import rubric_path
from ..registers import NoRegisters, loaded

STATEMENT = """
    SELECT s.name_en, s.name_ru, s.tagline_en, s.tagline_ru, s.time_zone, s.glyphs, s.mentions, s.languages,
        v.id, v.digest,
        p.id, p.generation, p.file_hash, p.dirty_since, p.next_change_at, p.content_type,
        c.id, c.slug, c.name_en, c.name_ru
    FROM (SELECT 1 AS number) one
    LEFT JOIN articles_site s ON s.id = one.number
    LEFT JOIN (SELECT id, digest FROM articles_registerversion WHERE applied_at IS NOT NULL
        ORDER BY applied_at DESC, number DESC LIMIT 1) v ON one.number = 1
    LEFT JOIN articles_page p ON p.path = %(path)s
    LEFT JOIN articles_category c ON one.number = 1
    ORDER BY c.position, c.slug
"""


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


class Rubric(NamedTuple):
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
    """`version`: id and digest of the registers in force, None while there are none; `stored`: None without a row."""

    site: Outlet
    categories: tuple[Rubric, ...]
    version: tuple[int, str] | None
    stored: Stored | None

    def category(self, pk: int) -> Rubric:
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
    rows = ask(STATEMENT, {"path": path})
    site, version, stored = rows[0][:8], rows[0][8:10], rows[0][10:16]
    return Frame(
        site=outlet(*site) if site[0] is not None else Outlet(),
        categories=categories(tuple(row[16:] for row in rows if row[16] is not None)),
        version=version if version[0] is not None else None,
        stored=stored_of(stored) if stored[0] is not None else None,
    )


def stored_of(columns: tuple[Any, ...]) -> Stored:
    pk, generation, file_hash, dirty_since, next_change_at, content_type = columns
    return Stored(
        (pk, generation, dirty_since),
        file_hash,
        to_moment_or_none(dirty_since),
        to_moment_or_none(next_change_at),
        content_type,
    )


@lru_cache(maxsize=8)
def outlet(*columns: str) -> Outlet:
    return Outlet(*columns)


@lru_cache(maxsize=8)
def categories(rows: tuple[tuple[Any, ...], ...]) -> tuple[Rubric, ...]:
    return tuple(Rubric("category", *row) for row in rows)


@lru_cache(maxsize=8)
def style(glyphs: str, mentions: str) -> Style:
    return Style(glyphs=glyphs, mentions=mentions)
