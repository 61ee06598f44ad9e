"""Move the archive's counts: one statement for many releases, in one order, so that two transactions wait at most
for one another."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection

from .. import search
from ..models import Count, Release
from ..pagemap import entry_of
from ..shown.sql import adapted

Key = tuple[str, date, str]  # language, day, rubric
ROWS = 200

UPSERT = """
    INSERT INTO {table} (language, date, rubric, number) VALUES {rows}
    ON CONFLICT (language, rubric, date) DO UPDATE SET number = {table}.number + excluded.number
"""


def keys_of(release: Release) -> list[Key]:
    """Return the keys under which a release is counted: its day in all, and in each rubric of its edition."""
    return [(release.language, release.published_date, key) for key in entry_of(release).keys]


def move_counts(changes: Counter[Key]) -> None:
    """Add each number to its count, in the caller's transaction; counts that do not exist are made."""
    ordered = sorted((key, number) for key, number in changes.items() if number)
    with connection.cursor() as cursor:
        for start in range(0, len(ordered), ROWS):
            some = ordered[start : start + ROWS]
            rows = ", ".join(["(%s, %s, %s, %s)"] * len(some))
            values = [
                value for (language, day, rubric), number in some for value in (language, adapted(day), rubric, number)
            ]
            cursor.execute(UPSERT.format(table=Count._meta.db_table, rows=rows), values)


def change_of(begun: Iterable[Release], ended: Iterable[Release]) -> Counter[Key]:
    """Return by how much each count moves when some releases are counted and others no longer."""
    changes = Counter(key for release in begun for key in keys_of(release))
    changes.subtract(key for release in ended for key in keys_of(release))
    return changes


def exchange(ended: Release, begun: Release | None) -> None:
    """Count one release no more, and the one that takes its place again."""
    again = [begun] if begun is not None and begun.announced_at is not None and not begun.counted else []
    move_counts(change_of(again, [ended]))
    search.recount([one.indexed_as for one in again], [ended.indexed_as])
    for release, counted in ((ended, False), *((one, True) for one in again)):
        release.counted = counted
        Release.objects.filter(pk=release.pk).update(counted=counted)


def uncount(releases: Sequence[Release]) -> None:
    """Take releases that are counted out of the archive's counts."""
    move_counts(change_of([], releases))
    search.recount([], [one.indexed_as for one in releases])
    Release.objects.filter(pk__in=[release.pk for release in releases]).update(counted=False)
