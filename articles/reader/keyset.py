"""Paging by key: a page begins after a known release, so that the depth of the archive costs nothing."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from ..models import Release
from ..search import Part

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEWEST, OLDEST = ("-published_at", "-article_id"), ("published_at", "article_id")
FORM = re.compile(r"(-?[0-9]{1,18})\.([0-9]{1,18})", re.ASCII)


class BadCursor(ValueError):
    """The text is not a cursor that we gave out."""


@dataclass(frozen=True)
class Cursor:
    """A place in the order of `published_at` and the id of the article; as text `microseconds since 1970.id`."""

    published_at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.published_at - EPOCH) // timedelta(microseconds=1)}.{self.id}"


@dataclass(frozen=True)
class Slice:
    """One page, newest first. `older`, `newer`: cursors of the pages beside it, empty where there is none."""

    releases: list[Release]
    older: str
    newer: str


def parse_cursor(text: str) -> Cursor:
    """Read a cursor back; raise BadCursor."""
    match = FORM.fullmatch(text)
    if not match:
        raise BadCursor(text[:40])
    try:
        return Cursor(EPOCH + timedelta(microseconds=int(match[1])), int(match[2]))
    except OverflowError as error:
        raise BadCursor(text) from error


def part_of(size: int, *, before: str = "", after: str = "", is_last: bool = False) -> Part:
    """Return the part of a list that `cut` needs for the same page, one release more than it has; raise BadCursor."""
    cursor = parse_cursor(before or after) if (before or after) and not is_last else None
    place = (cursor.published_at, cursor.id) if cursor else None
    return Part(size + 1, place, is_newer=is_last or (not before and bool(after)))


def cut(
    releases: QuerySet[Release],
    *,
    size: int,
    before: str = "",
    after: str = "",
    is_last: bool = False,
    reading: QuerySet[Release] | None = None,
) -> Slice:
    """Return the page of at most `size` releases older than `before`, or newer than `after`, or the last one; raise
    BadCursor.

    With none of these it is the first page. `reading`: with what the releases of the page are read, so that the
    database reads nothing but their numbers of those that it has to sort.
    """
    if is_last:
        found = _some(releases, reading, OLDEST, size)
        return _slice(found[:size][::-1], more_older=False, more_newer=len(found) > size)
    if before:
        cursor = parse_cursor(before)
        older_ones = releases.filter(published_at__lte=cursor.published_at).filter(
            Q(published_at__lt=cursor.published_at) | Q(article_id__lt=cursor.id)
        )
        found = _some(older_ones, reading, NEWEST, size)
        return _slice(found[:size], more_older=len(found) > size, more_newer=True)
    if after:
        cursor = parse_cursor(after)
        newer_ones = releases.filter(published_at__gte=cursor.published_at).filter(
            Q(published_at__gt=cursor.published_at) | Q(article_id__gt=cursor.id)
        )
        found = _some(newer_ones, reading, OLDEST, size)
        return _slice(found[:size][::-1], more_older=True, more_newer=len(found) > size)
    found = _some(releases, reading, NEWEST, size)
    return _slice(found[:size], more_older=len(found) > size, more_newer=False)


def _some(
    releases: QuerySet[Release], reading: QuerySet[Release] | None, order: tuple[str, str], size: int
) -> list[Release]:
    """Return the first releases in an order, one more than a page has."""
    some = releases.order_by(*order)
    if reading is None:
        return list(some[: size + 1])
    return list(reading.filter(pk__in=some.values("pk")[: size + 1]).order_by(*order))


def _slice(releases: list[Release], *, more_older: bool, more_newer: bool) -> Slice:
    if not releases:
        return Slice([], "", "")
    first, last = (Cursor(release.published_at, release.article_id) for release in (releases[0], releases[-1]))
    return Slice(releases, str(last) if more_older else "", str(first) if more_newer else "")


def up_to(day: date, zone: ZoneInfo) -> str:
    """Return the cursor of the page that begins with the last release of a day of the newsroom's: with the newest, if
    the day has no next one."""
    try:
        midnight = datetime.combine(day + timedelta(days=1), time.min, zone)
        return str(Cursor(midnight.astimezone(UTC), 0))
    except OverflowError:
        return str(Cursor(datetime.max.replace(tzinfo=UTC), 0))
