"""Which releases a page shows, as SQL: the conditions that its list, its counts and its next change share."""

from datetime import date
from typing import Any, NamedTuple

from ..models import split_key


class Where(NamedTuple):
    """A condition on releases `r`: what is joined to them, what holds, and the values by their names."""

    joins: str
    conditions: tuple[str, ...]
    values: dict[str, Any]

    def of(self, table: str, *more: str) -> str:
        """Return the FROM and WHERE of a statement about the rows of a table or query, which must be named `r`;
        `more`: what holds of them besides."""
        held = " AND ".join([*self.conditions, *more])
        return f"{table} {self.joins} WHERE {held}" if held else f"{table} {self.joins}"

    def by_moment(self) -> "Where":
        """Return the same condition of which no database begins with the days: they would all be read and sorted."""
        return self._replace(conditions=tuple(one.replace(DAY, UNINDEXED) for one in self.conditions))


class FiledRows(NamedTuple):
    """How the index files a rubric (`search.filings`): what its id counts in the number of a combination, and the first
    and the last row that may be of the list."""

    times: int
    first: int
    last: int


DAY = "r.published_date"
UNINDEXED = "COALESCE(r.published_date, r.published_date)"


def where(
    language: str = "",
    first: date | None = None,
    last: date | None = None,
    rubric: str = "",
    *,
    is_rare: bool = True,
    filed: FiledRows | None = None,
) -> Where:
    """Return the condition for a language, a range of days, a rubric such as "topic:courts"; empty: for all.

    `is_rare`: the database may begin with all that is filed under the rubric; else it goes through the releases in
    their order, and asks of each: SQLite, which knows how many a rubric has on average, would sort thousands. `filed`:
    it begins with the rows of the rubric in these days instead, which are few.
    """
    kind, slug = split_key(rubric)
    joins, conditions, values = "", list[str](), dict[str, Any]()
    if language:
        conditions.append("r.language = %(language)s")
        values["language"] = language
    if first:
        conditions.append(f"{DAY} >= %(first)s")
        values["first"] = first
    if last:
        conditions.append(f"{DAY} <= %(last)s")
        values["last"] = last
    if kind:
        its_id = f"(SELECT id FROM {kind.table} WHERE slug = %(slug)s)"  # noqa: S608
        values["slug"] = slug
        if filed is not None:
            joins = "JOIN articles_filing f ON f.row = r.indexed_as"
            conditions += [f"f.rubrics = {its_id} * {filed.times:d}", "f.row >= %(row_first)s", "f.row <= %(row_last)s"]
            values |= {"row_first": filed.first, "row_last": filed.last}
        elif kind.is_many:
            held = f"f.edition_id = r.edition_id AND f.{kind.name}_id = {its_id}"
            joins = f"JOIN {kind.through} f ON {held}" if is_rare else f"CROSS JOIN {kind.through} f"
            conditions += [] if is_rare else held.split(" AND ", 1)
        else:
            conditions.append(f"r.{kind.name}_id = {its_id}")
    found = Where(joins, tuple(conditions), values)
    return found.by_moment() if filed is not None else found


def rubric_lookup(rubric: str) -> dict[str, str]:
    """Return the filter of releases for a rubric such as "region:coast"; nothing for the empty one."""
    kind, slug = split_key(rubric)
    return {kind.slug_field: slug} if kind else {}
