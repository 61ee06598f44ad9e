"""The lines of a front page: the newest of a language, and the newest of each category, with one statement."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from .lines import COLUMNS, NEWEST, TABLES, LineRow, split
from .sql import ask
from .visible import live

ALL = 0  # the part of all categories


class FrontPart(NamedTuple):
    """Which part of the page a line is read for: the id of a category, or ALL."""

    part: int


def newest_of_each(language: str, at: datetime, numbers: Mapping[int, int]) -> dict[int, list[LineRow]]:
    """Read so many of the newest releases that readers see, by category (its id; ALL: of all); in no order."""
    branches = [
        f"SELECT * FROM (SELECT {COLUMNS}, {part} AS part FROM {TABLES} WHERE r.language = %(language)s "  # noqa: S608
        f"{f'AND r.category_id = {part}' if part else ''} AND {live()} {NEWEST} LIMIT {number}) part_{part}"
        for part, number in numbers.items()
    ]
    found: dict[int, list[LineRow]] = defaultdict(list)
    for row in ask(f"/* shown.front */ {' UNION ALL '.join(branches)}", {"at": at, "language": language}):
        line, rest = split(row)
        found[FrontPart._make(rest).part].append(line)
    return found
