"""A Word file as a draft: what comes along, and every file that is not read, by name."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.editions import clean_html, word_file
from articles.editions.word_file import MOST_PICTURES, Draft, NoWordFile, Picture, draft_of
from tests import word_files
from tests.word_files import paragraph, run

BODY = (
    "<p><strong>The port</strong> of Tern <em>opens</em> on Monday[1].</p>"
    "<ul><li>Two cranes<ol><li>one of them new</li></ol></li><li>A pier</li></ul>"
    "<table><tbody><tr><td><p>Pier</p></td><td><p>Ships</p></td></tr>"
    "<tr><td><p>North</p></td><td><p>4</p></td></tr></tbody></table>"
    '<h2>The plan</h2><p>See <a href="https://port.example/?id=7" rel="noopener">the plan</a>.</p>'
    "<p>[1] If the ice allows.</p>"
)


def test_headline_lists_tables_links_notes_and_pictures_come_along() -> None:
    draft = draft_of(word_files.word_file())
    place = BODY.index("<table>")
    body = f'{BODY[:place]}<figure data-photo="1"></figure>{BODY[place:]}'
    assert draft == Draft("The harbour", body, {1: Picture(b"no picture is opened", "")}, 0, 1)
    assert clean_html(draft.body) == draft.body
    assert draft.with_photos({}) == BODY and draft.with_photos({1: 77}) == body.replace('"1"', '"77"')


def test_of_many_pictures_the_first_come_along() -> None:
    many = "".join(paragraph(word_files.PICTURE) for _ in range(MOST_PICTURES + 3))
    draft = draft_of(word_files.word_file(paragraph(run("Head"), "1") + many))
    assert len(draft.pictures) == MOST_PICTURES and draft.left_out == 3


@pytest.mark.parametrize(
    ("body", "title", "headline", "text"),
    [
        (paragraph(run("Head"), "1") + paragraph(run("Text")), "", "Head", "<p>Text</p>"),
        (paragraph(run("")) + paragraph(run("Head"), "2") + paragraph(run("Text")), "", "Head", "<p>Text</p>"),
        (paragraph(run("Text")) + paragraph(run("Head"), "1"), "", "", "<p>Text</p><h2>Head</h2>"),
        (paragraph(run("Text")), "A title &amp; more", "A title & more", "<p>Text</p>"),
        (paragraph(run("By")) + paragraph(run("Head"), "Title"), "Other", "Head", "<p>By</p>"),
        (paragraph(run("H" * 251), "Title") + paragraph(run("Text")), "", "", f"<h2>{'H' * 251}</h2><p>Text</p>"),
    ],
)
def test_headline_is_the_title_or_a_heading_at_the_beginning(body: str, title: str, headline: str, text: str) -> None:
    draft = draft_of(word_files.word_file(body, title=title))
    assert (draft.headline, draft.body) == (headline, text)


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def locked(data: bytes) -> bytes:
    """Set the sign of a password at each part, as an archiver does."""
    out, at = bytearray(data), data.find(b"PK\x01\x02")
    while at >= 0:
        out[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(out)


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
GOOD = word_files.word_file()
REFUSED = {
    "large": b"PK" + b"\0" * word_file.LARGEST,
    "old": OLD,
    "protected": OLD + "EncryptedPackage".encode("utf-16-le"),
    "protected by an archiver": locked(GOOD),
    "foreign": b"{\\rtf1 text}",
    "foreign, no bytes": b"",
    "foreign, another archive": zipped("mimetype", "content.xml"),
    "damaged": GOOD[: len(GOOD) // 2],
    "damaged within": GOOD.replace(b"word/document.xml", b"word/document.xmx", 1),
    "damaged, no XML": word_files.word_file("<w:p>"),
    "macros": word_files.word_file(word__vbaProject_dot_bin=b"x"),
    "macros by type": word_files.word_file(content_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
    "unpacked": word_files.word_file(word__more_dot_xml=b" " * (word_file.LARGEST_TEXT + 1)),
    "unpacked picture": word_files.word_file(word__media__b_dot_png=b"\0" * (word_file.LARGEST_UNPACKED + 1)),
    "unpacked, many": zipped("word/document.xml", *(f"{number}.xml" for number in range(word_file.MOST_PARTS))),
    "entities": word_files.word_file(word__styles_dot_xml=ENTITIES),
    "entities in UTF-16": word_files.word_file(word__styles_dot_xml=ENTITIES.decode().encode("utf-16")),
    "empty": word_files.word_file(paragraph("")),
    "long": word_files.word_file(paragraph(run("x" * 500_001))),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_read_is_refused_by_name(name: str) -> None:
    with pytest.raises(NoWordFile) as refused:
        draft_of(REFUSED[name])
    assert refused.value.code == name.split()[0].rstrip(",")


def test_tables_deep_in_one_another_are_refused_and_end_no_process() -> None:
    deep = paragraph(run("x"))
    for _ in range(400):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    with pytest.raises(NoWordFile) as refused:
        draft_of(word_files.word_file(deep))
    assert refused.value.code in ("deep", "damaged")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_file_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    broken = bytearray(GOOD)
    for at in data.draw(st.lists(st.integers(0, len(GOOD) - 1), min_size=1, max_size=20)):
        broken[at] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(draft_of(bytes(broken)), Draft)
    except NoWordFile as no:
        assert no.code
