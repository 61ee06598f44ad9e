"""The front page: the breaking line, the banner, the lead and four beside it, everything newest first, and a block for
each category. Places are filled by people, and where they have not, by rule (`arranged`).

Of what is of today the hour alone is printed, so that the page changes at midnight."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.utils.safestring import SafeString

from ..editions import UNNAMED, Line
from ..footnotes.ledger import Note
from ..models import Spot
from ..pagemap.addresses import feed_path
from ..shown import facts
from ..shown.front import ALL, UNPLACED, FrontRows, breaking, ends_ahead, front_rows
from ..shown.where import where
from .arranged import IN_CATEGORY, LEADS, Arranged, FrontLines, arrange
from .blocks import Blocks
from .built import Built
from .frame import PrintedRubric
from .lines import line_of, newest_first
from .visit import Head, Visit, page

WIRE = 12
FEW = 9  # lines of the wire that do not fill a column beside the leads


class Breaking(NamedTuple):
    """The breaking line as it is written; `link`: an address of the site, or ""."""

    text: str
    link: str


class BreakingBlock(NamedTuple):
    """The breaking line as it is printed: its words as HTML with their marks, and the notes of these."""

    text: SafeString
    link: str
    notes: list[Note]


def front(visit: Visit) -> Built:
    """Build the front page of a language."""
    rows = front_rows(visit.language, visit.at, numbers(visit))
    found = found_in(rows, {place: line_of(row) for place, row in rows.placed.items()})
    shown = where(visit.language)
    known = facts.read(visit.at, facts.change(shown), ends_ahead(visit.language), breaking(visit.language))
    line = next((Breaking(row.text, row.name_en) for row in known.rows["breaking"]), None)
    stands = arranged(visit, found)
    built = printed(visit, stands, wire_of(rows), line)
    changes = filter(None, (known.next_change_at, days_end(visit, stands.lines.values())))
    return built._replace(next_change_at=min(changes, default=None))


def days_end(visit: Visit, lines: Iterable[Line]) -> datetime | None:
    """Return when the newsroom's day ends, None where no line is of it."""
    if all(line.published_date != visit.today for line in lines):
        return None
    return datetime.combine(visit.today + timedelta(days=1), time.min, visit.zone)


def unsaved_front(visit: Visit, placed: Mapping[Spot, Line], line: Breaking | None) -> tuple[Built, Arranged]:
    """Build the front page as it would be with these lines in places, and this breaking line; and say what stands in
    which place."""
    rows = front_rows(visit.language, visit.at, numbers(visit), [one.article for one in placed.values()])
    stands = arranged(visit, found_in(rows, placed))
    return printed(visit, stands, wire_of(rows), line), stands


def numbers(visit: Visit) -> dict[int, int]:
    """Return how many of the newest lines are read, by part: of a category as many as when some of them lead."""
    of_categories = {category.pk: LEADS + IN_CATEGORY for category in visit.frame.categories}
    return {ALL: WIRE, UNPLACED: LEADS} | of_categories


def found_in(rows: FrontRows, placed: Mapping[Spot, Line]) -> FrontLines:
    parts = {part: newest_first([line_of(row) for row in some]) for part, some in rows.parts.items() if part != ALL}
    return FrontLines(placed, parts.pop(UNPLACED, []), parts)


def wire_of(rows: FrontRows) -> list[Line]:
    return newest_first([line_of(row) for row in rows.parts.get(ALL, [])])


def arranged(visit: Visit, found: FrontLines) -> Arranged:
    return arrange(found, [category.pk for category in visit.frame.categories])


def printed(visit: Visit, stands: Arranged, wire: list[Line], line: Breaking | None) -> Built:
    """Print the page: its blocks in their order."""
    language = visit.language
    blocks = Blocks(visit.frame, language, visit.today)
    banner = stands.lines.get(Spot("banner", 0, 0))
    context = {
        "breaking": breaking_block(line, visit, blocks) if line else None,
        "banner": blocks.teasers("p", [banner] if banner else []),
        "leads": blocks.teasers("l", stands.at_head()),
        "wire": blocks.headlines("w", wire),
        "sections": [section(one, visit, blocks, stands) for one in visit.frame.as_written],
        "today": visit.today,
        "is_few": len(wire) <= FEW,
    }
    head = Head(
        title=visit.site.name(language),
        description=visit.site.tagline(language),
        feed=feed_path(language),
        feed_title=visit.site.name(language),
    )
    return page(visit, "articles/front.html", head, context)


def breaking_block(line: Breaking, visit: Visit, blocks: Blocks) -> BreakingBlock:
    """Return the breaking line as a block of its own: a text of the house, marked as headings are."""
    heading = visit.frame.heading(line.text, visit.language, in_link=bool(line.link))
    block = blocks.teasers("b", [], heading)
    return BreakingBlock(block.heading, line.link, block.notes)


def section(category: PrintedRubric, visit: Visit, blocks: Blocks, stands: Arranged) -> dict[str, object]:
    """Return a category's stories as one block beneath its name: that in the box whole, the others as headlines; those
    that stand at the head of the page already with their pictures. Without any of them it is not printed, and gives no
    glyph."""
    lines = [CUT[kind](line.on(visit.today)) for kind, line in stands.of_category(category.pk)]
    heading = visit.frame.heading(category.name(visit.language), visit.language, in_link=True)
    listed = blocks.teasers(f"c{category.pk}", lines, heading if lines else UNNAMED)
    return {
        "name": listed.heading,
        "path": category.path(visit.language),
        "listed": listed,
    }


def short(line: Line) -> Line:
    """Return a line without its summary, so that no note is of what nobody reads."""
    return line._replace(summary="", marks=[mark for mark in line.marks if mark.field == "headline"])


def bare(line: Line) -> Line:
    """Return a line of which only the headline is printed."""
    return short(line)._replace(photo={})


CUT: dict[str, Callable[[Line], Line]] = {"box": lambda line: line, "row": bare, "again": short}
