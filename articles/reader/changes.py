"""When a page changes by itself: the next scheduled begin or end of a release that it shows or will show."""

from datetime import datetime

from django.db.models import Min, Q

from ..models import Release


def next_change(at: datetime, shown: Q) -> datetime | None:
    """Return the next moment after `at` at which a release among `shown` begins or ends; None while none will.

    What lies ahead is little and found first, by its own indexes: asked all at once, SQLite reads the archive.
    """
    ahead = Release.objects.scheduled(at).filter(announced_at=None)
    begins = Release.objects.filter(shown, pk__in=list(ahead.values_list("pk", flat=True)))
    ending = Release.objects.filter(ended_at__gt=at).values_list("pk", flat=True)
    ends = Release.objects.filter(shown, pk__in=list(ending), live_at__lte=at)
    return earliest(begins.aggregate(moment=Min("live_at"))["moment"], ends.aggregate(moment=Min("ended_at"))["moment"])


def earliest(*moments: datetime | None) -> datetime | None:
    """Return the earliest of the moments that there are."""
    return min((moment for moment in moments if moment), default=None)
