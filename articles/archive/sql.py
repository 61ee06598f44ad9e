"""Statements written by hand: what a page shows is read with a few of them, whatever the database.

Their rows come as the driver gives them: from SQLite moments without a zone, or as text what it does not know for a
moment or a day; JSON as text from both.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

Row = tuple[Any, ...]


def ask(statement: str, values: Sequence[Any] | Mapping[str, Any]) -> list[Row]:
    """Run a statement and return its rows; moments and days among the values are given as the database takes them.

    A long statement takes its values by name: Django then finds their places at once, and one that stands in many
    places is sent once.
    """
    given = (
        {name: adapted(value) for name, value in values.items()}
        if isinstance(values, Mapping)
        else [adapted(value) for value in values]
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def adapted(value: Any) -> Any:
    """Return a value as the database takes it in a statement written by hand."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


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
