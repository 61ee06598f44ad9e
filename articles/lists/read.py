"""A keeper's file, as it is, to raw lines: what it is is told by its content, never by its name."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from .dates import days, first_day
from .encodings import decoded, read_csv
from .feeds import read_ftm, read_un
from .grid import Grid, text_of
from .layouts import Layout, named, shipped
from .line import Raw
from .page import KeeperPage, read_page
from .prose import NUMBERED, read_blocks, read_paragraphs
from .refused import Mistake, NoList, Said, say
from .refused import gettext_noop as _
from .spreadsheet import OLE, read_ole, read_spreadsheet
from .table import header_of, read_table
from .text import clean, plain

MOST_BYTES = 50 * 2**20
MOST_LETTERS = 4000  # of a name
MOST_NAMES = 10  # of that length in a line
MOST_ALIASES = 2000
AS_OF = re.compile(r"по состоянию на|as of|as at", re.IGNORECASE)
TAG = re.compile(rb"<(?:!doctype html|html|table|body|head|ol|ul|p|div)\b", re.IGNORECASE)


@dataclass
class Read:
    """What was read of one file: `as_of` is the day that the file itself names, if any."""

    layout: Layout
    lines: list[Raw]
    faults: list[Mistake] = field(default_factory=list)
    as_of: date | None = None


def read(content: bytes, layout: str | Layout = "", more: Sequence[Layout] = ()) -> Read:
    """Return the lines of a keeper's file. Raises NoList, saying what it looks like and what to do.

    `layout`: the one that it must be of, by its name or as it is; "" recognizes it, among the shipped ones and `more`.
    """
    if len(content) > MOST_BYTES:
        raise NoList(say(_("the file is larger than %(most)d megabytes"), most=MOST_BYTES // 2**20))
    if not content.strip():
        raise NoList(say(_("the file is empty")))
    wanted = (named(layout) if isinstance(layout, str) else layout) if layout else None
    found = _read(content, wanted, (*shipped(), *more))
    _without_long(found)
    if not found.lines:
        raise NoList(
            say(_("the file looks like “%(name)s”, yet no line of a list stands in it"), name=found.layout.name)
        )
    return found


def _without_long(found: Read) -> None:
    """Move lines that name nobody at such a length to the mistakes: what follows is made for names."""
    kept = []
    for raw in found.lines:
        letters = len(raw.name) + sum(len(text) for text, _kind, _strength in raw.aliases)
        if len(raw.name) > MOST_LETTERS or letters > MOST_LETTERS * MOST_NAMES or len(raw.aliases) > MOST_ALIASES:
            found.faults.append(Mistake(raw.row, "", say(_("the name has %(letters)d letters"), letters=letters)))
        else:
            raw.aliases = [one for one in raw.aliases if len(one[0]) <= MOST_LETTERS]
            kept.append(raw)
    found.lines = kept


def _read(content: bytes, wanted: Layout | None, known: Sequence[Layout]) -> Read:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(OLE):
        read_ole(content)
    if content.startswith(b"PK"):
        return _from_grids([read_spreadsheet(content)], wanted, known)
    if content.startswith(b"%PDF"):
        raise NoList(say(_("this is a PDF: of it nothing is read; look for the keeper's table or page")))
    if head.startswith(b"<"):
        if TAG.search(head) and b"CONSOLIDATED_LIST" not in head:
            return _from_page(read_page(content), wanted, known)
        return _from_xml(content, wanted)
    if head.startswith((b"{", b"[")):
        return _from_json(content, wanted)
    return _from_grids([read_csv(content)], wanted, known)


def _agreed(layout: Layout, wanted: Layout | None) -> Layout:
    """Refuse another keeper's file than the one that was asked for."""
    if wanted and wanted.name != layout.name:
        raise NoList(
            say(
                _("this is another keeper's file: it looks like “%(name)s”, not like “%(wanted)s”"),
                name=layout.name,
                wanted=wanted.name,
            )
        )
    return layout


def _from_xml(content: bytes, wanted: Layout | None) -> Read:
    root = re.search(rb"<([A-Za-z_][\w:.-]*)", re.sub(rb"<[?!][^>]*>", b"", content[:20_000]))
    tag = root[1].decode() if root else ""
    if tag != "CONSOLIDATED_LIST" and b"<CONSOLIDATED_LIST" not in content[:20_000]:
        raise NoList(
            say(_("this is XML whose root is “%(tag)s”: of XML only the UN's CONSOLIDATED_LIST is known"), tag=tag)
        )
    lines, faults = read_un(content)
    made = re.search(rb'dateGenerated="([\d-]{10})', content[:5000])
    return Read(_agreed(named("un"), wanted), lines, faults, first_day(made[1].decode()) if made else None)


