"""Photos in: what is accepted, what is refused with which message, what readers get."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.db import IntegrityError
from PIL import Image

from articles.models import Photo
from articles.photos import PhotoError, add_photo, original_path, web_path


def picture(kind: str = "JPEG", size: tuple[int, int] = (320, 200), **options: object) -> io.BytesIO:
    file = io.BytesIO()
    mode = "RGBA" if kind == "PNG" else "RGB"
    Image.new(mode, size, "teal").save(file, kind, **options)
    file.seek(0)
    return file


def bomb() -> io.BytesIO:
    """Return a small PNG that claims 60,000 × 60,000 pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + data)


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_web_size_is_a_jpeg_at_most_1600_wide(kind: str) -> None:
    photo = add_photo(picture(kind, (2400, 1200)), alt_en="A pier")
    with Image.open(web_path(photo)) as web:
        assert (web.format, web.size) == ("JPEG", (1600, 800))
    assert (photo.width, photo.height, photo.alt_en) == (1600, 800, "A pier")
    assert original_path(photo).exists()
    assert photo.web.removesuffix(".jpg") not in photo.original


@pytest.mark.django_db
def test_metadata_is_stripped_and_the_picture_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret camera"
    photo = add_photo(picture(size=(300, 200), exif=exif))
    with Image.open(web_path(photo)) as web:
        assert web.size == (200, 300)
        assert not web.getexif()
    assert b"Secret camera" not in web_path(photo).read_bytes()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "said"),
    [
        (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "SVG"),
        (io.BytesIO(b"<?xml version='1.0'?>\n<SVG></SVG>"), "SVG"),
        (io.BytesIO(b""), "not a JPEG"),
        (io.BytesIO(b"GIF89a" + b"\0" * 40), "not a JPEG"),
        (io.BytesIO(picture().getvalue()[:300]), "damaged"),
        (bomb(), "pixels"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_reason(file: io.BytesIO, said: str, media: Path) -> None:
    with pytest.raises(PhotoError, match=said):
        add_photo(file)
    assert not Photo.objects.exists()
    assert not list(media.rglob("*.*"))


@pytest.mark.django_db
def test_row_that_cannot_be_stored_leaves_no_file(media: Path) -> None:
    with pytest.raises(IntegrityError):
        add_photo(picture(), credit=None)
    assert not list(media.rglob("*.*"))
