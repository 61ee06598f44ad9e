"""The RSS feed of corrections, with the record's heads of days."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from ..entry import Entry
from ..live import Live
from .base import LivingPages


def corrections_feed_path(language: str) -> str:
    return f"/{language}/corrections/feed.xml"


class CorrectionsFeedPages(LivingPages):
    name = "corrections_feed"
    label = _("feed of corrections")
    shape = r"corrections/feed\.xml"

    def of(self, entries: Sequence[Entry]) -> Iterable[str]:
        return {corrections_feed_path(entry.language) for entry in entries if entry.corrected}

    def of_heads(self, language: str) -> Iterator[str]:
        yield corrections_feed_path(language)

    def every(self, live: Live) -> Iterator[str]:
        yield corrections_feed_path(live.language)
