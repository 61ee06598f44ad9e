"""The lines of lists, read without the rows' models: a page shows up to a hundred of them."""

from datetime import datetime
from functools import lru_cache

from ..archive.where import LIVE, Where
from ..editions import Line, is_retracted, marks_of, to_marks
from ..models import Release
from ..shown.sql import Row, ask, to_data, to_day, to_moment

COLUMNS = (
    "r.article_id, r.language, r.published_at, r.published_date, r.category_id, e.slug, e.headline, e.summary, "
    "e.marks, e.dated_marks, e.corrections, e.photo"
)
TABLES = "articles_release r JOIN articles_edition e ON e.id = r.edition_id"
NEWEST = "ORDER BY r.published_at DESC, r.article_id DESC"
EARLIEST = "ORDER BY r.published_at, r.article_id"
WIDTH = 12  # columns of a line
KEPT = 2048  # lines


def line_of(row: Row) -> Line:
    """Return the line of a row that begins with COLUMNS."""
    return _line_of(row[:WIDTH])


@lru_cache(maxsize=KEPT)
def _line_of(row: Row) -> Line:
    """Kept under all that it is made of: an article's line stands on a dozen pages that are made one after another."""
    article, language, moment, day, category, slug, headline, summary, marks, dated, corrections, photo = row
    return Line.of(
        article,
        language,
        to_moment(moment),
        to_day(day),
        category,
        slug,
        headline,
        summary,
        () if marks == "[]" else to_marks(to_data(marks)),
        to_data(dated),
        corrections != "[]" and is_retracted(to_data(corrections)),
        to_data(photo),
    )


def newest_first(lines: list[Line]) -> list[Line]:
    """Return lines in the order of every list."""
    return sorted(lines, key=lambda line: (line.published_at, line.article), reverse=True)


def lines_where(shown: Where, at: datetime, tail: str = "") -> list[Line]:
    """Return the lines of what readers see among some releases, newest first; `tail`: LIMIT and OFFSET."""
    statement = f"SELECT {COLUMNS} FROM {shown.of(TABLES)} AND {LIVE} {NEWEST} {tail}"  # noqa: S608
    return [line_of(row) for row in ask(statement, [*shown.values, at, at])]


def lines_between(shown: Where, at: datetime, begin: int, end: int, total: int) -> list[Line]:
    """Return the lines from the place `begin` to before `end`, newest first, of a list of `total`.

    Places are counted from the earliest line, as a list's closed pages are. It is read from the end that is nearer.
    """
    number, before = end - begin, total - end
    if before <= begin:
        return lines_where(shown, at, f"LIMIT {number} OFFSET {before}")
    statement = f"SELECT {COLUMNS} FROM {shown.of(TABLES)} AND {LIVE} {EARLIEST} LIMIT {number} OFFSET {begin}"  # noqa: S608
    return [line_of(row) for row in ask(statement, [*shown.values, at, at])][::-1]


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
