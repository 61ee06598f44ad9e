"""Which releases a page shows, as SQL: the conditions that its list, its counts and its next change share."""

from datetime import date
from typing import Any, NamedTuple

from ..models import split_key
from ..shown.visible import live

LIVE = live("r.", "%s")


class Where(NamedTuple):
    """A condition on releases `r`: what is joined to them, what holds, and the parameters of both in their order."""

    joins: str
    condition: str
    values: tuple[Any, ...]

    def of(self, table: str) -> str:
        """Return the FROM and WHERE of a statement about the rows of a table or query, which must be named `r`."""
        return f"{table} {self.joins} WHERE {self.condition}"


def where(language: str = "", first: date | None = None, last: date | None = None, rubric: str = "") -> Where:
    """Return the condition for a language, a range of days, a rubric such as "topic:courts"; empty: for all."""
    kind, slug = split_key(rubric)
    conditions, values = ["1 = 1"], list[Any]()
    if language:
        conditions.append("r.language = %s")
        values.append(language)
    if first:
        conditions.append("r.published_date >= %s")
        values.append(first)
    if last:
        conditions.append("r.published_date <= %s")
        values.append(last)
    joins = ""
    if kind and kind.is_many:
        its_id = f"(SELECT id FROM {kind.table} WHERE slug = %s)"  # noqa: S608
        joins = f"JOIN {kind.through} f ON f.edition_id = r.edition_id AND f.{kind.name}_id = {its_id}"
        values.insert(0, slug)
    elif kind:
        conditions.append(f"r.{kind.name}_id = (SELECT id FROM {kind.table} WHERE slug = %s)")  # noqa: S608
        values.append(slug)
    return Where(joins, " AND ".join(conditions), tuple(values))


def rubric_lookup(rubric: str) -> dict[str, str]:
    """Return the filter of releases for a rubric such as "region:coast"; nothing for the empty one."""
    kind, slug = split_key(rubric)
    return {kind.slug_field: slug} if kind else {}
