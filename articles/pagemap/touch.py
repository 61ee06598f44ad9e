"""Mark stored pages dirty: what they show has changed."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from articles.models import Page
from articles.shown.sql import adapted

from .addresses import read_address

ROWS = 100

# One statement, so that no touch is lost between looking for a row and making it.
UPSERT = """
    INSERT INTO {table} (path, kind, generation, dirty_since, attempts, last_error, file_hash, content_type)
    {rows}
    ON CONFLICT (path) DO UPDATE SET
        generation = {table}.generation + 1,
        dirty_since = CASE WHEN {table}.dirty_since > excluded.dirty_since THEN {table}.dirty_since
            ELSE excluded.dirty_since END,
        claimed_until = NULL, not_before = NULL, attempts = 0
"""
# Any number of pages as two arrays: psycopg takes its time over each placeholder. They stay in the order of addresses.
ARRAYS = """
    SELECT path, kind, 1, %s::timestamptz, 0, '', '', '' FROM unnest(%s::text[], %s::text[]) AS pages(path, kind)
    ORDER BY path COLLATE "C"
"""


def touch(paths: Iterable[str], at: datetime) -> int:
    """Make the pages dirty and raise their generation: no bake in progress can store what it rendered before.

    A page that waits already counts as touched now: an act's pages go before those of a bulk that holds them, too.
    Call it in the transaction of the change; for a release that is scheduled, too: the pages learn when they
    change. Rows that do not exist are made. Returns the number of pages; raises ValueError for an address that
    is never stored.
    """
    ordered = sorted(set(paths))  # one order for all, or two transactions could wait for one another
    kinds = [_kind(path) for path in ordered]
    since = adapted(at)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(UPSERT.format(table=Page._meta.db_table, rows=ARRAYS), [since, ordered, kinds])
            return len(ordered)
        for start in range(0, len(ordered), ROWS):
            some = list(zip(ordered, kinds, strict=True))[start : start + ROWS]
            rows = "VALUES " + ", ".join(["(%s, %s, 1, %s, 0, '', '', '')"] * len(some))
            values = [value for path, kind in some for value in (path, kind, since)]
            cursor.execute(UPSERT.format(table=Page._meta.db_table, rows=rows), values)
    return len(ordered)


def _kind(path: str) -> str:
    target = read_address(path)
    if target is None:
        raise ValueError(f"{path!r} is not the address of a storable page.")
    return target.kind
