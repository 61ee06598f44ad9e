"""What a freeze holds: each scheduled release is called off, and its edition scheduled again once the freeze is lifted.

A release is public by its moment alone, so a schedule cannot be left standing. The record says what happened: an end
before the begin, then the begin of another release. What should have gone live meanwhile does when it is lifted.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from ..editions import House, Moments, content_of_edition, decisions_of, filed_as, past_of, prepare
from ..models import Article, Correction, HeldRelease, Release
from ..models.freeze import is_frozen
from . import queue
from .errors import Refused
from .events import log
from .force import hold_version
from .pages import touch_releases
from .preview_ends import end_links_of_article
from .releasing import (
    Ready,
    ReleaseAct,
    check_address,
    check_not_erased,
    drop_ahead,
    drop_reserved_address,
    end,
    live_release,
    lock,
    release_ready,
    write_down,
)

logger = logging.getLogger(__name__)


def follow_freeze(at: datetime) -> int:
    """Hold what is scheduled while publishing is frozen; else let go on what is held. Return how many of either.

    One that fails delays no other: it is tried with the next tick.
    """
    if not is_frozen():
        return sum(tried(go_on, pk, at) for pk in list(HeldRelease.objects.values_list("release_id", flat=True)))
    began, scheduled = time.monotonic(), Release.objects.scheduled(at).filter(ended_at=None)
    return sum(  # each at its own moment: what begins while others are held was public
        tried(hold, pk, at + timedelta(seconds=time.monotonic() - began))
        for pk in list(scheduled.order_by("live_at", "pk").values_list("pk", flat=True))
    )


def tried(act: Callable[[int, datetime], bool], pk: int, at: datetime) -> bool:
    try:
        return act(pk, at)
    except Exception:
        logger.exception("Release %s cannot be held, or go on, with the freeze", pk)
        return False


@transaction.atomic
def hold(pk: int, at: datetime) -> bool:
    """Call off a scheduled release and keep what it was; say whether it was still to come. Address and note stay."""
    release = Release.objects.select_related("article", "edition").get(pk=pk)
    article = lock(release.article)
    release.refresh_from_db()
    if release.live_at <= at or release.ended_at is not None:
        return False
    act = ReleaseAct(by=None, at=at, live_at=release.live_at, reason="hold")
    end(release, release.live_at, "cancelled", act)
    before = article.releases.filter(ended_at=release.live_at, ending="superseded").exclude(pk=pk).first()
    if before is not None:
        before.ended_at, before.ending = None, ""
        before.save(update_fields=["ended_at", "ending"])
        act.unwritten.append(("reopen", before, at))
    write_down(act)
    HeldRelease.objects.create(release=release, live_at=release.live_at, held_at=at)
    log("held by freeze", by=None, at=at, article=article, live_at=release.live_at.isoformat())
    live = live_release(article, at)
    touch_releases([release, *([live] if live is not None else [])], at)
    drop_ahead([release], at)
    return True


@transaction.atomic
def go_on(pk: int, at: datetime) -> bool:
    """Schedule the edition of a held release again, or publish it where its moment has passed; say whether it was.

    Not where somebody has acted on the article since: then the schedule is theirs.
    """
    held = HeldRelease.objects.select_related("release__article", "release__edition").filter(release=pk).first()
    if held is None:
        return False
    article, was = lock(held.release.article), held.release
    held.delete()
    if article.releases.filter(issued_at__gte=held.held_at).exists() or is_called_back(article):
        return stays_off(was, "", at)
    try:
        with transaction.atomic():
            release = released_again(article, was, at)
    except Refused as refused:
        return stays_off(was, str(refused), at)
    Correction.objects.filter(edition=was.edition_id).update(edition=release.edition)
    log("held goes on", by=None, at=at, article=article, live_at=release.live_at.isoformat())
    if release.live_at <= at:
        end_links_of_article(article, "published", by=None, at=at)
    queue.refresh(article, at)
    return True


def is_called_back(article: Article) -> bool:
    """Say whether somebody has given the working copy back to its writer meanwhile, or put it in the bin."""
    return article.state != "approved" or article.binned_at is not None


def stays_off(was: Release, reason: str, at: datetime) -> bool:
    """Leave a release called off, without its note and the address that was kept for it; say False."""
    Correction.objects.filter(edition=was.edition_id).delete()
    drop_reserved_address(was)
    log("held stays", by=None, at=at, article=was.article, live_at=was.live_at.isoformat(), reason=reason)
    return False


def released_again(article: Article, was: Release, at: datetime) -> Release:
    """Issue the edition once more, by the registers of now, and release it at its moment or at once.

    What was dated to the moment it was to go live is dated to the one it does.
    """
    edition, live_at = was.edition, max(was.live_at, at)

    def moved(moment: datetime | None) -> datetime | None:
        return live_at if moment == was.live_at else moment

    published_at = moved(edition.published_at) or live_at
    hold_version()
    house, past = House.current(), past_of(article)
    check_not_erased(article, past)
    content = filed_as(content_of_edition(edition), edition)
    moments = Moments(published_at, moved(edition.modified_at), edition.reason)
    stays = check_address(article, content, house.day(published_at))
    prepared = prepare(content, moments, house, live_at=live_at, decisions=decisions_of(article))
    act = ReleaseAct(by=None, at=at, live_at=live_at, reason=edition.reason)
    return release_ready(article, Ready(prepared, edition.author_ids, stays), act, past)
