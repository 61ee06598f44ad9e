"""Compressed copies beside the stored pages, for a web server that sends them as they are. Made afterwards, in idle
time: a page is never kept waiting for its copy."""

import gzip
import logging
from datetime import datetime

from django.db import transaction

from .. import pagestore
from ..models import Page
from .watch import Watch

LEAST = 1024  # bytes: below that the headers outweigh what is saved
LEVEL = 6  # 9 takes twice as long for 1 per cent
TAKEN = 20  # so few that their rows are locked for no longer than as many renames take
logger = logging.getLogger(__name__)


def is_worth_it(path: str, body: bytes) -> bool:
    """True for a page or a feed of at least `LEAST` bytes."""
    return pagestore.is_packable(path) and len(body) >= LEAST


def compress_pages(at: datetime, *, seconds: float) -> int:
    """Compress stored pages that have no copy yet, the earliest first, for at most `seconds`; return how many.

    A disk that refuses ends it for now: the pages are there without their copies.
    """
    watch = Watch(at)
    looked_at = 0
    while watch.has(seconds):
        waiting = Page.objects.filter(stored_at__isnull=False, compressed_at__isnull=True, dirty_since=None)
        pages = list(waiting.order_by("stored_at", "pk")[:TAKEN])
        try:
            done = compress(pages, watch.now) if pages else 0
        except OSError:
            logger.exception("Stored pages cannot be compressed")
            break
        looked_at += done
        if not done:
            break
    return looked_at


def compress(pages: list[Page], at: datetime) -> int:
    """Lay the copies of these pages beside them, unless somebody has touched the page since; return how many stand."""
    asides: dict[int, str] = {}
    try:
        for page in pages:
            body = pagestore.get(page.path)
            # A file that is lost or altered is for the check to find; it gets no copy, and does not wait for one.
            if body and is_worth_it(page.path, body) and pagestore.digest(body) == page.file_hash:
                asides[page.pk] = pagestore.write_aside(gzip.compress(body, LEVEL, mtime=0))
        return _place(pages, asides, at)
    finally:
        for aside in asides.values():
            pagestore.discard(aside)


@transaction.atomic
def _place(pages: list[Page], asides: dict[int, str], at: datetime) -> int:
    """Place the copies with the rows locked: whoever replaces or drops a page has touched it, and waits for the lock
    or has raised the generation."""
    taken = {page.pk: page for page in pages}
    rows = Page.objects.select_for_update(skip_locked=True).filter(pk__in=taken, dirty_since=None, compressed_at=None)
    same = [row for row in rows.in_order() if _is_same(row, taken[row.pk])]
    for row in same:
        if row.pk in asides:
            pagestore.place_packed(asides[row.pk], row.path)
    Page.objects.filter(pk__in=[row.pk for row in same]).update(compressed_at=at)
    return len(same)


def _is_same(row: Page, taken: Page) -> bool:
    return (row.generation, row.file_hash) == (taken.generation, taken.file_hash)
