"""Photos in: checked, turned upright, cut to a web size, stored under names nobody can guess; of what came with the
pixels, such as place, device, serial number and author, nothing is stored, in the original either, but by `camera`
where the settings say so."""

import hashlib
import io
import secrets
import unicodedata
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _
from pi_heif import register_heif_opener
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from ..models import CameraFile, Photo
from ..models.fields import printable
from ..outage import outage_of
from ..sealing import SealError
from . import camera
from .files import camera_folder, keep, original_path, web_path

# Format → the ending of the file that is kept. A HEIC is kept as a JPEG: nothing that serves or backs up photos has to
# read the telephone's format, and nothing of what it holds beside the pixels comes along.
FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "jpg", "MPO": "jpg"}
OPENED = [name for name in FORMATS if name != "MPO"]  # Pillow opens a telephone's MPO as a JPEG, then calls it that
ENDINGS = {
    "jpg": "JPEG", "jpeg": "JPEG", "jpe": "JPEG", "jfif": "JPEG",
    "png": "PNG", "webp": "WEBP", "heic": "HEIF", "heif": "HEIF", "hif": "HEIF",
}  # fmt: skip
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"
MAX_BYTES = 25 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_SIDE = 30_000  # pixels; a JPEG ends at 65,500
LONGEST_NAME = 200
WEB_WIDTH, WEB_HEIGHT = 1600, 8000  # pixels, at most; a WebP ends at 16,383
QUALITY, KEPT_QUALITY = 82, 95
STRIP = 256  # rows
REFUSED = "refused_by_disk"  # of an upload: why it could not be stored

register_heif_opener(thumbnails=False)


class PhotoError(ValueError):
    """The file cannot be used as a photo; the message, in the editor's language, says why."""


