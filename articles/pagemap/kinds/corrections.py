"""The log of corrections, with the record's heads of days beneath it."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from ..entry import Entry
from ..live import Live
from .base import LivingPages


def corrections_path(language: str) -> str:
    return f"/{language}/corrections/"


class CorrectionsPages(LivingPages):
    name = "corrections"
    label = _("corrections")
    shape = "corrections/"

    def of(self, entries: Sequence[Entry]) -> Iterable[str]:
        return {corrections_path(entry.language) for entry in entries if entry.corrected}

    def of_heads(self, language: str) -> Iterator[str]:
        yield corrections_path(language)

    def every(self, live: Live) -> Iterator[str]:
        yield corrections_path(live.language)
