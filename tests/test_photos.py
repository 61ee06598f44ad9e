"""Photos in: what is accepted, what is refused with which message, what readers get."""

import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from django.db import IntegrityError
from PIL import Image, ImageCms, PngImagePlugin

from articles.models import Photo
from articles.photos.files import original_path, web_path
from articles.photos.upload import PhotoError, add_photo


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


def telling(kind: str) -> io.BytesIO:
    """Return a picture that tells place, device, serial number and author in each way that its format has."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = 6, "TELLS maker", "TELLS author"
    exif.get_ifd(0x8769)[0xA431] = "TELLS serial"
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (55.0, 45.0, 7.0)
    packet = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>TELLS place</x:xmpmeta>"
    options: dict[str, object] = {"exif": exif.tobytes(), "icc_profile": profile()}
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Author", "TELLS author")
        texts.add_itxt("XML:com.adobe.xmp", packet.decode())
        options["pnginfo"] = texts
    elif kind == "WEBP":
        options["xmp"] = packet
    else:
        options |= {"comment": b"TELLS comment", "xmp": packet}
    file = picture(kind, (300, 200), **options).getvalue()
    if kind == "JPEG":  # IPTC, as press photos bear it, and what telephones append: a film with its place
        iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", 16) + b"\x1c\x02\x50\0\x0bTELLS iptc!"
        file = file[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + file[2:] + b"ftypmp42 TELLS place"
    assert file.count(b"TELLS") >= 3
    return io.BytesIO(file)


def profile() -> bytes:
    return bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_stored(kind: str, media: Path) -> None:
    photo = add_photo(telling(kind))
    with Image.open(original_path(photo)) as kept:
        assert (kept.format, kept.size) == (kind, (200, 300)), "upright without being told so"
        assert not kept.getexif() and not {"xmp", "comment", "photoshop", "icc_profile"} & kept.info.keys()
        red, green, blue = kept.convert("RGB").getpixel((20, 20))  # type: ignore[misc]
    assert max(abs(red - 0), abs(green - 128), abs(blue - 128)) < 4, "the pixels stay"
    stored = [path for path in media.rglob("*") if path.is_file()]
    assert len(stored) == 2
    for path in stored:
        assert not any(mark in path.read_bytes() for mark in (b"TELLS", b"Exif", b"GPS", b"8BIM", b"adobe", b"ftyp"))
    assert photo.sha256 == hashlib.sha256(original_path(photo).read_bytes()).hexdigest()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "said"),
    [
        (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "SVG"),
        (io.BytesIO(b"<?xml version='1.0'?>\n<SVG></SVG>"), "SVG"),
        (io.BytesIO(b""), "empty"),
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
