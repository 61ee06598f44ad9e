"""What should stand at an address: a page from the reader, or a photo that a live release shows."""

from datetime import datetime

from django.db.models import Q

from .. import photos
from ..pagemap import is_kept, is_photo_shown, read_address
from ..reader.built import Built
from ..reader.changes import next_change
from ..reader.pages import build

JPEG = "image/jpeg"
KEPT = 200
GONE = (301, 404, 410)


class NotRendered(Exception):
    """The application answered with a status that can be neither stored nor taken for an absence."""


def render(path: str, at: datetime) -> Built:
    """Return what the application gives for a storable address at `at`: status 200, or one without a file."""
    target = read_address(path)
    if target is None:
        return Built(404, b"")
    built = photo(target.slug, at) if target.kind == "media" else build(path, at)
    if built.status not in (KEPT, *GONE):
        raise NotRendered(f"{path} answers {built.status}")
    return built


def file_of(path: str, at: datetime) -> bytes | None:
    """Return the bytes that are to be stored at `path`; None if there is to be no file."""
    built = render(path, at)
    return built.body if built.status == KEPT and is_kept(path, at) else None


def photo(web_name: str, at: datetime) -> Built:
    """Return the web size of a photo that a live release shows, else a 404."""
    changes = next_change(at, Q(edition__photo__web=web_name))
    if not is_photo_shown(web_name, at):
        return Built(404, b"", next_change_at=changes)
    return Built(200, photos.web_file(web_name).read_bytes(), JPEG, changes)
