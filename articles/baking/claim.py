"""Which worker bakes which page: rows claimed under a lease, which another worker takes over when it runs out."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ..models import Page
from ..models.work import LEASE


def claim(at: datetime, limit: int) -> list[Page]:
    """Claim at most `limit` dirty pages, the latest touched first: an editor's act is not kept waiting by a bulk."""
    with transaction.atomic():
        free = Page.objects.claimable(at).select_for_update(skip_locked=True)
        touched = free.filter(dirty_since__isnull=False).order_by("-dirty_since", "id")
        pages = list(touched[:limit])
        if len(pages) < limit:
            timely = free.filter(dirty_since=None).order_by("next_change_at", "id")
            pages += timely[: limit - len(pages)]
        _hold(pages, at)
    return pages


def claim_paths(paths: Iterable[str], at: datetime) -> list[Page]:
    """Claim the rows of these addresses, whoever holds them: only the row's generation decides what is stored."""
    with transaction.atomic():
        pages = list(Page.objects.select_for_update().filter(path__in=list(paths)).in_order())
        _hold(pages, at)
    return pages


def _hold(pages: list[Page], at: datetime) -> None:
    until = at + LEASE
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(claimed_until=until)
    for page in pages:
        page.claimed_until = until
