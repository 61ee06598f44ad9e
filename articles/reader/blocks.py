"""The blocks of a page: each list with its notes, all through one ledger that begins with the article's."""

from collections.abc import Iterable, Sequence
from datetime import date

from ..editions import Line, TeaserBlock, go_on, headlines, teasers
from ..footnotes.ledger import Ledger
from .frame import Frame

EMPTY = TeaserBlock([], [])


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

    def teasers(self, anchor: str, lines: Sequence[Line]) -> TeaserBlock:
        """Return headlines and summaries, each with its category; `anchor` begins the ids of the block's notes."""
        if not lines:
            return EMPTY
        block = teasers(self.ledger, anchor, [line.on(self._day) for line in lines])
        items = [item._replace(category=self._frame.category(item.category)) for item in block.items]
        return block._replace(items=items)

    def headlines(self, anchor: str, lines: Sequence[Line]) -> TeaserBlock:
        """Return headlines alone."""
        return headlines(self.ledger, anchor, [line.on(self._day) for line in lines]) if lines else EMPTY
