"""Statements written by hand: what a page shows is read with a few of them, whatever the database.

Their rows come as the driver gives them: from SQLite moments without a zone, or as text what it does not know for a
moment or a day; JSON as text from both.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

Row = tuple[Any, ...]
Values = Sequence[Any] | Mapping[str, Any]
AMONG = {
    "sqlite": "IN (SELECT value FROM json_each(%s))",
    "postgresql": "= ANY(ARRAY(SELECT unnest(%s::bigint[])))",
}
PLACE = re.compile(r"%\((\w+)\)s|%s|%%")


def ask(statement: str, values: Values) -> list[Row]:
    """Run a statement and return its rows; moments and days among the values are given as the database takes them.

    A long statement takes its values by name: one that stands in many places is sent once. SQLite is asked without
    Django's cursor, whose work would take a third as long as the answer; but not while queries are logged or wrapped,
    nor in a transaction that has failed, in which it asks nothing.
    """
    here = connections[DEFAULT_DB_ALIAS]  # found once: `connection` looks for it at each attribute
    adapt = here.ops.adapt_datetimefield_value, here.ops.adapt_datefield_value
    given = (
        {name: _adapted(value, *adapt) for name, value in values.items()}
        if isinstance(values, Mapping)
        else [_adapted(value, *adapt) for value in values]
    )
    if here.vendor == "sqlite" and not (here.queries_logged or here.execute_wrappers or here.needs_rollback):
        here.ensure_connection()
        with here.wrap_database_errors:
            found: list[Row] = here.connection.execute(for_sqlite(statement), given).fetchall()
            return found
    with here.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def among() -> str:
    """Return what stands behind a column that is one of some whole numbers, with one place, for the value that
    `as_value` makes of them: to bind a thousand takes longer than to look.

    PostgreSQL is not to see the numbers when it plans: of each it would reckon how many rows it may have.
    """
    return AMONG[connection.vendor]


def as_value(numbers: Iterable[int]) -> str:
    """Return whole numbers as the one value of `among`."""
    written = ",".join(map(str, numbers))
    return f"{{{written}}}" if connection.vendor == "postgresql" else f"[{written}]"


def adapted(value: Any) -> Any:
    """Return a value as the database takes it in a statement written by hand."""
    return _adapted(value, connection.ops.adapt_datetimefield_value, connection.ops.adapt_datefield_value)


def _adapted(value: Any, moment: Callable[[datetime], Any], day: Callable[[date], Any]) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else value


@lru_cache(maxsize=256)
def for_sqlite(statement: str) -> str:
    """Return a statement with its places for values written in SQLite's way.

    for_sqlite("SELECT %(at)s WHERE name LIKE 'a%%' AND id = %s") == "SELECT :at WHERE name LIKE 'a%' AND id = ?"
    """
    return PLACE.sub(lambda place: "%" if place[0] == "%%" else f":{place[1]}" if place[1] else "?", statement)


def to_moment(value: Any) -> datetime:
    """Return an aware moment of a column that is not null."""
    found: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def to_moment_or_none(value: Any) -> datetime | None:
    """Return an aware moment, or None."""
    return None if value is None else to_moment(value)


def to_day(value: Any) -> date:
    """Return a day of a column that is not null."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def to_data(value: Any) -> Any:
    """Return what a JSON column holds; what is empty, as most are, is not parsed."""
    if value == "[]":
        return []
    if value == "{}":
        return {}
    return json.loads(value) if isinstance(value, str) else value
