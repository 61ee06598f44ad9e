"""The lines of lists, made of the rows of `shown.lines`, or of releases."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType

from ..editions import Line, is_retracted, marks_of, to_marks
from ..models import Release
from ..shown.lines import LineRow, earliest, from_month, newest
from ..shown.sql import to_data, to_day, to_moment
from ..shown.where import Where

KEPT = 2048  # lines
FAR = 200  # lines that a page may lie from the ends of its list
NO_MONTHS: Mapping[tuple[int, int], int] = MappingProxyType({})


@lru_cache(maxsize=KEPT)
def line_of(row: LineRow) -> Line:
    """Return the line of a row; kept under all that it is made of: an article's line stands on a dozen pages that are
    made one after another."""
    return Line.of(
        row.article,
        row.language,
        to_moment(row.published_at),
        to_day(row.published_date),
        row.category,
        row.slug,
        row.headline,
        row.summary,
        () if row.marks == "[]" else to_marks(to_data(row.marks)),
        to_data(row.dated_marks),
        row.corrections != "[]" and is_retracted(to_data(row.corrections)),
        to_data(row.photo),
    )


def newest_first(lines: list[Line]) -> list[Line]:
    """Return lines in the order of every list."""
    return sorted(lines, key=lambda line: (line.published_at, line.article), reverse=True)


def lines_between(
    shown: Where, at: datetime, begin: int, end: int, total: int, months: Mapping[tuple[int, int], int] = NO_MONTHS
) -> list[Line]:
    """Return the lines from the place `begin` to before `end`, newest first, of a list of `total`.

    Places are counted from the earliest line, as a list's closed pages are. It is read from the end that is nearer, or
    from the month in which it begins, where `months` says how many each has: a page in the depth costs what the first
    one does.
    """
    number, before = end - begin, total - end
    if min(begin, before) > FAR and months:
        month, earlier = month_at(begin, months)
        return [line_of(row) for row in from_month(shown, at, number, month, begin - earlier)][::-1]
    if before <= begin:
        return [line_of(row) for row in newest(shown, at, number, before)]
    return [line_of(row) for row in earliest(shown, at, number, begin)][::-1]


def month_at(place: int, months: Mapping[tuple[int, int], int]) -> tuple[date, int]:
    """Return the first day of the month in which the line at a place stands, and how many lines stand before it.

    >>> month_at(5, {(2024, 1): 3, (2024, 3): 4})
    (datetime.date(2024, 3, 1), 3)
    """
    earlier = 0
    for (year, month), number in sorted(months.items()):
        if place < earlier + number:
            return date(year, month, 1), earlier
        earlier += number
    raise ValueError(f"No line stands at {place}.")


def line_of_release(release: Release) -> Line:
    """Return the line of a release that was read `for_reading`."""
    edition = release.edition
    return Line.of(
        release.article_id,
        release.language,
        release.published_at,
        release.published_date,
        release.category_id,
        edition.slug,
        edition.headline,
        edition.summary,
        marks_of(edition),
        edition.dated_marks,
        is_retracted(edition.corrections),
        edition.photo,
    )
