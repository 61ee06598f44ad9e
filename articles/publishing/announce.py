"""Announce a release that has begun: move the archive's counts and mark the pages that show it.

Readers see a release at its time without this; a crash delays a count or a stored list, never an article."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from ..models import Count, Release
from ..models.work import LEASE
from ..pagemap.entry import rubrics_of
from .pages import touch_release

QUARANTINE = timedelta(hours=1)
logger = logging.getLogger(__name__)


def announce_due(at: datetime, limit: int = 500) -> int:
    """Announce the releases due at `at`, each by itself: one that fails delays no other. Return how many were."""
    done = 0
    due = Release.objects.due(at).order_by("live_at", "id").values_list("pk", flat=True)
    for pk in list(due[:limit]):
        done += announce_one(pk, at)
    return done


def announce_one(pk: int, at: datetime) -> bool:
    """Claim one due release and announce it; note the error and a later attempt when that fails."""
    if not Release.objects.due(at).filter(pk=pk).update(claimed_until=at + LEASE, attempts=F("attempts") + 1):
        return False
    try:
        with transaction.atomic():
            release = Release.objects.select_for_update(of=("self",)).select_related("edition", "article").get(pk=pk)
            if release.announced_at is None:
                announce(release, at)
    except Exception as error:
        logger.exception("Release %s cannot be announced", pk)
        attempts = Release.objects.values_list("attempts", flat=True).get(pk=pk)
        delay = min(timedelta(seconds=2**attempts), QUARANTINE)
        Release.objects.filter(pk=pk).update(
            claimed_until=None, not_before=at + delay, last_error=f"{type(error).__name__}: {error}"[:2000]
        )
        return False
    return True


def announce(release: Release, at: datetime) -> None:
    """Count the release, stop counting the one it follows, touch their pages; in the caller's transaction.

    One that has ended before it was announced changes nothing for those that began after it.
    """
    counted = release.article.releases.filter(counted=True, live_at__lte=release.live_at)
    for before in counted.exclude(pk=release.pk).select_related("edition"):
        uncount(before)
        touch_release(before, at)
    if release.ended_at is None or release.ended_at > at:
        add(release, +1)
        release.counted = True
    release.announced_at, release.claimed_until, release.last_error = at, None, ""
    release.save(update_fields=["announced_at", "claimed_until", "last_error", "counted"])
    touch_release(release, at)


def uncount(release: Release) -> None:
    """Take a release out of the archive's counts, if it is in them."""
    if not release.counted:
        return
    add(release, -1)
    release.counted = False
    release.save(update_fields=["counted"])


def add(release: Release, number: int) -> None:
    """Move the counts of the release's day: in all, and of each of its rubrics."""
    for rubric in count_keys(release):
        count, _created = Count.objects.get_or_create(
            language=release.language, date=release.published_date, rubric=rubric
        )
        Count.objects.filter(pk=count.pk).update(number=F("number") + number)


def count_keys(release: Release) -> list[str]:
    """Return the keys under which a release is counted: "" and one for each rubric of its edition."""
    return ["", *(f"{kind}:{slug}" for kind, slug in rubrics_of(release))]
