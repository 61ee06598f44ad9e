"""After a clock that was ahead is put right: what it has announced is to come again, what was withdrawn under it is
withdrawn at once. Acts of people do the same for one article; this is for those that nobody comes back to."""

import logging
from datetime import datetime

from django.db import transaction

from ..models import Article, Release
from ..models.work import AHEAD
from .counts import exchange
from .events import log
from .pages import drop_photos, touch_releases
from .releasing import ReleaseAct, lock, was_ahead
from .retire import take_away

logger = logging.getLogger(__name__)


def put_right(at: datetime) -> tuple[int, int]:
    """Take back what was announced too early and withdraw anew; return how many articles of each.

    One that cannot be put right delays no other: it is for a person, and stands in the log.
    """
    done = []
    for articles, act in ((announced_early(at), take_back), (withdrawn_late(at), withdraw_now)):
        number = 0
        for pk in articles:
            try:
                number += act(Article.objects.get(pk=pk), at)
            except Exception:
                logger.exception("Article %s cannot be put right after the clock was ahead", pk)
        done.append(number)
    return done[0], done[1]


def announced_early(at: datetime) -> list[int]:
    """Return the articles of releases that were announced and have not begun yet."""
    early = Release.objects.lasting().filter(live_at__gt=at + AHEAD, announced_at__isnull=False)
    return sorted(set(early.values_list("article_id", flat=True)))


def withdrawn_late(at: datetime) -> list[int]:
    """Return the articles that were withdrawn at a moment still to come, which only a clock that is ahead can do."""
    late = Release.objects.lasting().filter(ending="withdrawn", ended_at__gt=at + AHEAD)
    return sorted(set(late.values_list("article_id", flat=True)))


@transaction.atomic
def take_back(article: Article, at: datetime) -> bool:
    """Let the article's releases that have not begun be announced in their time; say whether there was one.

    The release that one of them follows is what readers see, and is counted, until then.
    """
    article = lock(article)
    early = article.releases.filter(pk__in=Release.objects.lasting().filter(live_at__gt=at)).select_related("edition")
    taken = [release for release in early if was_ahead(release, at)]
    live = article.releases.live(at).select_related("edition").first()
    for release in taken:
        if release.counted:
            exchange(release, live)
        Release.objects.filter(pk=release.pk).update(announced_at=None)
    touch_releases([*taken, *([live] if live is not None else [])], at)
    drop_photos(taken, at)
    return bool(taken)


@transaction.atomic
def withdraw_now(article: Article, at: datetime) -> bool:
    """Withdraw the article if the last that was done to it was that; say so."""
    article = lock(article)
    last = article.releases.exclude(ending="cancelled").order_by("id").last()
    if last is None or last.ending != "withdrawn" or last.ended_at is None or last.ended_at <= at:
        return False
    take_away(article, ReleaseAct(by=None, at=at, live_at=at, reason="withdrawal"))
    log("withdrawal", by=None, at=at, article=article, note="The clock was ahead when it was withdrawn.")
    return True
