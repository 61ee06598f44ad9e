"""The web size of a photo that a live release shows: a file that lies ready, not a page that is built. What is made of
it is stored beside it, at `rendition_path`, and is no page of its own."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from ..entry import Entry
from ..places import Places
from ..positions import Positions
from .base import PageKind


def media_path(web_name: str) -> str:
    """Return the address of a photo's web size; `web_name` as in `Photo.web`."""
    return f"/media/{web_name}"


def rendition_path(web_name: str, name: str) -> str:
    """Return the address of a rendition; `name` as in `Rendition.files`."""
    return f"/media/{web_name.rpartition('.')[0]}/{name}"


class MediaPages(PageKind):
    name = "media"
    label = _("photo")
    shape = r"/media/(?P<slug>[\w-]+\.\w+)"
    has_language = False
    is_built = False

    def of_place(self, entries: Sequence[Entry], places: Places) -> Iterator[str]:
        for entry in entries:
            yield from map(media_path, entry.photos)

    def of_photos(self, entries: Sequence[Entry], positions: Positions) -> Iterator[str]:
        """What is made of a photo stands beside it."""
        for entry in entries:
            yield from map(media_path, entry.photos)

    def own(self, language: str, day: date, slug: str, photos: Sequence[str]) -> Iterator[str]:
        yield from map(media_path, photos)
