"""The page of an article. Others name it: those beside it on its day, later ones, related ones, its translations."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from ..around import Part, articles_around, before_it, found_by, parts_around
from ..entry import Entry
from ..places import Places, uncounted
from ..positions import Positions
from .base import DAY, MONTH, SLUG, YEAR, PageKind


def article_path(language: str, day: date, slug: str) -> str:
    return f"/{language}/{day.isoformat().replace('-', '/')}/{slug}/"


class ArticlePages(PageKind):
    name = "article"
    label = _("article")
    shape = f"{YEAR}/{MONTH}/{DAY}/{SLUG}/"

    def of_place(self, entries: Sequence[Entry], places: Places) -> Iterator[str]:
        for found in articles_around(entries, places.at, places):
            yield article_path(*found)
        for entry in entries:
            yield article_path(entry.language, entry.day, entry.slug)
            for row in places.beside(entry):
                yield article_path(row.language, row.day, row.slug)

    def of_marks(self, entries: Sequence[Entry], positions: Positions) -> Iterator[str]:
        at, moved, parts = positions.at, uncounted(positions.at), list[Part]()
        for entry in entries:
            parts += [*parts_around(entry, at, moved), before_it(entry, at)]
            yield article_path(entry.language, entry.day, entry.slug)
        for found in found_by(parts):
            yield article_path(*found)

    def of_text(self, entries: Sequence[Entry]) -> Iterator[str]:
        for entry in entries:
            yield article_path(entry.language, entry.day, entry.slug)

    def of_photos(self, entries: Sequence[Entry], positions: Positions) -> Iterator[str]:
        return self.of_text(entries)

    def own(self, language: str, day: date, slug: str, photos: Sequence[str]) -> Iterator[str]:
        yield article_path(language, day, slug)
