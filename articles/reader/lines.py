"""The lines of lists, read without the rows' models: a page shows up to a hundred of them."""

from datetime import datetime
from functools import lru_cache

from ..archive.sql import Row, ask, to_data, to_day, to_moment
from ..archive.where import LIVE, Where
from ..editions import Line, is_retracted, marks_of, to_marks
from ..models import Release

COLUMNS = (
    "r.article_id, r.language, r.published_at, r.published_date, r.category_id, e.slug, e.headline, e.summary, "
    "e.marks, e.reason, e.corrections, e.photo"
)
TABLES = "articles_release r JOIN articles_edition e ON e.id = r.edition_id"
NEWEST = "ORDER BY r.published_at DESC, r.article_id DESC"
WIDTH = 12  # columns of a line
KEPT = 2048  # lines


def line_of(row: Row) -> Line:
    """Return the line of a row that begins with COLUMNS."""
    return _line_of(row[:WIDTH])


@lru_cache(maxsize=KEPT)
def _line_of(row: Row) -> Line:
    """Kept under all that it is made of: an article's line stands on a dozen pages that are made one after another."""
    article, language, moment, day, category, slug, headline, summary, marks, reason, corrections, photo = row
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
        reason,
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
        edition.reason,
        is_retracted(edition.corrections),
        edition.photo,
    )
