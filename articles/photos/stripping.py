"""Originals that were stored before uploads were stripped: written anew with their pixels alone, under another name.

The web size, whose hash stands in the record, is left as it is: it was made of pixels from the beginning.
"""

import hashlib
import io
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.db import transaction
from PIL import Image

from ..models import LeftFile, Photo
from .files import media_folder, original_path
from .upload import FORMATS, OPENED, PhotoError, only_pixels, open_image, original_size

# What Pillow tells of a file that is nothing but pixels, written by us.
PLAIN = frozenset(
    "jfif jfif_version jfif_unit jfif_density progressive progression transparency loop background duration "
    "timestamp adobe adobe_transform".split()
)
PLAIN_APPS = ("APP0", "APP14")  # of a JPEG: its version, and how its colours are meant
ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}


def tells(data: bytes) -> bool:
    """Say whether a picture's file holds more than pixels: metadata of any kind, or something behind its end.

    Raises OSError for what is no picture.
    """
    with Image.open(io.BytesIO(data), formats=OPENED) as image:
        image.load()
        more = {str(name) for name in image.info} - PLAIN
        more |= {name for name, _segment in getattr(image, "applist", ()) if name not in PLAIN_APPS}
        kind = str(image.format)
    behind = not data.endswith(ENDS[kind]) if kind in ENDS else int.from_bytes(data[4:8], "little") + 8 < len(data)
    return bool(more) or behind or kind not in FORMATS


def strip_original(photo: Photo) -> str:
    """Write a photo's original anew if it tells more than its pixels; return "stripped", "plain", or why it was left:
    "missing", "unreadable"."""
    try:
        data = original_path(photo).read_bytes()
        if not tells(data):
            return "plain"
        came = open_image(data)
    except FileNotFoundError:
        return "missing"
    except (OSError, SyntaxError, ValueError, PhotoError):
        return "unreadable"
    kept = original_size(only_pixels(came), came)
    replace_original(photo, kept, Path(photo.original).suffix)
    return "stripped"


def replace_original(photo: Photo, kept: bytes, suffix: str) -> None:
    """Store other bytes as the original; the old file goes once the row names the new one, at the latest by a
    worker."""
    old, name = original_path(photo), f"{secrets.token_hex(16)}{suffix}"
    new = old.with_name(name)
    new.write_bytes(kept)
    left = old.relative_to(media_folder()).as_posix()
    try:
        with transaction.atomic():
            changed = Photo.objects.filter(pk=photo.pk, original=photo.original)
            if not changed.update(original=name, sha256=hashlib.sha256(kept).hexdigest()):
                raise Photo.DoesNotExist
            LeftFile.objects.get_or_create(name=left)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    with suppress(OSError):
        old.unlink(missing_ok=True)
        LeftFile.objects.filter(name=left).delete()


def strip_all() -> Iterator[tuple[Photo, str]]:
    """Go through all photos, one file in memory at a time; yield each with what was done."""
    for photo in Photo.objects.order_by("pk").iterator(chunk_size=200):
        try:
            yield photo, strip_original(photo)
        except Photo.DoesNotExist:  # erased meanwhile
            continue
