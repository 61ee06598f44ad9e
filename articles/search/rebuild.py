"""Builds the whole index anew, for the migration `search_by_lemma`: lemmas, and rows in the order of publication.

It goes from the oldest article to the newest, slice by slice, into a table beside the one in use, and then exchanges
them. Broken off, it goes on where it was: a release whose number is of the new kind is done. What was erased has no
words left and gets no row.
"""

import sys
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ..models import Edition
from ..models.printed import COLUMNS
from .index import put, readers_words
from .keys import EDITIONS, key_of
from .tables import IN_PLACE, NEXT, run

SLICE = 200  # releases in one transaction
TOLD = 5_000  # after so many releases it says how far it is


def rebuild(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Build the index from the editions, as a migration sees them, and give each release its new number."""
    if "articles_search_next" not in connection.introspection.table_names():
        run(connection, NEXT[connection.vendor])
    done, every = 0, apps.get_model("articles", "Release").objects.count()
    for numbers in slices(apps.get_model("articles", "Release")):
        with transaction.atomic():
            store(apps.get_model("articles", "Edition"), numbers)
        done += SLICE
        if done % TOLD == 0:
            print(f"Search index: {done:,} of {every:,} releases", file=sys.stderr)
    with transaction.atomic():
        run(connection, IN_PLACE[connection.vendor])


def slices(release: Any) -> Iterator[list[int]]:
    """Yield the old numbers of the releases still to be done, oldest publication first."""
    last = None
    while True:
        rows = release.objects.order_by("published_at", "pk")
        if last is not None:
            rows = rows.filter(published_at__gte=last[0]).exclude(published_at=last[0], pk__lte=last[1])
        some = list(rows.values_list("published_at", "pk", "indexed_as")[:SLICE])
        if not some:
            return
        last = some[-1][:2]
        yield sorted({number for _published, _pk, number in some if number < 1 << EDITIONS})


def store(edition: Any, numbers: list[int]) -> None:
    """Put the editions into the new table, and write their new numbers into all releases that have the old ones."""
    editions = [filled(one) for one in edition.objects.filter(pk__in=numbers)]
    rows = {key_of(one): one for one in editions if readers_words(one)[0]}
    with connection.cursor() as cursor:
        # Of a date before all that a number can tell, the new number looks like an old one: such a row may stand there.
        cursor.executemany("DELETE FROM articles_search_next WHERE rowid = %s", [[number] for number in rows])
        put(rows, "articles_search_next")
        cursor.executemany(
            "UPDATE articles_release SET indexed_as = %s WHERE indexed_as = %s",
            [[key_of(one), one.pk] for one in editions],
        )


def filled(edition: Any) -> Any:
    """Return an edition of a migration with the columns that later migrations add, empty."""
    for column in COLUMNS:
        if not hasattr(edition, column):
            field: Any = Edition._meta.get_field(column)
            setattr(edition, column, field.get_default())
    return edition
