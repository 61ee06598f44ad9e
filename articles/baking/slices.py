"""Every page that is stored or should be, some at a time and from any place on: who goes through all of them holds few
in memory, and the next turn, in this process or another, begins where the last one has ended."""

import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from ..models import Page, Release, Site
from ..pagemap import touch, whole
from ..pagestore import stored_folders

SOME = 200
Place = list[Any]  # the part, and how far in it: as JSON keeps it
Part = Callable[[datetime, Any, int], Iterator[tuple[list[str], Any]]]  # the place in it, and how many at a time


def slices(at: datetime, place: Place | None, some: int, **more: Part) -> Iterator[tuple[list[str], Place]]:
    """Yield the addresses of the pages with a row, then of those that should have one at `at` and have none.

    Each comes once, `some` or fewer at a time, with the place after which the next call goes on. `more`: parts that
    follow.
    """
    parts = PARTS | more
    name, after = place or (next(iter(parts)), None)
    for part in list(parts)[list(parts).index(name) :]:
        for paths, last in parts[part](at, after if part == name else None, some):
            yield paths, [part, last]


def rows(at: datetime, after: int | None, some: int) -> Iterator[tuple[list[str], int]]:
    """Yield the pages that have a row, the oldest row first."""
    last = after or 0
    while found := list(Page.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "path")[:some]):
        last = found[-1][0]
        yield [path for _pk, path in found], last


def lists(at: datetime, after: list[str] | None, some: int) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the pages without a row that are no release's own; the place: which kind of them, and the last address."""
    first, last = after or ("", "")
    groups = [(f"{kind.name} {live.language}", kind, live) for kind, live in whole.lists(at, Site.current().used)]
    names = [name for name, _kind, _live in groups]
    begun = names.index(first) if first in names else 0
    for name, kind, live in groups[begun:]:
        paths = sorted(set(kind.every(live)))
        for start in range(bisect_right(paths, last) if name == first else 0, len(paths), some):
            found = paths[start : start + some]
            yield without_row(found), [name, found[-1]]


def articles(at: datetime, after: int | None, some: int) -> Iterator[tuple[list[str], int]]:
    """Yield the pages and photos without a row of the releases that are live; a photo of several may come again."""
    last = after or 0
    columns = ("pk", *whole.OWN)
    while found := list(Release.objects.live(at).filter(pk__gt=last).order_by("pk").values_list(*columns)[:some]):
        last = found[-1][0]
        yield without_row(list(dict.fromkeys(path for _pk, *own in found for path in whole.own_pages(*own)))), last


PARTS: dict[str, Part] = {"rows": rows, "lists": lists, "articles": articles}


def unknown_files(at: datetime, after: list[str] | None, some: int) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the addresses of files that no row knows; the place: the last folder, and the last address in it."""
    gathered: list[str] = []
    place = after or []
    for folder, paths in stored_folders(*(after or ())):
        for path in paths:
            gathered.append(path)
            place = [folder, path]
            if len(gathered) == some:
                yield without_row(gathered), place
                gathered = []
    if gathered:
        yield without_row(gathered), place


def without_row(paths: list[str]) -> list[str]:
    """Return those of the addresses that nobody has touched or stored yet."""
    known: set[str] = set()
    for start in range(0, len(paths), SOME):
        known.update(Page.objects.filter(path__in=paths[start : start + SOME]).values_list("path", flat=True))
    return [path for path in paths if path not in known]


def mark_all(at: datetime, since: datetime, place: Place | None = None) -> Iterator[tuple[int, Place]]:
    """Mark every page dirty, as touched at `since`; yield after some of them how many, and the place."""
    for paths, last in slices(at, place, SOME):
        mark(paths, since)
        yield len(paths), last


def mark(paths: Iterable[str], at: datetime) -> None:
    """Mark many pages dirty, some at a time. SQLite has one writer, and editors save too: it rests in between."""
    ordered = sorted(paths)
    for start in range(0, len(ordered), SOME):
        begun = time.monotonic()
        touch(ordered[start : start + SOME], at)
        if connection.vendor == "sqlite":
            time.sleep(time.monotonic() - begun)
