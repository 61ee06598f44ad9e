"""A relabel as a batch: started, watched, stopped, resumed, taken back. A worker killed in the middle is followed by
the next one, which goes on after the last article done."""

import logging
import time
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ...editions import House
from ...models import Article, Batch, RegisterVersion, Release
from ...models.freeze import is_frozen
from ...registers import current_version
from .. import queue
from ..errors import Refused
from ..events import log
from ..force import hold_version
from ..frozen import Frozen
from ..roles import require, staff_id
from ..stopping import is_stopping
from .compare import Compared, Scopes, compare_all
from .pace import Pace
from .questions import hold_scheduled, tell_of_questions, unclear_in
from .store import store_changes
from .touched import touch_dated

RANGE_SECONDS = 10.0
SOME = 200  # articles read at a time
logger = logging.getLogger(__name__)


@transaction.atomic
def start_batch(
    version: RegisterVersion,
    *,
    kind: str,
    articles: Sequence[int] | None,
    organizations: Sequence[str],
    by: User | None,
    at: datetime,
    previous: RegisterVersion | None = None,
) -> Batch:
    """Store a batch that brings these articles (None: all) under the version; the worker does it."""
    total = len(articles) if articles is not None else Release.objects.filter(ended_at=None).count()
    batch = Batch.objects.create(
        kind=kind,
        register_version=version,
        previous_version=previous,
        organizations=list(organizations),
        articles=list(articles) if articles is not None else None,
        total=total,
        made_by=staff_id(by) if by else None,
        made_at=at,
    )
    log("relabel", by=by, at=at, batch=batch.pk, articles=total, version=version.number)
    return batch


@transaction.atomic
def stop(batch: Batch, *, by: User, at: datetime) -> None:
    """Let the batch rest after the articles it is at."""
    require(by, "change_register")
    if not Batch.objects.filter(pk=batch.pk, finished_at=None, stopped_at=None).update(stopped_at=at):
        raise Refused("", _("This relabel is not running."))
    log("relabel stopped", by=by, at=at, batch=batch.pk)


@transaction.atomic
def resume(batch: Batch, *, by: User, at: datetime) -> None:
    """Let a stopped batch go on after the last article done."""
    require(by, "change_register")
    if not Batch.objects.filter(pk=batch.pk, finished_at=None, stopped_at__isnull=False).update(stopped_at=None):
        raise Refused("", _("This relabel is not stopped."))
    log("relabel resumed", by=by, at=at, batch=batch.pk)


def work_batches(clock: Callable[[], datetime], *, seconds: float = RANGE_SECONDS) -> int:
    """Work on the oldest batch that nobody holds, for so many seconds; return how many articles were examined.

    A turn that fails is put off, and its batch says why: articles that fail are listed, this is all else.
    """
    batch = claim(clock())
    if batch is None:
        return 0
    try:
        return work_on(batch, clock, seconds)
    except Exception as error:
        logger.exception("A turn of relabel %s fails", batch.pk)
        Batch.objects.filter(pk=batch.pk).failed(f"{type(error).__name__}: {error}", clock())
        return 0


def claim(at: datetime) -> Batch | None:
    """Claim the oldest batch that is due; None if there is none, or publishing is frozen: it goes on after that."""
    if is_frozen():
        return None
    batch: Batch | None = Batch.objects.due(at).order_by("made_at", "pk").claim_first(at)
    return batch


class RegistersMoved(Exception):
    """Other registers have come into force, or publishing is frozen: the next turn goes on under what holds then."""


@dataclass(frozen=True)
class Course:
    """What a worker's turn at a batch goes by."""

    batch: Batch
    house: House
    scopes: Scopes
    clock: Callable[[], datetime]
    pace: Pace


def work_on(batch: Batch, clock: Callable[[], datetime], seconds: float) -> int:
    """Bring ranges of articles under the batch's version until the time is over, it is stopped, or all are done."""
    house = House.current()  # of a change that another has followed, the articles are brought under the later one
    course = Course(batch, house, Scopes(house, batch.kind), clock, Pace())
    began, examined = time.monotonic(), 0
    while time.monotonic() - began < seconds and not is_stopping():
        articles = next_articles(batch, SOME)
        if not articles:
            finish(batch, clock())
            return examined
        try:
            changed, failed = relabel_range(articles, course)
        except RegistersMoved:
            break
        examined += len(articles)
        batch.position = articles[-1]
        going = Batch.objects.filter(pk=batch.pk, stopped_at=None).renew(
            clock(),
            position=batch.position,
            examined=F("examined") + len(articles),
            changed=F("changed") + changed,
            last_error="",
            **told_of(batch, failed),
        )
        if not going:
            break
    Batch.objects.filter(pk=batch.pk).let_go()
    return examined


