"""The lines of lists, made of the rows of `shown.lines`, or of releases."""

from datetime import datetime
from functools import lru_cache

from ..editions import Line, is_retracted, marks_of, to_marks
from ..models import Release
from ..shown.lines import LineRow, earliest, newest
from ..shown.sql import to_data, to_day, to_moment
from ..shown.where import Where

KEPT = 2048  # lines


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


def lines_between(shown: Where, at: datetime, begin: int, end: int, total: int) -> list[Line]:
    """Return the lines from the place `begin` to before `end`, newest first, of a list of `total`.

    Places are counted from the earliest line, as a list's closed pages are. It is read from the end that is nearer.
    """
    number, before = end - begin, total - end
    if before <= begin:
        return [line_of(row) for row in newest(shown, at, number, before)]
    return [line_of(row) for row in earliest(shown, at, number, begin)][::-1]


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
