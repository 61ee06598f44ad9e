"""Photos in: what is accepted, what is refused with which message, what readers get."""

import hashlib
import io
import struct
import zlib
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.utils import translation
from PIL import Image, ImageCms, PngImagePlugin

from articles.models import Photo
from articles.photos import upload
from articles.photos.files import original_path, web_path
from articles.photos.upload import PhotoError, add_photo
from tests.heic import HEIC


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


def named(name: str, data: bytes) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def moving(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("teal", "red")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


@pytest.mark.django_db
def test_heic_is_kept_as_a_jpeg_that_tells_nothing(media: Path) -> None:
    assert HEIC.count(b"TELLS")
    photo = add_photo(named("IMG_0007.HEIC", HEIC))
    with Image.open(original_path(photo)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (96, 64))
        assert not kept.getexif()
        red, teal = kept.getpixel((10, 30)), kept.getpixel((80, 30))
    assert all(abs(one - other) < 8 for one, other in zip((*red, *teal), (200, 40, 40, 0, 128, 128), strict=True))  # type: ignore[misc]
    assert photo.original.endswith(".jpg")
    assert photo.file_name == "IMG_0007.HEIC"
    stored = [path for path in media.rglob("*") if path.is_file()]
    assert len(stored) == 2
    assert not any(mark in path.read_bytes() for path in stored for mark in (b"TELLS", b"Exif", b"ftyp"))


@pytest.mark.django_db
def test_a_telephones_jpeg_with_a_second_picture_in_it_is_a_photo() -> None:
    photo = add_photo(named("pair.jpg", moving("MPO")))
    with Image.open(original_path(photo)) as kept:
        assert (kept.format, getattr(kept, "n_frames", 1)) == ("JPEG", 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "said"),
    [
        (named("x.webp", moving("WEBP")), "moves"),
        (named("x.png", moving("PNG")), "moves"),
        (named("x.gif", moving("GIF")), "not a JPEG"),
        (named("x.png", picture("JPEG").getvalue()), "ends in .png, but the file is a JPEG"),
        (named("x.heic", picture("JPEG").getvalue()), "ends in .heic"),
        (named("x.jpg", HEIC), "is a HEIC"),
        (named("x.heic", HEIC[:400]), "damaged|not a JPEG"),
        (named("x.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "SVG"),
        (named("x.jpg", b"%PDF-1.4 \xff\xd8\xff\xe0 JFIF"), "not a JPEG"),
        (named("x.jpg", b"\xff\xd8\xff\xe0<script>alert(1)</script>"), "damaged|not a JPEG"),
    ],
)
def test_bad_input_is_told_and_nothing_of_it_is_stored(file: io.BytesIO, said: str, media: Path) -> None:
    file.seek(0)
    with pytest.raises(PhotoError, match=said):
        add_photo(file)
    assert not Photo.objects.exists()
    assert not list(media.rglob("*.*"))


@pytest.mark.django_db
def test_what_hangs_on_a_picture_is_not_kept(media: Path) -> None:
    """A picture that is an archive, a page or a script as well: only its pixels go on."""
    polyglot = picture(comment=b"<script>POLYGLOT</script>").getvalue() + b"PK\x03\x04 POLYGLOT <?php POLYGLOT"
    add_photo(named("x.jpg", polyglot))
    assert polyglot.count(b"POLYGLOT") == 3
    assert not any(b"POLYGLOT" in path.read_bytes() for path in media.rglob("*.jpg"))


@pytest.mark.django_db
def test_pixels_tell_the_same_picture_whatever_the_file() -> None:
    first, again = (add_photo(picture("PNG", (320, 200))) for _ in range(2))
    other = add_photo(picture("PNG", (320, 201)))
    assert first.pixels == again.pixels != other.pixels
    assert first.web != again.web


@pytest.mark.django_db
def test_disk_that_is_full_at_the_second_file_leaves_nothing(media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = upload.keep

    def full(path: Path, content: bytes) -> None:
        kept(path, content[:100])
        if "web" in path.parts:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(upload, "keep", full)
    with pytest.raises(PhotoError, match="disk is full"):
        add_photo(picture())
    assert not Photo.objects.exists()
    assert not list(media.rglob("*.*"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "kept"),
    [("C:\\Users\\x\\pier.jpg", "pier.jpg"), ("../../pier.jpg", "pier.jpg"), ("p\x00\x07ier.jpg", "pier.jpg")],
)
def test_name_of_the_file_is_kept_for_the_desk_without_its_folders(given: str, kept: str) -> None:
    assert add_photo(named(given, picture().getvalue())).file_name == kept


@pytest.mark.django_db
def test_long_name_keeps_its_ending() -> None:
    name = add_photo(named("п" * 300 + ".jpg", picture().getvalue())).file_name
    assert len(name) == 200 and name.endswith("п.jpg")


def deep(value: int, *more: tuple[bytes, bytes]) -> bytes:
    """Return a grey PNG of 16 bits, as scanners make them."""
    rows = b"".join(b"\0" + struct.pack(">H", value) * 30 for _ in range(20))
    header = struct.pack(">IIBBBBB", 30, 20, 16, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), *more, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    parts = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def palette(**options: object) -> bytes:
    out, image = io.BytesIO(), Image.new("P", (30, 20), 1)
    image.putpalette([255, 0, 0, 0, 128, 128] + [0] * 762)
    image.save(out, "PNG", **options)
    return out.getvalue()


def sized(size: tuple[int, int], kind: str = "PNG", mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else (255, 0, 0, 126)).save(out, kind, **options)
    return out.getvalue()


ODD_EXIF = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHIIHHIII", 2, 0x8769, 4, 1, 8, 0x0112, 3, 1, 6, 8)  # a loop
TEAL = (0, 128, 128)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "size", "shows"),
    [
        (deep(0x8000), (30, 20), (128, 128, 128)),
        (deep(0x8000, (b"tRNS", b"\x80\x00")), (30, 20), (128, 128, 128)),
        (palette(), (30, 20), TEAL),
        (palette(transparency=bytes([0, 255])), (30, 20), TEAL),
        (palette(transparency=1), (30, 20), (255, 255, 255)),
        (sized((30, 20), "JPEG", "CMYK"), (30, 20), (0, 129, 129)),
        (sized((30, 20), "JPEG", exif=ODD_EXIF), (20, 30), TEAL),
        (sized((30, 20), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08" + b"\xff" * 200), (30, 20), TEAL),
        (sized((30, 20), "JPEG", icc_profile=b"\0" * 500), (30, 20), TEAL),
        (sized((30, 20), "PNG", icc_profile=profile()[:300]), (30, 20), TEAL),
        (sized((1, 1)), (1, 1), TEAL),
        (sized((20_000, 1)), (1600, 1), TEAL),
        (sized((1, 20_000)), (1, 8000), TEAL),
        (sized((900, 24_000)), (300, 8000), TEAL),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else str(value),
)
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_odd_pictures_show_readers_what_they_show(data: bytes, size: tuple[int, int], shows: tuple[int, ...]) -> None:
    photo = add_photo(named("odd", data))
    assert (photo.width, photo.height) == size
    with Image.open(web_path(photo)) as web, Image.open(original_path(photo)) as kept:
        for one in (web, upload.flat(kept)):
            found = one.convert("RGB").getpixel((0, 0))
            assert all(abs(a - b) < 6 for a, b in zip(found, shows, strict=True)), found  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [(40_000, 1), (1, 65_535)])
def test_a_side_that_no_format_takes_is_told(size: tuple[int, int], media: Path) -> None:
    with pytest.raises(PhotoError, match="longer than 30000"):
        add_photo(named("long.png", sized(size)))
    assert not list(media.rglob("*.*"))


@pytest.mark.django_db
def test_a_name_that_turns_what_is_read_is_kept_without_that() -> None:
    assert add_photo(named("a\u202egpj.exe\n.jpg", sized((3, 2), "JPEG"))).file_name == "agpj.exe .jpg"


@pytest.mark.django_db
def test_the_desk_calls_a_photo_by_its_caption_in_the_desks_language_else_by_its_file() -> None:
    photo = add_photo(named("pier.jpg", picture().getvalue()), caption_en="A pier", caption_ru="Пирс")
    for language, name in (("en", "A pier"), ("ru", "Пирс")):
        with translation.override(language):
            assert str(photo) == name
    assert str(add_photo(named("quay.jpg", picture().getvalue()))) == "quay.jpg"