def _from_json(content: bytes, wanted: Layout | None) -> Read:
    text = decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    try:
        one = json.loads(first)
    except (ValueError, RecursionError):
        one = None
    if not isinstance(one, dict) or "schema" not in one or "properties" not in one:
        raise NoList(
            say(
                _(
                    "this is JSON, but no FollowTheMoney entities, one a line;"
                    " a register file of ours goes through import_register"
                )
            )
        )
    lines, faults = read_ftm(text)
    return Read(_agreed(named("opensanctions-ftm"), wanted), lines, faults)


def _from_page(page: KeeperPage, wanted: Layout | None, known: Sequence[Layout]) -> Read:
    about = plain(page.title + " " + " ".join(row.cells[0] for row in page.paragraphs[:3]))
    said = [row.cells[0] for row in page.paragraphs if AS_OF.search(row.cells[0])]
    as_of = first_day(said[0]) if said else None
    for layout in [wanted] if wanted else known:
        if layout.form == "blocks" and any(block in page.blocks for block in layout.blocks):
            return Read(layout, *read_blocks(page, layout), as_of)
    if page.tables:
        tables = [grid for grid in page.tables if len(grid.rows) > 1]
        try:
            found = _from_grids(tables, wanted if wanted and wanted.form == "table" else None, known)
            return Read(_agreed(found.layout, wanted), found.lines, found.faults, as_of or found.as_of)
        except NoList:
            if not any(NUMBERED.match(row.cells[0]) for row in page.paragraphs):
                raise
    for layout in [wanted] if wanted else known:
        if layout.form == "paragraphs" and layout.speaks_of(about):
            return Read(layout, *read_paragraphs(page, layout), as_of)
    if wanted:
        raise NoList(
            say(_("this is another keeper's file: its title reads “%(title)s”"), title=clean(page.title)[:150])
        )
    raise NoList(
        say(
            _("this is a page; its title reads “%(title)s”: no layout knows it"),
            title=clean(page.title)[:150],
        )
    )


def _from_grids(grids: list[Grid], wanted: Layout | None, known: Sequence[Layout]) -> Read:
    """Return the lines of the largest table that a layout knows."""
    best: tuple[tuple[bool, bool, int, int], Layout, Grid] | None = None
    for grid in grids:
        for layout in known if wanted is None else [*known, wanted]:
            found = header_of(grid, layout) if layout.form == "table" else None
            if found is None:
                continue
            at, roles = found
            title = grid.title + " " + " ".join(text_of(cell) for row in grid.rows[: at + 1] for cell in row.cells)
            score = (layout.is_exact, layout.speaks_of(title), len(roles), len(grid.rows))
            if best is None or score > best[0] or (score == best[0] and layout is wanted):
                best = (score, layout, grid)
    if best is None:
        raise NoList(_unknown(grids, wanted))
    score, layout, grid = best
    if wanted and wanted.name != layout.name:
        if header_of(grid, wanted) is None or (score[1] and not wanted.is_exact):
            _agreed(layout, wanted)
        layout = wanted
    lines, faults = read_table(grid, layout)
    return Read(layout, lines, faults, _as_of(grid, layout))


def _as_of(grid: Grid, layout: Layout) -> date | None:
    found = header_of(grid, layout)
    for row in grid.rows[: found[0] if found else 0]:
        for cell in row.cells:
            if cell and (not isinstance(cell, str) or AS_OF.search(cell) or len(cell) < 25):
                said = days(cell)
                if said:
                    return said[0]
    return None


def _unknown(grids: list[Grid], wanted: Layout | None) -> Said:
    grid = max(grids, key=lambda one: len(one.rows), default=Grid([]))
    widest = max(grid.rows[:30], key=lambda row: sum(bool(text_of(cell).strip()) for cell in row.cells), default=None)
    cells = [clean(text_of(cell))[:40] for cell in widest.cells if text_of(cell).strip()] if widest else []
    heads = "; ".join(cells[:12])
    return say(
        _(
            "this is a table of %(rows)d rows; row %(row)d reads: %(heads)s. It fits no layout that was looked for"
            " (%(names)s): a layout of its own has to say what its columns hold"
        ),
        rows=len(grid.rows),
        row=widest.number if widest else 0,
        heads=heads,
        names=wanted.name if wanted else ", ".join(one.name for one in shipped() if one.form == "table"),
    )
