"""XLSX and ODS to a grid. What would not fit into memory, is locked or damaged is refused before it is opened.

A spreadsheet is an archive: its parts are counted while they unfold, and so are the cells that they claim to have.
"""

import io
import re
import zipfile
import zlib
from typing import Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from .grid import Grid, GridRow, text_of
from .refused import NoList, say
from .refused import gettext_noop as _

MOST_UNFOLDED = 128 * 2**20  # bytes
MOST_PARTS = 2000
MOST_CELLS = 4_000_000  # of the rectangle around all that is filled
MOST_ROWS = 200_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What an archive of broken bytes raises, in one place or another.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
    etree.XMLSyntaxError,
)  # fmt: skip
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
REPEATED = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}number-%s-repeated"


def read_ole(content: bytes) -> None:
    """Refuse what an old Office file can be: locked with a password, or of before 2007."""
    if ENCRYPTED in content:
        raise NoList(say(_("the file is protected with a password: save it without one")))
    raise NoList(say(_("this is an Excel file of before 2007 (.xls): save it as .xlsx")))


def read_spreadsheet(content: bytes) -> Grid:
    """Return the first sheet that holds anything. Raises NoList."""
    check_archive(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            if any(text_of(cell).strip() for row in rows for cell in row):
                return _grid(rows, sheet.merged_cell_ranges or [])
    except PasswordError as error:
        raise NoList(say(_("the file is protected with a password: save it without one"))) from error
    except (CalamineError, ValueError, OSError) as error:
        raise NoList(say(_("the spreadsheet is damaged and cannot be read (%(error)s)"), error=error)) from error
    raise NoList(say(_("the spreadsheet is empty")))


def check_archive(content: bytes) -> None:
    """Unfold every part into nothing, counting. Raises NoList for a bomb, a locked or a damaged file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise NoList(say(_("the file holds %(parts)d parts: no spreadsheet does"), parts=len(parts)))
            if sum(part.file_size for part in parts) > MOST_UNFOLDED:
                raise NoList(
                    say(_("the file unfolds to more than a spreadsheet of a list ever holds: it is not opened"))
                )
            for part in parts:
                if part.flag_bits & 1:
                    raise NoList(say(_("the file is protected with a password: save it without one")))
                with archive.open(part) as opened:
                    _check_part(part.filename, opened)
    except DAMAGED as error:
        raise NoList(say(_("the spreadsheet is damaged and cannot be read (%(error)s)"), error=error)) from error


def _check_part(name: str, opened: Any) -> None:
    if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
        _check_xlsx(opened)
    elif name == "content.xml":
        _check_ods(opened)
    elif name == "META-INF/manifest.xml" and b"encryption-data" in opened.read(2**20):
        raise NoList(say(_("the file is protected with a password: save it without one")))
    while opened.read(2**20):
        pass


def _elements(opened: Any, tags: tuple[str, ...]) -> Any:
    for _event, element in etree.iterparse(
        opened, events=("end",), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
    ):
        if element.getroottree().docinfo.doctype:
            raise NoList(say(_("the file declares a document type of its own: no spreadsheet does")))
        yield element
        element.clear()


def _check_xlsx(opened: Any) -> None:
    last_row = last_column = 0
    for element in _elements(opened, ("{*}c", "{*}row")):
        found = CELL.match(element.get("r") or "")
        if found:
            column = 0
            for letter in found[1]:
                column = column * 26 + ord(letter) - 64
            last_row, last_column = max(last_row, int(found[2])), max(last_column, column)
            _check_size(last_row, last_column)


def _check_ods(opened: Any) -> None:
    row = last_column = column = 0
    for element in _elements(opened, ("{*}table-cell", "{*}covered-table-cell", "{*}table-row")):
        filled = bool(len(element)) or any(key.endswith("}value-type") for key in element.attrib)
        if element.tag.endswith("table-row"):
            repeated = int(element.get(REPEATED % "rows") or 1)
            row += repeated if column else 0
            _check_size(row, last_column)
            column = 0
        elif filled:
            column += int(element.get(REPEATED % "columns") or 1)
            last_column = max(last_column, column)


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        raise NoList(
            say(
                _("a cell stands in row %(row)d, column %(column)d: no list is so large, the file is not opened"),
                row=rows,
                column=columns,
            )
        )


def _grid(rows: list[list[Any]], merged: list[Any]) -> Grid:
    out = [GridRow(at, list(cells)) for at, cells in enumerate(rows, 1)]
    for (top, left), (bottom, right) in merged:
        for at in range(top, min(bottom + 1, len(out))):
            if bottom > top:
                out[at].merged = f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"
    return Grid(out)


def _letters(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
