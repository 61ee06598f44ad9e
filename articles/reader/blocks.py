"""The blocks of a page: each list with its notes, all through one ledger that begins with the article's."""

from collections.abc import Iterable, Sequence, Set
from datetime import date
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from ..editions import UNNAMED, Heading, Line, TeaserBlock, go_on, headlines, marked, teasers
from ..footnotes.ledger import Ledger, Note
from .frame import Frame, PrintedRubric
from .rights import shown_photo

EMPTY = TeaserBlock([], [])


class Filed(NamedTuple):
    """Where an article is filed: the name of each rubric, as HTML, and the address of its list."""

    items: list[tuple[SafeString, str]]
    notes: list[Note]


class Blocks:
    """Make a page's blocks in their order on the page. The ledger is made at the first line of a list: a newsroom
    without articles may still be without registers. `day`: the page's, for registers that keep to a day: today, or the
    article's on its own page; `article`: `Edition.ledger` of the article on the page."""

    def __init__(self, frame: Frame, language: str, day: date, article: Iterable[Iterable[str]] = ()) -> None:
        self._frame = frame
        self._language = language
        self._day = day
        self._article = article
        self._ledger: Ledger | None = None

    @property
    def ledger(self) -> Ledger:
        if self._ledger is None:
            self._ledger = go_on(self._frame.ledger(self._language), self._article)
        return self._ledger

    def teasers(
        self, anchor: str, lines: Sequence[Line], heading: Heading = UNNAMED, about: Heading = UNNAMED
    ) -> TeaserBlock:
        """Return headlines and summaries, each with its category; `anchor` begins the ids of the block's notes, and
        `heading` stands above, then `about`."""
        if not lines and not heading.marks and not about.text:
            return EMPTY._replace(heading=SafeString(escape(heading.text)))
        block = teasers(self.ledger, anchor, [line.on(self._day) for line in lines], heading, about)
        items = [
            item._replace(
                category=self._frame.category(item.category), photo=shown_photo(item.photo, self._frame.ended)
            )
            for item in block.items
        ]
        return block._replace(items=items)

    def headlines(self, anchor: str, lines: Sequence[Line], heading: Heading = UNNAMED) -> TeaserBlock:
        """Return headlines alone; where there are none, no heading is printed either."""
        return headlines(self.ledger, anchor, [line.on(self._day) for line in lines], heading) if lines else EMPTY

    def filed(self, anchor: str, rubrics: Iterable[PrintedRubric], noted: Set[tuple[object, str]]) -> Filed:
        """Return the names of regions and topics beneath an article. They are read with it: where it has the notes of
        them all, none is printed again; `noted`: registers and organization of each of its marks."""
        names = [
            (self._frame.heading(one.name(self._language), self._language, in_link=True), one.path(self._language))
            for one in rubrics
        ]
        marks = [mark for name, _path in names for mark in name.marks]
        if not marks:
            return Filed([(SafeString(escape(name.text)), path) for name, path in names], [])
        block = self.ledger.block(anchor)
        items = [(name.html(block), path) for name, path in names]
        return Filed(items, [] if {(mark.registers, mark.organization) for mark in marks} <= noted else block.notes())

    def title(self, heading: Heading) -> str:
        """Return a heading for the page's `<title>`, with bare glyphs: the page has their notes."""
        if not heading.marks:
            return heading.text
        return marked("name", heading.text, heading.marks, self.ledger.block("t"))
