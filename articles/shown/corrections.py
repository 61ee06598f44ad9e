"""The public log of corrections: those whose edition readers have seen, of articles that they see."""

from datetime import datetime
from typing import Any, NamedTuple

from .lines import COLUMNS, TABLES, LineRow, split
from .sql import ask
from .visible import live, was_public


class CorrectionRow(NamedTuple):
    """A correction, as the driver gives it; `guid`: of its article."""

    pk: int
    kind: str
    made_at: Any
    guid: Any


# SQLite reads the tables of a CROSS JOIN in their order: it knows of few corrections only by what ANALYZE has seen,
# and may begin with every release.
STATEMENT = f"""
    /* shown.corrections */
    SELECT {COLUMNS}, c.id AS pk, c.kind AS kind, c.made_at AS made_at, a.guid AS guid
    FROM articles_correction c CROSS JOIN {TABLES}
        JOIN articles_article a ON a.id = c.article_id
    WHERE r.article_id = c.article_id AND c.made_at <= %(at)s AND r.language = %(language)s AND {live()}
        AND EXISTS (SELECT 1 FROM articles_release b WHERE b.edition_id = c.edition_id AND {was_public("b.")})
"""  # noqa: S608
EARLIER = "AND c.made_at <= %(made_at)s AND (c.made_at < %(made_at)s OR c.id < %(pk)s)"
LATER = "AND c.made_at >= %(made_at)s AND (c.made_at > %(made_at)s OR c.id > %(pk)s)"


def public(
    language: str, at: datetime, limit: int, place: tuple[datetime, int] | None = None, *, is_newer: bool = False
) -> list[tuple[LineRow, CorrectionRow]]:
    """Read some corrections, newest first, each with the line of its article: the nearest before a place, a moment and
    an id, or the newest; with `is_newer` the nearest after the place, or the earliest."""
    values: dict[str, Any] = {"at": at, "language": language}
    beyond, turn = (LATER, "ASC") if is_newer else (EARLIER, "DESC")
    if place:
        values["made_at"], values["pk"] = place
    rows = ask(
        f"{STATEMENT} {beyond if place else ''} ORDER BY c.made_at {turn}, c.id {turn} LIMIT {limit}",
        values,
    )
    found = [(line, CorrectionRow._make(rest)) for line, rest in map(split, rows)]
    return found[::-1] if is_newer else found
