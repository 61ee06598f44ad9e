"""The first rows of the table in a keeper's file, as they stand, for a person who points at its columns."""

from .encodings import read_csv
from .grid import Grid, GridRow, text_of
from .page import read_page
from .read import MOST_BYTES, TAG
from .refused import NoList, say
from .refused import gettext_noop as _
from .spreadsheet import OLE, read_ole, read_spreadsheet
from .text import clean

MOST_ROWS = 40
MOST_COLUMNS = 60
MOST_LETTERS = 240


def preview(content: bytes) -> Grid:
    """Return the first MOST_ROWS rows of the file's largest table, each cell a text that is cut. Raises NoList."""
    if len(content) > MOST_BYTES:
        raise NoList(say(_("the file is larger than %(most)d megabytes"), most=MOST_BYTES // 2**20))
    if not content.strip():
        raise NoList(say(_("the file is empty")))
    grid = max(_tables(content), key=_size, default=None)
    if grid is None or _width(grid) < 2:
        raise NoList(say(_("no table with columns stands in the file: there is nothing to point at")))
    rows = [row for row in grid.rows if any(text_of(cell).strip() for cell in row.cells)][:MOST_ROWS]
    return Grid([_cut(row) for row in rows], clean(grid.title)[:MOST_LETTERS], numbered=grid.numbered)


def _tables(content: bytes) -> list[Grid]:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(OLE):
        read_ole(content)
    if content.startswith(b"PK"):
        return [read_spreadsheet(content)]
    if content.startswith(b"%PDF"):
        raise NoList(say(_("this is a PDF: of it nothing is read; look for the keeper's table or page")))
    if head.startswith(b"<"):
        return read_page(content).tables if TAG.search(head) else []
    if head.startswith((b"{", b"[")):
        return []
    return [read_csv(content)]


def _width(grid: Grid) -> int:
    return max((sum(bool(text_of(cell).strip()) for cell in row.cells) for row in grid.rows), default=0)


def _size(grid: Grid) -> tuple[bool, int]:
    """Return what the largest table has most of; a table of one column only lays out the page."""
    width = _width(grid)
    return width > 1, width * len(grid.rows)


def _cut(row: GridRow) -> GridRow:
    cells = [clean(text_of(cell))[:MOST_LETTERS] for cell in row.cells[:MOST_COLUMNS]]
    return GridRow(row.number, list(cells), merged=row.merged)
