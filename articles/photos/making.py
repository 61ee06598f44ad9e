"""Renditions of a web size, made: cropped, scaled, written as AVIF, WebP and JPEG, under names that tell what is in
them."""

import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from .files import rendition_folder, web_file
from .places import ENDINGS, WantedFile, all_wanted, focal_of

# One thread: what the machine has left belongs to readers. Values at which the eye sees no difference to the web size.
SAVED: dict[str, dict[str, Any]] = {
    "avif": {"quality": 52, "speed": 7, "max_threads": 1},
    "webp": {"quality": 76, "method": 4},
    "jpeg": {"quality": 76, "optimize": True, "progressive": True},
}
ASIDE = ".part"

Made = dict[str, Any]  # as in `Rendition.files`


def make(web: str, wanted: str) -> Iterator[Made]:
    """Make every file of a web size (`web` and `wanted` as in `Rendition`), write it, and yield its row.

    Raises OSError where the web size cannot be read, or the disk refuses; what was written until then is named by
    nothing and goes with the next night. One with the same content stands under the same name.
    """
    folder = rendition_folder(web)
    with Image.open(web_file(web), formats=["JPEG"]) as opened:
        opened.load()
        picture = opened.convert("L" if opened.mode == "L" else "RGB")
    folder.mkdir(parents=True, exist_ok=True)
    before: tuple[object, Image.Image] = (None, picture)
    for one in all_wanted(picture.size, focal_of(wanted)):
        shape = (one.box, one.width, one.height)
        if before[0] != shape:  # scaled once for all formats
            before = shape, picture.resize((one.width, one.height), Image.Resampling.LANCZOS, box=one.box)
        yield written(folder, one, encoded(before[1], one.format))


def encoded(picture: Image.Image, kind: str) -> bytes:
    """Return a picture as a file of a format."""
    out = io.BytesIO()
    picture.save(out, kind.upper(), **SAVED[kind])
    return out.getvalue()


def written(folder: Path, one: WantedFile, data: bytes) -> Made:
    """Write a file and return its row."""
    name = f"{one.place}-{one.width}-{hashlib.sha256(data).hexdigest()[:12]}.{ENDINGS[one.format]}"
    aside = folder / f".{name}{ASIDE}"
    try:
        aside.write_bytes(data)
        os.replace(aside, folder / name)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return {
        "place": one.place,
        "width": one.width,
        "height": one.height,
        "format": one.format,
        "name": name,
        "bytes": len(data),
    }
