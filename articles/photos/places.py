"""Where photos stand on pages, and so what is made of each: widths and formats of the whole picture and of its crops.

A crop is the largest part of the picture with the place's proportions whose middle is the focal point, as far as the
picture reaches. No file is wider than what it shows of the web size: small pictures are never blown up.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ..models import Photo

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}  # in the order in which a browser chooses
ENDINGS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
RECIPE = 1  # raised when what stands here, or how files are made, changes: all are made anew
WHOLE = "whole"

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels of the web size


class PhotoPlace(NamedTuple):
    """`ratio`: width to height, None for the whole picture; `widths` in pixels; `formats`: keys of TYPES."""

    ratio: float | None
    widths: tuple[int, ...]
    formats: tuple[str, ...]


# A phone's column is 356 pixels wide, with two or three points to each; a text's column 697, a lead picture 1,020.
PLACES = {
    WHOLE: PhotoPlace(None, (320, 480, 720, 1080, 1600), ("avif", "webp", "jpeg")),
    "wide": PhotoPlace(16 / 9, (360, 720, 960, 1200), ("avif", "jpeg")),
    "standard": PhotoPlace(3 / 2, (200, 400, 800), ("avif", "jpeg")),
    "square": PhotoPlace(1.0, (100, 200, 300), ("avif", "jpeg")),
    # What machines take, of 1,200 pixels where there are so many: cards and structured data.
    "square-card": PhotoPlace(1.0, (1200,), ("jpeg",)),
    "four-three-card": PhotoPlace(4 / 3, (1200,), ("jpeg",)),
}


class WantedFile(NamedTuple):
    """One file that is to be made: `box` of the web size, scaled to `width` and `height`."""

    place: str
    format: str
    box: Box
    width: int
    height: int


def wanted(photo: Photo) -> str:
    """Return in one line what the renditions of a photo depend on."""
    return f"{RECIPE} {photo.width}x{photo.height} {photo.focal_x:.4f} {photo.focal_y:.4f} {photo.sha256[:16]}"


def focal_of(line: str) -> tuple[float, float]:
    """Return the focal point that stands in a line of `wanted`."""
    _recipe, _size, x, y, *_rest = line.split(" ")
    return float(x), float(y)


def box_of(size: tuple[int, int], ratio: float | None, focal: tuple[float, float]) -> Box:
    """Return the part of a picture of this size that a place shows.

    >>> box_of((800, 1600), 16 / 9, (0.5, 0.1))
    (0, 0, 800, 450)
    >>> box_of((1600, 900), 1.0, (0.5, 0.5))
    (350, 0, 1250, 900)
    """
    width, height = size
    if ratio is None:
        return 0, 0, width, height
    across, down = min(width, max(1, round(height * ratio))), min(height, max(1, round(width / ratio)))
    left = min(max(round(width * focal[0] - across / 2), 0), width - across)
    top = min(max(round(height * focal[1] - down / 2), 0), height - down)
    return left, top, left + across, top + down


def all_wanted(size: tuple[int, int], focal: tuple[float, float]) -> Iterator[WantedFile]:
    """Yield every file that is made of a web size; of the whole picture in its own width the JPEG is there already."""
    for name, place in PLACES.items():
        box = box_of(size, place.ratio, focal)
        across, down = box[2] - box[0], box[3] - box[1]
        for width in sorted({min(width, across) for width in place.widths}):
            height = max(1, round(down * width / across))
            for kind in place.formats:
                if not (name == WHOLE and kind == "jpeg" and width == across):
                    yield WantedFile(name, kind, box, width, height)
