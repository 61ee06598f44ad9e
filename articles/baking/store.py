"""Put pages into the store, or take them out: each only while its row has the generation that was rendered.

A few dozen are rendered from one gathering and written aside; then, in one short transaction with their rows locked in
the order of addresses, the files are moved into place and the rows settled. Whatever fails is tried again page by
page, so that one that cannot be stored delays no other.
"""

import logging
import traceback
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from .. import pagestore
from ..models import Page
from ..reader.built import Built
from ..shown.sql import adapted
from .claim import Claimed
from .compress import is_worth_it
from .render import has_file, render

SETTLE = """
    UPDATE articles_page SET dirty_since = NULL, claimed_until = NULL, not_before = NULL, attempts = 0, last_error = '',
        next_change_at = %s, file_hash = %s, content_type = %s, stored_at = %s, compressed_at = %s,
        article_id = COALESCE(article_id, %s)
    WHERE id = %s
"""
logger = logging.getLogger(__name__)


class Made(NamedTuple):
    """A page rendered for a row. `aside`: its file, not placed yet; empty if the file that stands is the same, or if
    there is to be none. `digest`: of the file; empty if there is to be none."""

    page: Claimed
    built: Built
    digest: str
    aside: str


def bake_pages(pages: Sequence[Claimed], at: datetime) -> Counter[str]:
    """Render claimed pages and store them; whatever fails is noted in its row and tried again later.

    Returns how many were stored, unchanged, dropped, absent (there is no such page, and was no file), overtaken
    (touched meanwhile: the next bake has it) or failed.
    """
    try:
        made, failed = _make(pages, at)
    except Exception as error:
        return _one_by_one(pages, error, at)
    try:
        return failed + _place_all(made, at)
    except Exception as error:
        return failed + _one_by_one([one.page for one in made], error, at)


def _one_by_one(pages: Sequence[Claimed], error: Exception, at: datetime) -> Counter[str]:
    """Bake each page by itself; note the error of one that failed alone."""
    if len(pages) == 1:
        _note_failure(pages[0], error, at)
        return Counter(failed=1)
    return sum((bake_pages([page], at) for page in pages), Counter())


def _make(pages: Sequence[Claimed], at: datetime) -> tuple[list[Made], Counter[str]]:
    """Render the pages and write their files aside; note those that fail alone."""
    rows = {page.path: page for page in pages}
    made: list[Made] = []
    failed: Counter[str] = Counter()
    try:
        for path, build in render(list(rows), at):
            try:
                made.append(_made(rows[path], build()))
            except Exception as error:
                _note_failure(rows[path], error, at)
                failed["failed"] += 1
    except BaseException:
        _discard(one.aside for one in made)
        raise
    return made, failed


def _discard(asides: Iterable[str]) -> None:
    for aside in filter(None, asides):
        pagestore.discard(aside)


def _made(page: Claimed, built: Built) -> Made:
    if not has_file(built):
        return Made(page, built, "", "")
    digest = pagestore.digest(built.body)
    if page.file_hash == digest and pagestore.holds(page.path, built.body):
        return Made(page, built, digest, "")
    return Made(page, built, digest, pagestore.write_aside(built.body))


def _place_all(made: Sequence[Made], at: datetime) -> Counter[str]:
    """Move the files of those rows into place that nobody has touched since, and settle the rows."""
    outcomes: Counter[str] = Counter()
    settled = []
    unplaced = {one.aside for one in made}
    try:
        with transaction.atomic():
            current = _lock_current(made)
            for one in made:
                if one.page.pk not in current:
                    outcomes["overtaken"] += 1
                    continue
                outcomes[_place(one)] += 1
                unplaced.discard(one.aside)
                settled.append(_settled(one, at))
            with connection.cursor() as cursor:
                cursor.executemany(SETTLE, settled)
    finally:
        _discard(unplaced)
    return outcomes


def _lock_current(made: Sequence[Made]) -> set[int]:
    """Lock the rows, in one order for all; return the ids of those that have the generation that was claimed."""
    claimed = {one.page.pk: one.page.generation for one in made}
    rows = Page.objects.select_for_update().filter(pk__in=claimed).in_order()
    return {pk for pk, generation in rows.values_list("pk", "generation") if generation == claimed[pk]}


def _place(one: Made) -> str:
    path = one.page.path
    if one.aside:
        pagestore.place(one.aside, path)
    if one.digest:
        changed = pagestore.MEDIA.fullmatch(path) and pagestore.place_beside(path, one.built.beside)
        return "stored" if one.aside or changed else "unchanged"
    found = pagestore.get(path) is not None
    pagestore.drop(path)
    return "dropped" if found else "absent"


def _settled(one: Made, at: datetime) -> list[Any]:
    """Return the parameters of SETTLE for a page that stands as it was rendered, or is gone."""
    page, built = one.page, one.built
    stored_at, compressed_at = page.stored_at, page.compressed_at
    if one.aside:
        stored_at, compressed_at = at, None if is_worth_it(page.path, built.body) else at
    elif not one.digest:
        stored_at = compressed_at = None
    content_type = built.content_type if one.digest else ""
    columns = (built.next_change_at, one.digest, content_type, stored_at, compressed_at, built.article, page.pk)
    return [adapted(column) for column in columns]


def _note_failure(page: Claimed, error: Exception, at: datetime) -> None:
    logger.error("The page %s cannot be stored", page.path, exc_info=error)
    where = traceback.format_exception_only(error)[-1].strip()
    Page.objects.filter(pk=page.pk, generation=page.generation).failed(where, at)
