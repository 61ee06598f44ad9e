"""The blocks of a page: each list with its notes, all through one ledger that begins with the article's."""

from collections.abc import Iterable

from ..editions import TeaserBlock, headlines, page_ledger, teasers
from ..footnotes.ledger import Ledger
from ..models import Edition, Release

EMPTY = TeaserBlock([], [])


class Blocks:
    """Make a page's blocks in their order on the page. The ledger is made at the first line of a list: a newsroom
    without articles may still be without registers."""

    def __init__(self, language: str, article: Edition | None = None) -> None:
        self._language = language
        self._article = article
        self._ledger: Ledger | None = None

    @property
    def ledger(self) -> Ledger:
        if self._ledger is None:
            self._ledger = page_ledger(self._article, self._language)
        return self._ledger

    def teasers(self, anchor: str, releases: Iterable[Release]) -> TeaserBlock:
        """Return headlines and summaries; `anchor` begins the ids of the block's notes."""
        found = list(releases)
        return teasers(self.ledger, anchor, found) if found else EMPTY

    def headlines(self, anchor: str, releases: Iterable[Release]) -> TeaserBlock:
        """Return headlines alone."""
        found = list(releases)
        return headlines(self.ledger, anchor, found) if found else EMPTY
