"""Where the files of photos lie: the original, which no reader gets, and the web size, under names nobody can guess."""

import hashlib
from pathlib import Path

from django.conf import settings

from ..models import Photo


def media_folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def original_path(photo: Photo) -> Path:
    """Return where the uploaded file is kept; never served to readers."""
    return media_folder() / "originals" / photo.original


def web_path(photo: Photo) -> Path:
    """Return where the web size is kept."""
    return web_file(photo.web)


def web_file(name: str) -> Path:
    """Return where the web size of that file name is kept."""
    return media_folder() / "web" / name


def web_digest(name: str) -> str:
    """Return the SHA-256 of the web size of that file name; empty when there is no such file."""
    try:
        return hashlib.sha256(web_file(name).read_bytes()).hexdigest()
    except OSError:
        return ""
