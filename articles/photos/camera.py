"""Photos as they came, with place, device and author: kept where the settings say so, encrypted for who holds the
secret key, in a folder that no web server serves. All else of the newsroom knows the stripped picture alone."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ..models import CameraFile, Photo
from ..sealing import ENDING, KeyRefused, SealError, read_recipients, sealed, unsealed
from .files import CAMERA, camera_folder


def prepared(data: bytes) -> tuple[CameraFile, bytes] | None:
    """Return the row of a file that came and what is to lie there, nothing of it stored; None where none is kept.

    Raises SealError where one is to be kept and cannot: it is never kept readable, nor left out in silence.
    """
    if not settings.KEEP_CAMERA_FILES:
        return None
    if trouble() is not None:
        raise SealError(_("This newsroom keeps photos as they came, and is not set up for it: tell an administrator."))
    content = sealed(data, read_recipients(settings.CAMERA_RECIPIENTS))
    digest = hashlib.sha256(content).hexdigest()
    return CameraFile(name=f"{secrets.token_hex(16)}{ENDING}", sha256=digest, size=len(content)), content


def trouble() -> str | None:
    """Return what is wrong with the settings where files are to be kept: "key" or "folder"; None for nothing."""
    if not settings.KEEP_CAMERA_FILES:
        return None
    try:
        recipients = read_recipients(settings.CAMERA_RECIPIENTS)
    except KeyRefused:
        return "key"
    if not recipients:
        return "key"
    return "folder" if is_served(camera_folder()) else None


def is_served(folder: Path) -> bool:
    """Say whether a folder lies in one that a web server sends from, or that holds what readers may get."""
    static = [one[1] if isinstance(one, tuple) else one for one in settings.STATICFILES_DIRS]
    sent = [settings.PAGES_DIR, settings.MEDIA_ROOT, settings.STATIC_ROOT, *static]
    return any(folder.resolve().is_relative_to(Path(one).resolve()) for one in sent)


def places_of(photos: Iterable[Photo]) -> list[str]:
    """Return where the photos' own files lie, as `record.files.remove_later` wants them."""
    names = CameraFile.objects.filter(photo__in=[one.pk for one in photos]).values_list("name", flat=True)
    return [f"{CAMERA}{name}" for name in names]


def read_back(photo: Photo, identities: Sequence[Any]) -> bytes:
    """Return the file that a photo came as. Raises SealError where none was kept, and where no key opens it."""
    return unsealed(sealed_file(photo), identities)


def sealed_file(photo: Photo) -> bytes:
    """Return the encrypted file of a photo. Raises SealError where none was kept, it is gone or was changed."""
    row = CameraFile.objects.filter(photo=photo).first()
    if row is None:
        raise SealError(_("The file that this photo came as was not kept."))
    try:
        content = (camera_folder() / row.name).read_bytes()
    except OSError as error:
        told = {"file": row.name, "error": error.strerror}
        raise SealError(_("%(file)s cannot be read: %(error)s") % told) from error
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise SealError(_("%(file)s is not as it was written.") % {"file": row.name})
    return content
