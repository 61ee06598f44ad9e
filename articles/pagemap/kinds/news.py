"""All news of a language, the newest first."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from ..entry import Entry
from ..live import Live
from ..positions import Positions
from .base import LivingPages, Recounted


def news_path(language: str) -> str:
    return f"/{language}/news/"


class NewsPages(LivingPages):
    name = "news"
    label = _("all news")
    shape = "news/"

    def of(self, entries: Sequence[Entry]) -> Iterable[str]:
        return {news_path(entry.language) for entry in entries}

    def of_photos(self, entries: Sequence[Entry], positions: Positions) -> Iterable[str]:
        return self.of(entries)

    def of_count(self, count: Recounted) -> Iterator[str]:
        """The choice of rubrics offers those that have articles."""
        yield news_path(count.language)

    def every(self, live: Live) -> Iterator[str]:
        yield news_path(live.language)
