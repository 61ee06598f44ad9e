"""The RSS feeds of a language and of its rubrics. An item holds the whole text."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from ..entry import Entry
from ..live import Live
from .base import RUBRIC, LivingPages


def feed_path(language: str, kind: str = "", slug: str = "") -> str:
    """Return the address of the RSS feed of a language, or of one rubric in it."""
    return f"/{language}/{kind}/{slug}/feed.xml" if kind else f"/{language}/feed.xml"


class FeedPages(LivingPages):
    name = "feed"
    label = _("feed")
    shape = rf"(?:{RUBRIC})?feed\.xml"

    def of(self, entries: Sequence[Entry]) -> Iterator[str]:
        for entry in entries:
            yield feed_path(entry.language)
            for kind, slug in entry.rubrics:
                yield feed_path(entry.language, kind, slug)

    def of_text(self, entries: Sequence[Entry]) -> Iterator[str]:
        return self.of(entries)

    def every(self, live: Live) -> Iterator[str]:
        yield feed_path(live.language)
        for kind, slug in live.rubrics:
            yield feed_path(live.language, kind, slug)
