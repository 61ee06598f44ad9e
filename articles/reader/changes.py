"""When a page changes by itself: the next scheduled begin or end of a release that it shows or will show."""

from datetime import datetime

from django.db.models import Min, Q

from ..models import Release


def next_change(at: datetime, shown: Q) -> datetime | None:
    """Return the next moment after `at` at which a release among `shown` begins or ends; None while none will."""
    releases = Release.objects.filter(shown)
    begins = releases.scheduled(at).filter(announced_at=None).aggregate(moment=Min("live_at"))["moment"]
    ends = releases.filter(live_at__lte=at, ended_at__gt=at).aggregate(moment=Min("ended_at"))["moment"]
    return earliest(begins, ends)


def earliest(*moments: datetime | None) -> datetime | None:
    """Return the earliest of the moments that there are."""
    return min((moment for moment in moments if moment), default=None)
