"""Builds the index, the places and the counts of words anew from the editions, beside a site that goes on: for the
command `rebuild_search`, after an upgrade that reads words otherwise, and wherever they are in doubt.

Row by row, oldest first, in transactions of a slice. Until it is through, some rows are read in the old way, and words
of rows that it has not reached are not counted: hits are found more slowly, and fewer words are proposed. Broken off,
it is begun again.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction

from ..models import Edition, Release, SearchPlace, SearchWord
from .counts import recount
from .index import place_of, put, readers_words


def rebuild_all(at: datetime, size: int) -> Iterator[int]:
    """Build everything anew, `size` rows in a transaction; yield after each how many are done."""
    with transaction.atomic():
        SearchWord.objects.all().delete()
        SearchPlace.objects.filter(counted=True).update(counted=False)
    done, last = 0, None
    while rows := _next(last, size):
        with transaction.atomic():
            _store(rows)
            counted = Release.objects.filter(indexed_as__in=rows, counted=True).live(at)
            recount(counted.values_list("indexed_as", flat=True), [])
        done, last = done + len(rows), rows[-1]
        yield done


def _next(last: int | None, size: int) -> list[int]:
    """Return the numbers of the next rows behind one, oldest first within a language."""
    rows = Release.objects.order_by("indexed_as").values_list("indexed_as", flat=True).distinct()
    return list((rows if last is None else rows.filter(indexed_as__gt=last))[:size])


def _store(rows: list[int]) -> None:
    """Put the editions of the rows into the index once more; what was erased has no words left, and no row."""
    editions: dict[int, Edition] = {}
    for release in Release.objects.filter(indexed_as__in=rows).select_related("edition").order_by("-pk"):
        editions[release.indexed_as] = release.edition  # the first with these words; relabels of it change none
    held = {row: edition for row, edition in editions.items() if readers_words(edition)[0]}
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM articles_search WHERE rowid = %s", [[row] for row in sorted(editions)])
    put(held, "articles_search")
    SearchPlace.objects.filter(row__in=rows).delete()
    SearchPlace.objects.bulk_create([place_of(row, one) for row, one in sorted(held.items())])
