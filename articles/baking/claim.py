"""Which worker bakes which page: rows claimed under a lease, which another worker takes over when it runs out."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from ..models import Page
from ..models.page import PageQuerySet


class Claimed(NamedTuple):
    """What a bake has to know of a row of `Page`, as it was when it was claimed."""

    pk: int
    path: str
    generation: int
    file_hash: str
    stored_at: datetime | None
    compressed_at: datetime | None


def claim(at: datetime, limit: int) -> list[Claimed]:
    """Claim at most `limit` dirty pages, the latest touched first: an editor's act is not kept waiting by a bulk.

    Of those touched at one moment the last ones, too: so the index alone gives the first few of a hundred thousand.
    """
    with transaction.atomic():
        due = Page.objects.due(at).lock()
        pages = _read(due.filter(dirty_since__isnull=False).order_by("-dirty_since", "-id")[:limit])
        if len(pages) < limit:
            pages += _read(due.filter(dirty_since=None).order_by("next_change_at", "id")[: limit - len(pages)])
        _rows(pages).claim(at)
    return pages


def claim_paths(paths: Iterable[str], at: datetime) -> list[Claimed]:
    """Claim the rows of these addresses, whoever holds them: only the row's generation decides what is stored."""
    with transaction.atomic():
        pages = _read(Page.objects.select_for_update().filter(path__in=list(paths)).in_order())
        _rows(pages).claim(at)
    return pages


def renew(pages: Sequence[Claimed], at: datetime) -> None:
    """Hold pages on, of which others that were claimed with them have taken their time."""
    _rows(pages).renew(at)


def _read(rows: PageQuerySet) -> list[Claimed]:
    return [Claimed(*row) for row in rows.values_list(*Claimed._fields)]


def _rows(pages: Sequence[Claimed]) -> PageQuerySet:
    return Page.objects.filter(pk__in=[page.pk for page in pages])
