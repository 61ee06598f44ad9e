"""Relabel one article at once, after an answer: readers see the mark when the click returns."""

from datetime import datetime

from ...editions import House
from ...models import Article, StaffId
from ..force import hold_version
from .compare import Scopes, compare_all
from .store import store_changes


def relabel_article(article: Article, at: datetime, staff: StaffId | None) -> int:
    """Issue the live and the scheduled edition anew where their marks differ; return how many. In a transaction."""
    hold_version()
    house = House.current()
    scopes = Scopes(house, "answer")
    return store_changes(compare_all([article.pk], house, scopes, at), scopes, at, staff)
