"""The front page of a language."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from ..entry import Entry
from ..live import Live
from ..positions import Positions
from .base import LivingPages


def front_path(language: str) -> str:
    return f"/{language}/"


class FrontPages(LivingPages):
    name = "front"
    label = _("front page")
    shape = ""

    def of(self, entries: Sequence[Entry]) -> Iterable[str]:
        return {front_path(entry.language) for entry in entries}

    def of_photos(self, entries: Sequence[Entry], positions: Positions) -> Iterable[str]:
        return self.of(entries)

    def every(self, live: Live) -> Iterator[str]:
        yield front_path(live.language)
