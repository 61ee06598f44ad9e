"""What an act does to stored pages: those that show the article are dirty, its own page is dropped at commit."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import OperationalError, transaction

from .. import pagemap, pagestore
from ..models import CODES, Page, Release, Topic
from ..models.busy import is_busy
from ..models.edition import files_shown
from ..models.page import PageQuerySet
from ..pagemap.addresses import article_path, media_path, rubric_path

logger = logging.getLogger(__name__)


def touch_releases(releases: Sequence[Release], at: datetime) -> None:
    """Mark every page that shows one of the releases dirty; drop the articles' own stored pages when the act commits.

    Call it once in an act: two transactions that mark pages in several turns could wait for one another.
    """
    pagemap.touch(pagemap.pages_of_all(releases, at), at)
    drop_pages(own_pages(releases))


def touch_story(topic: Topic, at: datetime) -> None:
    """Mark the pages of a story dirty in each language: what is written of it as a whole has changed."""
    paths = [rubric_path(code, "topic", topic.slug) for code in CODES]
    with transaction.atomic():
        pagemap.touch(paths, at)
        drop_pages(paths)


def own_pages(releases: Iterable[Release]) -> set[str]:
    """Return the addresses of the releases' articles."""
    return {article_path(one.language, one.published_date, one.edition.slug) for one in releases}


def drop_pages(paths: Iterable[str]) -> None:
    """Drop stored pages when the act commits, before the editor's click returns."""
    gone = list(paths)
    if gone:
        transaction.on_commit(lambda: drop_dirty(gone))


def drop_dirty(paths: list[str]) -> None:
    """Drop the files of touched pages; a page that a worker has stored since then already shows the change.

    The act is done. While others write for too long the rows are not locked: a file that a worker stores in that very
    moment may go as well, and the application answers in its place.
    """
    waiting = Page.objects.filter(path__in=paths, dirty_since__isnull=False).in_order()
    try:
        with transaction.atomic():
            drop_files(waiting.select_for_update())
    except OperationalError as error:
        if not is_busy(error):
            raise
        drop_files(waiting)


def drop_files(pages: PageQuerySet) -> None:
    """Drop files after an act, which is done: one that a disk does not let go holds up no other, nor what else follows.

    The page stays dirty, so that a worker tries it until it can; the state of the house names the disk until then.
    """
    for path in pages.values_list("path", flat=True):
        try:
            pagestore.drop(path)
        except OSError:
            logger.exception("%s cannot be dropped: readers see it until it can", path)


def drop_photos(releases: Iterable[Release], at: datetime) -> None:
    """Drop the stored copies of the releases' photos that no live release shows."""
    names = {web for one in releases for web in files_shown(one.edition.photo, one.edition.figures)}
    drop_pages([media_path(web) for web in sorted(names) if not pagemap.is_photo_shown(web, at)])
