"""Bake what is dirty: claim a few pages, render each, store it, until nothing is left or the time is up."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from ..models.work import LEASE
from ..pagemap import touch
from .claim import Claimed, claim, claim_paths, renew
from .store import bake_pages
from .watch import Watch

CLAIMED = 60  # few enough to be baked well within the lease
RENEWED = LEASE / 3  # after so long what is left of the claimed pages is claimed on
TOGETHER = 30  # of them read, and then placed, at once: SQLite has one writer, and editors save too


def bake_dirty(at: datetime, *, seconds: float = 60.0, limit: int | None = None) -> Counter[str]:
    """Bake dirty pages for at most `seconds`, and at most `limit` of them; return how many had which outcome.

    Pages touched while it runs are baked, too. A page that fails is left for later and delays no other.
    """
    watch = Watch(at)
    outcomes: Counter[str] = Counter()
    while watch.has(seconds) and (limit is None or outcomes.total() < limit):
        size = CLAIMED if limit is None else min(CLAIMED, limit - outcomes.total())
        pages = claim(watch.now, size)
        if not pages:
            break
        outcomes += _bake(pages, watch)
    return outcomes


def bake_paths(
    paths: Iterable[str], at: datetime, *, progress: Callable[[int, datetime], None] | None = None
) -> Counter[str]:
    """Bake these pages, dirty or not; return how many had which outcome.

    They are touched first, a few at a time, so that what a killed bake leaves is baked by the next tick.
    `progress` is called after every few pages with how many are done, and the time.
    """
    watch = Watch(at)
    outcomes: Counter[str] = Counter()
    ordered = sorted(set(paths))
    for start in range(0, len(ordered), CLAIMED):
        some = ordered[start : start + CLAIMED]
        touch(some, watch.now)
        outcomes += _bake(claim_paths(some, watch.now), watch)
        if progress:
            progress(outcomes.total(), watch.now)
    return outcomes


def _bake(pages: Sequence[Claimed], watch: Watch) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    held_at = watch.now
    for start in range(0, len(pages), TOGETHER):
        if watch.now - held_at > RENEWED:
            held_at = watch.now
            renew(pages[start:], held_at)
        outcomes += bake_pages(pages[start : start + TOGETHER], watch.now)
    return outcomes
