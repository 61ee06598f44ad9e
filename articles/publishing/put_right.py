"""After a clock that was ahead is put right: what it has announced is to come again, what was withdrawn under it is
withdrawn at once. Acts of people do the same for one article; this is for those that nobody comes back to."""

import logging
from datetime import datetime

from django.db import transaction

from ..models import Article, Event, Heartbeat, PreviewToken, Release
from ..models.work import AHEAD
from .counts import exchange
from .events import log
from .pages import drop_photos, touch_releases
from .previews import OPEN_FOR
from .releasing import ReleaseAct, lock, was_ahead
from .retire import take_away

JOB = "put_right"  # its pulse keeps the last act that it has looked at
logger = logging.getLogger(__name__)


def was_ahead_somewhere(at: datetime) -> bool:
    """Say whether the tick has beaten, or somebody has acted since this was last put right, at a moment to come.

    A web process whose clock is ahead leaves acts though no worker shares its clock, or none lives.
    """
    if Heartbeat.objects.filter(job="tick", beat_at__gt=at + AHEAD).exists():
        return True
    acts = Event.objects.filter(at__gt=at + AHEAD).order_by("-pk").values_list("pk", flat=True)
    last = acts.first()
    return last is not None and last > last_looked_at()


def last_looked_at() -> int:
    found = Heartbeat.objects.filter(job=JOB).values_list("detail__event", flat=True).first()
    return int(found or 0)


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
    bring_back_links(at)
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    Heartbeat.objects.update_or_create(job=JOB, defaults={"beat_at": at, "detail": {"event": last or 0}})
    return done[0], done[1]


def bring_back_links(at: datetime) -> None:
    """Let preview links of a moment to come be made now: they end with the next publication, and after their week."""
    PreviewToken.objects.filter(made_at__gt=at + AHEAD).update(made_at=at, expires_at=at + OPEN_FOR)
    PreviewToken.objects.filter(last_used_at__gt=at + AHEAD).update(last_used_at=at)


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
