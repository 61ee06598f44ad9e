"""Files that are sent in the hope of more than an upload: two things in one, and small ones that unfold to much."""

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

MANY = 300 * 2**20  # bytes, more than any door takes of what unfolds
SCRIPT = b"<script>alert(document.domain)</script>"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    f'<!ENTITY {one} "{f"&{before};" * 10}">'.encode() for before, one in zip("abcdefgh", "bcdefghi", strict=True)
)
LAUGHS += b"]><CONSOLIDATED_LIST><INDIVIDUAL>&i;</INDIVIDUAL></CONSOLIDATED_LIST>"
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'


def picture(kind: str = "JPEG", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, kind, **options)
    return file.getvalue()


def archive(**parts: bytes) -> bytes:
    """Return a zip file; names with `__` for a slash, `_` for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in parts.items():
            opened.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def texts() -> PngImagePlugin.PngInfo:
    found = PngImagePlugin.PngInfo()
    found.add_text("Comment", SCRIPT.decode())
    return found


NOTHING = zlib.compress(bytes(MANY), 9)
# Pictures that can be used and bring something along: of that nothing may be stored.
TWO_IN_ONE = {
    "JPEG and page": picture() + b"<html>" + SCRIPT,
    "JPEG with a page as its comment": picture(comment=SCRIPT),
    "JPEG and archive": picture() + archive(evil_html=SCRIPT * 100),
    "PNG with a page in its text": picture("PNG", pnginfo=texts()),
    "PNG and PHP": picture("PNG") + b"<?php system($_GET[0]); ?>" + SCRIPT,
    "JPEG with more pictures": picture("MPO", save_all=True, append_images=[Image.new("RGB", (40, 30))]),
    "PNG with endless lines": png(2, 2, chunk(b"IDAT", NOTHING)),
    "WebP and page": picture("WEBP") + SCRIPT,
}
BOMBS = {
    "pixels": png(60_000, 60_000, chunk(b"IDAT", zlib.compress(b"\0" * 1000))),
    "text in a PNG": png(2, 2, chunk(b"zTXt", b"a\0\0" + NOTHING), chunk(b"IDAT", zlib.compress(bytes(14)))),
    "profile in a PNG": png(2, 2, chunk(b"iCCP", b"a\0\0" + NOTHING), chunk(b"IDAT", zlib.compress(bytes(14)))),
    "archive": archive(x=bytes(MANY)),
    "spreadsheet": archive(**{"xl__worksheets__sheet1_xml": bytes(MANY), "[Content.Types]_xml": b"<a/>"}),
    "Word file": archive(**{"word__document_xml": b" " * MANY, "[Content.Types]_xml": b"<a/>"}),
    "entities": LAUGHS,
    "entities in a Word file": archive(**{"word__document_xml": LAUGHS, "[Content.Types]_xml": b"<a/>"}),
    "entities in a spreadsheet": archive(xl__worksheets__sheet1_xml=LAUGHS, xl__workbook_xml=LAUGHS),
    "nested JSON": b"[" * 100_000,
    "many parts": archive(**{f"x{number}": b"" for number in range(5000)}),
}
STRANGE = {
    "nothing": b"",
    "null bytes": bytes(2000),
    "an entity from the disk": OUTSIDE,
    "a way out of the folder": archive(____etc__passwd=b"x", word__document_xml=OUTSIDE),
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    "half a JPEG": picture()[:200],
    "bad UTF-8": b"\xff\xfe\xfa;\x80\n" * 50,
    "broken JSON": b'{"registers": [{"key": "\\ud800", "organizations": 9e999}]}',
    "a program": b"\x7fELF" + bytes(100),
}
