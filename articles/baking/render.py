"""What should stand at addresses: pages from the reader, photos that a live release shows."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from ..models import Release, Rendition
from ..pagemap import editions_showing, is_photo_shown, photo_end, read_address
from ..photos.files import rendition_file, web_file
from ..reader.built import Built
from ..reader.pages import build_many

JPEG = "image/jpeg"
KEPT = 200
GONE = (301, 404, 410)


class NotRendered(Exception):
    """The application answered with a status that can be neither stored nor taken for an absence."""


def render(paths: Sequence[str], at: datetime) -> Iterator[tuple[str, Callable[[], Built]]]:
    """Yield each storable address with a function that gives what the application has there at `at`: status 200, or
    one without a file. What the pages show is read for all of them at once."""
    pictures = {path: target.slug for path in paths if (target := read_address(path)) and target.kind == "media"}
    for path, web_name in pictures.items():
        yield path, lambda web_name=web_name: photo(web_name, at)  # type: ignore[misc]
    pages = [path for path in paths if path not in pictures]
    for path, build in build_many(pages, at) if pages else ():
        yield path, lambda path=path, build=build: storable(path, build())  # type: ignore[misc]


def storable(path: str, built: Built) -> Built:
    """Return what was built; raise NotRendered for a failure of the application."""
    if built.status not in (KEPT, *GONE):
        raise NotRendered(f"{path} answers {built.status}")
    return built


def has_file(built: Built) -> bool:
    """True for a page of which a file is to be stored."""
    return built.status == KEPT and built.kept


def photo(web_name: str, at: datetime) -> Built:
    """Return the web size of a photo that a live release shows, with what is made of it; else a 404."""
    changes = photo_change(web_name, at)
    if not is_photo_shown(web_name, at):
        return Built(404, b"", next_change_at=changes)
    made = Rendition.objects.filter(web=web_name).values_list("files", flat=True).first() or ()
    files = {one["name"]: rendition_file(web_name, one["name"]) for one in made}
    beside = {name: file for name, file in files.items() if file.is_file()}  # lost ones are made again
    return Built(200, web_file(web_name).read_bytes(), JPEG, changes, beside=beside)


def photo_change(web_name: str, at: datetime) -> datetime | None:
    """Return the next moment at which a release with the photo, or its rights, begin or end by themselves.

    What lies ahead is little and found first, by its own indexes: asked all at once, SQLite reads the archive.
    """
    ahead = dict(Release.objects.ahead(at).values_list("pk", "moment"))  # type: ignore[misc]  # annotated
    bearing = Release.objects.filter(pk__in=list(ahead), edition__in=editions_showing([web_name]))
    moments = [ahead[pk] for pk in bearing.values_list("pk", flat=True)]
    end = photo_end(web_name)
    return min([*moments, *([end] if end is not None and end > at else [])], default=None)
