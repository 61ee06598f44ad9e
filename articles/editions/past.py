"""What has been of an article: its releases, read once in an act, for all that the act asks of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ..models import Article


class Was(NamedTuple):
    """A release as it stood when it was read, with what its edition says of its dates."""

    pk: int
    live_at: datetime
    ended_at: datetime | None
    ending: str
    number: int
    published_at: datetime
    modified_at: datetime | None


@dataclass(frozen=True)
class Past:
    """`releases`: all of an article, in the order in which they begin."""

    releases: tuple[Was, ...] = ()

    def public(self, at: datetime) -> Iterator[Was]:
        """Yield what readers have seen by a moment, or would have, had it not been withdrawn before."""
        return (one for one in self.releases if one.ending != "cancelled" and one.live_at <= at)

    def was_public(self, at: datetime) -> bool:
        return any(True for _one in self.public(at))

    def last_public(self, at: datetime) -> Was | None:
        """Return what readers saw last, or see."""
        return max(self.public(at), key=lambda one: (one.live_at, one.pk), default=None)

    @property
    def number(self) -> int:
        """Return the number of the last edition; each has its release."""
        return max((one.number for one in self.releases), default=0)

    def is_ahead(self, at: datetime) -> bool:
        """Say whether there is, or was, a release that begins later."""
        return any(one.live_at > at for one in self.releases)

    def is_open(self) -> bool:
        """Say whether there is a release whose end is not known."""
        return any(one.ended_at is None for one in self.releases)

    def lasts(self, at: datetime) -> bool:
        """Say whether a release whose end is known goes on beyond a moment."""
        return any(one.ended_at is not None and one.ended_at > max(one.live_at, at) for one in self.releases)

    def was_withdrawn(self) -> bool:
        return any(one.ending == "withdrawn" for one in self.releases)

    def last_ending(self, at: datetime) -> str:
        """Return how what readers saw last has ended: "" while they see it.

        What was withdrawn only some may bring back. Published by a clock that was ahead and withdrawn by one that was
        right, a release has an empty period: it was withdrawn unless another one followed.
        """
        emptied = [one for one in self.releases if _is_emptied(one)]
        seen = [one for one in self.public(at) if not _is_emptied(one)]
        last = max(seen, key=lambda one: (one.live_at, one.pk), default=None)
        if emptied and (last is None or last.pk < max(one.pk for one in emptied)):
            return "withdrawn"
        return last.ending if last is not None and last.ended_at is not None and last.ended_at <= at else ""


def _is_emptied(one: Was) -> bool:
    return one.ending == "withdrawn" and one.ended_at == one.live_at


def past_of(article: Article) -> Past:
    """Read the article's releases; the caller holds the article if what it reads is to stay."""
    if not article.pk:
        return Past()
    columns = ("pk", "live_at", "ended_at", "ending")
    edition = ("edition__number", "edition__published_at", "edition__modified_at")
    rows = article.releases.order_by("live_at", "pk").values_list(*columns, *edition)
    return Past(tuple(Was(*row) for row in rows))
