"""Every page that is to be stored, for a full bake and for `verify`."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from articles.models import Release, Site
from articles.models.edition import files_shown

from .kinds import KINDS, PageKind
from .live import Live

OWNERS = [kind for kind in KINDS if type(kind).own is not PageKind.own]  # asked once for each release there is
OWN = (
    "language",
    "published_date",
    "edition__slug",
    "edition__photo",
    "edition__figures",
)  # columns that `own_pages` takes


def every_page(at: datetime) -> Iterator[str]:
    """Yield the address of every page and photo that shows what is live at `at`; some more than once."""
    used = Site.current().used
    for kind, live in lists(at, used):
        yield from kind.every(live)
    for language in used:
        yield from article_pages(language, at)


def lists(at: datetime, used: Iterable[str]) -> Iterator[tuple[PageKind, Live]]:
    """Yield each kind of page with what is live at `at` in a used language, of which it has to be asked for its pages;
    the language is empty for those that have none."""
    for language in ("", *used):
        live = Live(language, at)
        for kind in KINDS:
            if kind.has_language == bool(language):
                yield kind, live


def article_pages(language: str, at: datetime) -> Iterator[str]:
    """Yield the articles' own pages and their photos."""
    releases = Release.objects.live(at).filter(language=language)
    for columns in releases.values_list(*OWN).iterator(chunk_size=500):
        yield from own_pages(*columns)


def own_pages(language: str, day: date, slug: str, photo: dict[str, Any], figures: list[Any]) -> Iterator[str]:
    """Yield the pages that a live release has of its own; `photo`, `figures` as in `Edition`."""
    photos = files_shown(photo, figures)
    for kind in OWNERS:
        yield from kind.own(language, day, slug, photos)
