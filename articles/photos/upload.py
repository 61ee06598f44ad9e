"""Photos in: checked, turned upright, cut to a web size, stored under names nobody can guess; of what came with the
pixels, such as place, device, serial number and author, nothing is stored, in the original either."""

import hashlib
import io
import secrets
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from ..models import Photo
from .files import original_path, web_path

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 60_000_000
WEB_WIDTH = 1600
QUALITY = 82


class PhotoError(ValueError):
    """The file cannot be used as a photo; the message, in the editor's language, says why."""


def open_image(data: bytes) -> Image.Image:
    """Decode a JPEG, PNG or WebP; raise PhotoError for all else: SVG, bombs, broken files."""
    if len(data) > MAX_BYTES:
        raise PhotoError(_("The file is larger than %(limit)d MB.") % {"limit": MAX_BYTES // 1024 // 1024})
    if b"<svg" in data[:4096].lower():
        raise PhotoError(_("SVG files are not accepted: use JPEG, PNG or WebP."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=list(FORMATS))
            if image.width * image.height > MAX_PIXELS:
                raise PhotoError(too_many_pixels(image.width, image.height))
            image.load()
            if image.format == "MPO":  # a JPEG with more pictures behind it, as telephones make them: the first counts
                image.format = "JPEG"
    except UnidentifiedImageError as error:
        raise PhotoError(_("This is not a JPEG, PNG or WebP picture.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoError(_("The picture has too many pixels.")) from error
    except (OSError, SyntaxError, ValueError) as error:
        if isinstance(error, PhotoError):
            raise
        raise PhotoError(_("The picture is damaged and cannot be read.")) from error
    return image


def too_many_pixels(width: int, height: int) -> str:
    return _("The picture has %(width)d × %(height)d pixels; at most %(limit)d million are accepted.") % {
        "width": width,
        "height": height,
        "limit": MAX_PIXELS // 1_000_000,
    }


def only_pixels(image: Image.Image) -> Image.Image:
    """Return the picture upright, in the colours of the web, with nothing that is no pixel: a profile names devices."""
    upright = ImageOps.exif_transpose(image) or image
    clear = upright.has_transparency_data
    mode = "RGBA" if clear else "L" if upright.mode in ("1", "L") else "RGB"
    profile = upright.info.get("icc_profile")
    if profile and upright.mode in ("RGB", "RGBA"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            upright = ImageCms.profileToProfile(upright, given, ImageCms.createProfile("sRGB")) or upright
        except (ImageCms.PyCMSError, OSError):
            pass  # a profile that is broken or for another kind of picture: its colours stay as they are
    plain = upright.convert(mode)
    plain.info = {}
    return plain


def original_size(plain: Image.Image, came: Image.Image) -> bytes:
    """Return the file that is kept: the pixels in the format that they came in; a JPEG as finely as it was made."""
    out, kind = io.BytesIO(), str(came.format)
    if kind == "JPEG":
        tables = getattr(came, "quantization", None) if came.mode == plain.mode else None
        finely: dict[str, Any] = {"qtables": tables} if tables else {"quality": 95}
        plain.save(out, kind, subsampling=0, **finely)
    else:
        plain.save(out, kind, **({"quality": 95} if kind == "WEBP" else {}))
    return out.getvalue()


def web_size(upright: Image.Image) -> tuple[bytes, int, int]:
    """Return a JPEG at most WEB_WIDTH wide, with its width and height in pixels."""
    if upright.mode not in ("RGB", "L"):
        flat = Image.new("RGB", upright.size, "white")
        flat.paste(upright.convert("RGBA"), mask=upright.convert("RGBA").getchannel("A"))
        upright = flat
    if upright.width > WEB_WIDTH:
        height = max(1, round(upright.height * WEB_WIDTH / upright.width))
        upright = upright.resize((WEB_WIDTH, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue(), upright.width, upright.height


@dataclass(frozen=True)
class PreparedPhoto:
    """A picture that was read and checked: its row and its files, neither stored yet."""

    photo: Photo
    files: tuple[tuple[Path, bytes], ...]


def add_photo(file: IO[bytes], **texts: object) -> Photo:
    """Store a picture and its row; `texts` are columns of Photo (alt_en, caption_ru, credit…). Raise PhotoError."""
    return store(prepare(file, **texts))


def prepare(file: IO[bytes], **texts: object) -> PreparedPhoto:
    """Read and check a picture and make its web size, which takes long: outside a transaction. Raise PhotoError."""
    data = file.read(MAX_BYTES + 1)
    image = open_image(data)
    plain = only_pixels(image)
    kept, (web, width, height) = original_size(plain, image), web_size(plain)
    photo = Photo(
        original=f"{secrets.token_hex(16)}.{FORMATS[str(image.format)]}",
        width=width,
        height=height,
        sha256=hashlib.sha256(kept).hexdigest(),
        **texts,
    )
    photo.web = f"{photo.token}.jpg"
    return PreparedPhoto(photo, ((original_path(photo), kept), (web_path(photo), web)))


def store(prepared: PreparedPhoto) -> Photo:
    """Write the files and the row."""
    photo = prepared.photo
    written: list[Path] = []
    try:
        for path, content in prepared.files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
        with transaction.atomic():
            photo.save()
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return photo
