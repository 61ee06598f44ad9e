"""Put one page into the store, or take it out: only while its row has the generation that was rendered."""

import logging
import traceback
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from .. import pagestore
from ..models import Address, Page
from ..pagemap import is_kept
from ..reader.built import Built
from .compress import is_worth_it
from .render import KEPT, render

LONGEST_DELAY = timedelta(minutes=5)
logger = logging.getLogger(__name__)


def bake_page(page: Page, at: datetime) -> str:
    """Render a claimed page and store it; whatever fails is noted in its row and tried again later.

    Returns stored, unchanged, dropped, absent (there is no such page, and was no file), overtaken (touched
    meanwhile: the next bake has it) or failed.
    """
    try:
        built = render(page.path, at)
        if built.status == KEPT and is_kept(page.path, at):
            return _keep(page, built, at)
        return _drop(page, built, at)
    except Exception as error:
        logger.exception("The page %s cannot be stored", page.path)
        _note_failure(page, error, at)
        return "failed"


def _keep(page: Page, built: Built, at: datetime) -> str:
    digest = pagestore.digest(built.body)
    if page.file_hash == digest and pagestore.holds(page.path, built.body):
        return "unchanged" if _settle(page, built, at) else "overtaken"
    # Written before the row is locked: the lock is held no longer than a rename takes.
    aside = pagestore.write_aside(built.body)
    try:
        with transaction.atomic():
            if not _is_current(page):
                return "overtaken"
            pagestore.place(aside, page.path)
            compressed_at = None if is_worth_it(page.path, built.body) else at
            stored = {"stored_at": at, "compressed_at": compressed_at}
            _settle(page, built, at, file_hash=digest, content_type=built.content_type, **stored)
    finally:
        aside.unlink(missing_ok=True)
    return "stored"


def _drop(page: Page, built: Built, at: datetime) -> str:
    with transaction.atomic():
        if not _is_current(page):
            return "overtaken"
        found = pagestore.get(page.path) is not None
        pagestore.drop(page.path)
        _settle(page, built, at, file_hash="", content_type="", stored_at=None, compressed_at=None)
    return "dropped" if found else "absent"


def _is_current(page: Page) -> bool:
    """Lock the row; True if nobody has touched the page since it was claimed."""
    rows = Page.objects.select_for_update().filter(pk=page.pk, generation=page.generation)
    return rows.values_list("pk", flat=True).first() is not None


def _settle(page: Page, built: Built, at: datetime, **stored: object) -> bool:
    """Mark the row clean; False if the page was touched meanwhile."""
    if page.kind == "article" and page.article_id is None:
        stored["article_id"] = _article_at(page.path)
    rows = Page.objects.filter(pk=page.pk, generation=page.generation).update(
        dirty_since=None,
        next_change_at=built.next_change_at,
        claimed_until=None,
        not_before=None,
        attempts=0,
        last_error="",
        **stored,
    )
    return rows == 1


def _article_at(path: str) -> int | None:
    language, year, month, day, slug = path.strip("/").split("/")
    here = Address.objects.filter(language=language, date=f"{year}-{month}-{day}", slug=slug)
    return here.values_list("article_id", flat=True).first()


def _note_failure(page: Page, error: Exception, at: datetime) -> None:
    delay = min(timedelta(seconds=2 ** min(page.attempts + 1, 20)), LONGEST_DELAY)
    where = traceback.format_exception_only(error)[-1].strip()
    Page.objects.filter(pk=page.pk, generation=page.generation).update(
        attempts=F("attempts") + 1, last_error=where[:2000], not_before=at + delay, claimed_until=None
    )