def open_image(data: bytes, name: str = "") -> Image.Image:
    """Decode a JPEG, PNG, WebP or HEIC; raise PhotoError for all else: SVG, bombs, films, broken or mislabelled files.

    `name`: of the file; one whose ending says another picture is refused, one that says none is not.
    """
    if not data:
        raise PhotoError(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise PhotoError(_("The file is larger than %(limit)d MB.") % {"limit": MAX_BYTES // 1024 // 1024})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=OPENED)
            refuse_by_head(image, name)
            image.load()
            if image.format == "MPO":  # a JPEG with more pictures behind it, as telephones make them: the first counts
                image.format = "JPEG"
    except UnidentifiedImageError as error:
        if b"<svg" in data[:4096].lower():
            raise PhotoError(_("SVG files are not accepted: use JPEG, PNG, WebP or HEIC.")) from error
        raise PhotoError(_("This is not a JPEG, PNG, WebP or HEIC picture.")) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoError(_("The picture has too many pixels.")) from error
    except PhotoError:
        raise
    except (OSError, SyntaxError, ValueError, RuntimeError, EOFError) as error:
        raise PhotoError(_("The picture is damaged and cannot be read.")) from error
    return image


def refuse_by_head(image: Image.Image, name: str) -> None:
    """Refuse, before a pixel is decoded, what has too many of them, moves, or is another picture than its name says.

    A telephone's JPEG may hold a second picture (MPO), a HEIC several: the first is the photo.
    """
    if image.width * image.height > MAX_PIXELS:
        raise PhotoError(too_many_pixels(image.width, image.height))
    if max(image.size) > MAX_SIDE:
        raise PhotoError(_("A side of the picture is longer than %(most)d pixels: cut it.") % {"most": MAX_SIDE})
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    if kind in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise PhotoError(_("The picture moves: only still pictures are accepted."))
    ending = PurePath(name).suffix.lower().lstrip(".")
    if ENDINGS.get(ending, kind) != kind:
        raise PhotoError(
            _("The name ends in .%(ending)s, but the file is a %(kind)s picture: give it its right ending.")
            % {"ending": ending, "kind": "HEIC" if kind == "HEIF" else kind}
        )


def too_many_pixels(width: int, height: int) -> str:
    return _("The picture has %(width)d × %(height)d pixels; at most %(limit)d million are accepted.") % {
        "width": width,
        "height": height,
        "limit": MAX_PIXELS // 1_000_000,
    }


def only_pixels(image: Image.Image) -> Image.Image:
    """Return the picture upright, in the colours of the web, with nothing that is no pixel: a profile names devices."""
    upright = in_eight_bits(ImageOps.exif_transpose(image) or image)
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


def in_eight_bits(image: Image.Image) -> Image.Image:
    """Return a grey picture of 16 bits, as scanners and telescopes make them, in 8; any other as it is."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value / 256, "L")


def original_size(plain: Image.Image, came: Image.Image) -> bytes:
    """Return the file that is kept: the pixels in the format that they came in, a HEIC as a JPEG; a JPEG as finely as
    it was made."""
    out, kind = io.BytesIO(), str(came.format)
    if FORMATS[kind] == "jpg":
        tables = getattr(came, "quantization", None) if came.mode == plain.mode else None
        finely: dict[str, Any] = {"qtables": tables} if tables else {"quality": KEPT_QUALITY}
        flat(plain).save(out, "JPEG", subsampling=0, **finely)
    else:
        plain.save(out, kind, **({"quality": KEPT_QUALITY} if kind == "WEBP" else {}))
    return out.getvalue()


def flat(picture: Image.Image) -> Image.Image:
    """Return the picture without what shines through: on white."""
    if picture.mode in ("RGB", "L"):
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture.convert("RGBA"), mask=picture.convert("RGBA").getchannel("A"))
    return ground


def web_size(upright: Image.Image) -> tuple[bytes, int, int]:
    """Return a JPEG at most WEB_WIDTH wide and WEB_HEIGHT high, with its width and height in pixels."""
    upright = flat(upright)
    scale = min(WEB_WIDTH / upright.width, WEB_HEIGHT / upright.height)
    if scale < 1:
        size = max(1, round(upright.width * scale)), max(1, round(upright.height * scale))
        upright = upright.resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue(), upright.width, upright.height


def digest_of_pixels(plain: Image.Image) -> str:
    """Return the SHA-256 of what a picture shows, whatever the file around it: mode, size and pixels."""
    shows = hashlib.sha256(f"{plain.mode} {plain.width}x{plain.height} ".encode())
    for top in range(0, plain.height, STRIP):  # a picture of 60 million pixels is not held twice
        shows.update(plain.crop((0, top, plain.width, min(top + STRIP, plain.height))).tobytes())
    return shows.hexdigest()


@dataclass(frozen=True)
class PreparedPhoto:
    """A picture that was read and checked: its row and its files, neither stored yet. `came`: the upload itself;
    `camera`: the row of that file, where it is kept."""

    photo: Photo
    files: tuple[tuple[Path, bytes], ...]
    came: IO[bytes] | None = None
    camera: CameraFile | None = None


def add_photo(file: IO[bytes], **texts: object) -> Photo:
    """Store a picture and its row; `texts` are columns of Photo (alt_en, caption_ru, credit…). Raise PhotoError."""
    return store(prepare(file, **texts))


def prepare(file: IO[bytes], **texts: object) -> PreparedPhoto:
    """Read and check a picture and make its web size, which takes long: outside a transaction. Raise PhotoError.

    An upload that the disk had no room for is refused when its form is read once more.
    """
    if refused := getattr(file, REFUSED, ""):
        raise PhotoError(refused)
    data, name = file.read(MAX_BYTES + 1), given_name(file)
    image = open_image(data, name)
    plain = only_pixels(image)
    photo = Photo(file_name=name, pixels=digest_of_pixels(plain), **texts)
    files = made_of(photo, plain, image)
    try:
        as_it_came = camera.prepared(data)
    except SealError as error:
        raise PhotoError(str(error)) from error
    if as_it_came is None:
        return PreparedPhoto(photo, files, file)
    row, sealed = as_it_came
    return PreparedPhoto(photo, (*files, (camera_folder() / row.name, sealed)), file, row)


def made_of(photo: Photo, plain: Image.Image, came: Image.Image) -> tuple[tuple[Path, bytes], ...]:
    """Give a photo new file names, sizes and hash; return the files to be stored, the one that is kept first."""
    kept, (web, photo.width, photo.height) = original_size(plain, came), web_size(plain)
    photo.original = f"{secrets.token_hex(16)}.{FORMATS[str(came.format)]}"
    photo.web = f"{photo.token}.jpg"
    photo.sha256 = hashlib.sha256(kept).hexdigest()
    return (original_path(photo), kept), (web_path(photo), web)


def given_name(file: IO[bytes]) -> str:
    """Return the name that an uploaded file came with, without folders and signs that turn or hide what is read, cut to
    what the column holds; "" for none."""
    name = getattr(file, "name", "")
    last = printable(name.replace("\\", "/").rpartition("/")[2]) if isinstance(name, str) else ""
    last = " ".join("".join(sign for sign in last if unicodedata.category(sign) != "Cf").split())
    ending = PurePath(last).suffix[:20]
    return last if len(last) <= LONGEST_NAME else last[: LONGEST_NAME - len(ending)] + ending


def store(prepared: PreparedPhoto) -> Photo:
    """Write the files and the rows: all of it, or nothing. Raise PhotoError where the disk takes no more."""
    photo = prepared.photo
    written: list[Path] = []
    try:
        for path, content in prepared.files:
            written.append(path)  # before it is written: a disk that is full leaves half of it
            keep(path, content)
        with transaction.atomic():
            photo.save()
            if prepared.camera is not None:
                prepared.camera.photo = photo
                prepared.camera.save()
    except BaseException as error:
        for path in written:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        if isinstance(error, OSError) and (says := why_not_stored(error)):
            if prepared.came is not None:
                setattr(prepared.came, REFUSED, says)
            raise PhotoError(says) from error
        raise
    return photo


def why_not_stored(error: BaseException) -> str:
    """Say why the disk has not taken a file or its row; nothing for what is no fault of the disk."""
    return {
        "full": _("The server's disk is full: nothing of this file was stored. Tell an administrator."),
        "read_only": _("The server's disk takes no changes: nothing of this file was stored. Tell an administrator."),
    }.get(outage_of(error), "")
