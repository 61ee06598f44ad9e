"""A Word file (.docx) as the draft of an article: headline, clean text, and the pictures in it. The file is not kept.

mammoth reads what the paragraphs are, not how they look. Before it is asked, the archive is looked at: what it would
unpack to, whether it is protected, holds programs, or declares entities, through which a small file grows without end.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mammoth
from lxml import html as lxml_html

from .attributes import PHOTOS
from .clean import clean_html, excess
from .figures import FIGURE, ids_in
from .tracking import untracked_links

LARGEST = 25_000_000  # bytes of the file, most of them pictures
LARGEST_TEXT = 12_000_000  # bytes of its parts of XML, unpacked: a text of LONGEST characters has some four
LARGEST_UNPACKED = 200_000_000  # bytes of all its parts
MOST_PARTS = 2000
MOST_PICTURES = 20  # that are taken along
LONGEST_HEADLINE = 250  # characters; a longer paragraph is none

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an older Word's file, and the shell of a protected one
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_TITLE = re.compile(r"<dc:title(?:\s[^>]*)?>([^<]{1,500})</dc:title>")
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
_IMAGE = re.compile(r'<img src="([0-9]+)"[^>]*>')  # as the pictures of the file are written here
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class NoWordFile(Exception):
    """The file is not read. `code`: "large", "old", "protected", "foreign", "damaged", "macros", "unpacked",
    "entities", "empty", "long" or "deep"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Picture:
    """`alt`: what the file says of the picture, "" for nothing."""

    data: bytes
    alt: str


@dataclass(frozen=True)
class Draft:
    """`body`: clean HTML, whose figures name `pictures` by their numbers; `left_out`: how many more there are; `notes`:
    how many stand at the end of the text."""

    headline: str
    body: str
    pictures: dict[int, Picture]
    left_out: int
    notes: int

    def with_photos(self, ids: Mapping[int, int]) -> str:
        """Return the body with photos in place of pictures: number → id; without those that became none."""

        def placed(figure: re.Match[str]) -> str:
            pk = ids.get(int(figure[1]))
            return f'<figure {PHOTOS}="{pk}"></figure>' if pk else ""

        return clean_html(FIGURE.sub(placed, self.body))


def draft_of(data: bytes) -> Draft:
    """Return what a Word file holds. Raises NoWordFile."""
    title = _looked_at(data)
    pictures: list[Picture | None] = []

    def kept(image: Any) -> list[Any]:
        pictures.append(_picture(image) if len(pictures) < MOST_PICTURES else None)
        return [mammoth.html.element("img", {"src": f"{len(pictures)}"})] if pictures[-1] else []

    try:
        made = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES, convert_image=kept).value
    except Exception as error:  # whatever of it the library does not expect
        raise NoWordFile("damaged") from error
    if excess(made):
        raise NoWordFile(excess(made))
    if not made.strip():
        raise NoWordFile("empty")
    root = lxml_html.fragment_fromstring(made, create_parent="div")
    notes = _notes(root)
    headline = _headline(root) or title
    body = "".join(lxml_html.tostring(one, encoding="unicode") for one in root)
    body = untracked_links(clean_html(_IMAGE.sub(rf'<figure {PHOTOS}="\1"></figure>', (root.text or "") + body)))
    if not headline and not body:
        raise NoWordFile("empty")
    shown = set(ids_in(body))  # one in the headline goes with its markup
    found = {number: one for number, one in enumerate(pictures, 1) if one is not None and number in shown}
    return Draft(headline, body, found, len(pictures) - len(found), notes)


def _picture(image: Any) -> Picture | None:
    with image.open() as file:
        data = file.read(LARGEST + 1)
    return Picture(data, (image.alt_text or "").strip()) if len(data) <= LARGEST else None


def _looked_at(data: bytes) -> str:
    """Return the title that the file gives itself, "" for none. Raises NoWordFile for what is not to be read."""
    if len(data) > LARGEST:
        raise NoWordFile("large")
    if data.startswith(_OLD):
        raise NoWordFile("protected" if _PROTECTED in data else "old")
    if not data.startswith(b"PK"):
        raise NoWordFile("foreign")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts_looked_at(archive)
    except (zipfile.BadZipFile, zlib.error, ValueError, KeyError, OSError, EOFError, RuntimeError) as error:
        raise NoWordFile("damaged") from error


def _parts_looked_at(archive: zipfile.ZipFile) -> str:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise NoWordFile("protected")
    if "word/document.xml" not in names and not any(re.match(r"word/document\d*\.xml\Z", name) for name in names):
        raise NoWordFile("foreign")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise NoWordFile("macros")
    texts = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
    if (
        len(parts) > MOST_PARTS
        or sum(part.file_size for part in parts) > LARGEST_UNPACKED
        or sum(part.file_size for part in texts) > LARGEST_TEXT
    ):
        raise NoWordFile("unpacked")
    title = ""
    for part in texts:  # a part unpacks to no more than it says: `zipfile` stops there
        text = archive.read(part)
        # In UTF-16 a declaration would hide from this.
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in text:
            raise NoWordFile("entities")
        if b"macroEnabled" in text and part.filename == "[Content_Types].xml":
            raise NoWordFile("macros")
        if part.filename == "docProps/core.xml":
            found = _TITLE.search(text.decode("utf-8", "replace"))
            title = lxml_html.fromstring(f"<p>{found[1]}</p>").text_content().strip() if found else ""
    return title[:LONGEST_HEADLINE]


def _notes(root: Any) -> int:
    """Write notes as text: the sign in brackets stays in its place, the words go to the end; return their number."""
    notes = 0
    for item in root.xpath("./ol/li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]"):
        notes += 1
        for back in item.xpath(".//a[starts-with(@href, '#footnote-ref') or starts-with(@href, '#endnote-ref')]"):
            before = back.getprevious()
            if before is not None:
                before.tail = (before.tail or "").rstrip()
            else:
                back.getparent().text = (back.getparent().text or "").rstrip()
            back.drop_tree()
        list_of_notes = item.getparent()
        blocks = list(item) or [lxml_html.fromstring(f"<p>{item.text or ''}</p>")]
        blocks[0].text = f"[{notes}] {(blocks[0].text or '').lstrip()}"
        for block in blocks:
            list_of_notes.addprevious(block)
        item.drop_tree()
    for one in root.xpath("./ol[not(node())]"):
        one.drop_tree()
    for sign in root.xpath(".//sup[a[starts-with(@href, '#footnote-') or starts-with(@href, '#endnote-')]]"):
        sign.drop_tag()
    for link in root.xpath(".//a[starts-with(@href, '#')]"):
        link.drop_tag()
    return notes


def _headline(root: Any) -> str:
    """Take out of the text the paragraph of Word's style “Title”, else a heading with which it begins."""
    titles = root.xpath("./h1[@class='title']")
    first = next((one for one in root if one.text_content().strip()), None)
    found = titles[0] if titles else first
    if found is None or found.tag not in _HEADINGS:
        return ""
    headline = " ".join(found.text_content().split())
    if not headline or len(headline) > LONGEST_HEADLINE:
        return ""
    found.drop_tree()
    return headline