def told_of(batch: Batch, failed: list[dict[str, object]]) -> dict[str, Any]:
    """Return what the batch's row says of articles that failed just now: it lists the first, and counts the others."""
    if not failed:
        return {}
    batch.failed = [*batch.failed, *failed][: Batch.MOST_FAILED]
    return {"failed": batch.failed, "failed_count": F("failed_count") + len(failed)}


def finish(batch: Batch, at: datetime) -> None:
    """Look through the drafts, end the batch, and tell the legal desk once which questions it has raised.

    Of the whole archive, articles come and go meanwhile: in the end its total is what was examined.
    """
    queue.refresh_working_copies(at)
    with transaction.atomic():
        ended = Batch.objects.filter(pk=batch.pk, finished_at=None)
        if ended.done(finished_at=at, total=F("examined")):
            tell_of_questions(batch, at)


def next_articles(batch: Batch, number: int) -> list[int]:
    """Return the ids of the next articles after the batch's position."""
    if batch.articles is not None:
        first = bisect_right(batch.articles, batch.position)
        return batch.articles[first : first + number]
    waiting = Release.objects.filter(ended_at=None, article_id__gt=batch.position)
    return list(waiting.order_by("article_id").values_list("article_id", flat=True)[:number])


def relabel_range(articles: list[int], course: Course) -> tuple[int, list[dict[str, object]]]:
    """Relabel the articles; when that fails, one by one, so that one delays no other."""
    try:
        return relabel(articles, course), []
    except RegistersMoved:
        raise
    except Exception:
        logger.exception("A range of relabel %s failed; its articles are tried one by one", course.batch.pk)
    changed, failed = 0, []
    for pk in articles:
        try:
            changed += relabel([pk], course)
        except RegistersMoved:
            raise
        except Exception as error:
            logger.exception("Article %s cannot be relabelled", pk)
            failed.append({"article": pk, "error": f"{type(error).__name__}: {error}"[:500]})
    return changed, failed


def relabel(articles: list[int], course: Course) -> int:
    """Relabel what these articles show now and what is scheduled; return how many editions were issued.

    Reading, marking and rendering need no lock; storing does, and looks first whether an editor was quicker.
    """
    compared = compare_all(articles, course.house, course.scopes, course.clock())
    if course.batch.kind == "dates":
        touch_dated([one.release for one in compared], course.clock())
    asked = {article for article, _key in queue.known_spots(articles)}
    ids = sorted({one.release.article_id for one in compared if one.prepared or one.unclear} | asked)
    changed, done = 0, 0
    while done < len(ids):
        some, begun = set(ids[done : done + course.pace.number]), time.monotonic()
        changed += store([one for one in compared if one.release.article_id in some], course)
        course.pace.rest(len(some), time.monotonic() - begun)
        done += len(some)
    return changed


@transaction.atomic
def store(compared: list[Compared], course: Course) -> int:
    """Store what a few articles print now, under their lock, and renew the lease; return how many editions were issued.

    The moment is that of the lock: what has begun since the articles were read was public, and is on record as such.
    """
    articles = sorted({one.release.article_id for one in compared})
    locked = Article.objects.select_for_update(no_key=True).filter(pk__in=articles)
    list(locked.order_by("pk").values_list("pk"))
    try:
        hold_version()
    except Frozen as frozen:
        raise RegistersMoved from frozen
    if current_version().pk != course.house.version.pk:
        raise RegistersMoved
    at, batch = course.clock(), course.batch
    if is_stale(compared, articles, at) or hold_scheduled(compared, course.house, batch, at):
        compared = compare_all(articles, course.house, course.scopes, at)
    changed = store_changes(compared, course.scopes, at, batch.made_by)
    queue.keep_released(articles, unclear_in(compared), at, batch)
    Batch.objects.filter(pk=batch.pk).renew(at)
    return changed


def is_stale(compared: list[Compared], articles: list[int], at: datetime) -> bool:
    """Say whether the articles' releases are others than those that were compared, or were announced since; lock them.

    Whoever announces locks releases only, not their articles.
    """
    locked = Release.objects.not_ended(at).filter(article_id__in=articles).select_for_update(no_key=True)
    now = set(locked.order_by("pk").values_list("pk", "ended_at", "announced_at"))
    return now != {(one.release.pk, one.release.ended_at, one.release.announced_at) for one in compared}
