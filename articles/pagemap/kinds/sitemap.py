"""The sitemap, of all languages together."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from ..entry import Entry
from ..live import Live
from .base import LivingPages, Recounted


def sitemap_path() -> str:
    return "/sitemap.xml"


class SitemapPages(LivingPages):
    name = "sitemap"
    label = _("sitemap")
    shape = r"/sitemap\.xml"
    has_language = False

    def of(self, entries: Sequence[Entry]) -> Iterator[str]:
        yield sitemap_path()

    def of_count(self, count: Recounted) -> Iterator[str]:
        """Of a large archive it lists the months that have articles."""
        yield sitemap_path()

    def every(self, live: Live) -> Iterator[str]:
        yield sitemap_path()
