"""Where the files of photos lie, under names nobody can guess: the original, which no reader gets, the web size, and
in a folder named after that what is made of it (`making`)."""

import hashlib
import os
from pathlib import Path

from django.conf import settings

from ..models import Photo
from ..models.rendition import FOLDER

CAMERA = "camera:"  # before the name of a file in the folder of those that are kept as they came


def media_folder() -> Path:
    return Path(settings.MEDIA_ROOT)


def camera_folder() -> Path:
    """Return where files lie as they came, encrypted; never served, nor in the media folder."""
    return Path(settings.CAMERA_DIR)


def original_path(photo: Photo) -> Path:
    """Return where the picture is kept in its full size, stripped; never served to readers."""
    return original_file(photo.original)


def original_file(name: str) -> Path:
    """Return where the original of that file name is kept."""
    return media_folder() / "originals" / name


def web_path(photo: Photo) -> Path:
    """Return where the web size is kept."""
    return web_file(photo.web)


def web_file(name: str) -> Path:
    """Return where the web size of that file name is kept."""
    return media_folder() / "web" / name


def rendition_folder(web: str) -> Path:
    """Return the folder of what is made of the web size of that file name."""
    return media_folder() / FOLDER / stem(web)


def rendition_file(web: str, name: str) -> Path:
    """Return where a rendition lies; `name` as in `Rendition.files`."""
    return rendition_folder(web) / name


def stem(web: str) -> str:
    """Return the name of a web file without its ending."""
    return web.rpartition(".")[0] or web


def keep(path: Path, content: bytes) -> None:
    """Write one file of a photo. Every file that comes in, or is made anew at the desk, passes here."""
    private = path.parent == camera_folder()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700 if private else 0o777)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o666), "wb") as file:
        file.write(content)


def original_of(photo: Photo) -> bytes:
    """Read the file that was kept of a photo; raise OSError where it is gone."""
    return original_path(photo).read_bytes()


def web_names(photo: Photo) -> list[str]:
    """Return the names of the web sizes that the photo has and had."""
    return [photo.web, *photo.former_files.order_by("pk").values_list("web", flat=True)]


def web_digest(name: str) -> str:
    """Return the SHA-256 of the web size of that file name; empty when there is no such file."""
    try:
        return hashlib.sha256(web_file(name).read_bytes()).hexdigest()
    except OSError:
        return ""
