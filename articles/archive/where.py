"""Which releases a page shows, as SQL: the conditions that its list, its counts and its next change share."""

from datetime import date
from typing import Any, NamedTuple

LIVE = "r.live_at <= %s AND (r.ended_at IS NULL OR r.ended_at > %s)"
CATEGORY = "r.category_id = (SELECT id FROM articles_category WHERE slug = %s)"
FILED = {
    "region": "JOIN articles_edition_regions f ON f.edition_id = r.edition_id "
    "AND f.region_id = (SELECT id FROM articles_region WHERE slug = %s)",
    "topic": "JOIN articles_edition_topics f ON f.edition_id = r.edition_id "
    "AND f.topic_id = (SELECT id FROM articles_topic WHERE slug = %s)",
}


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
    kind, _, slug = rubric.partition(":")
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
    if kind == "category":
        conditions.append(CATEGORY)
        values.append(slug)
    joined = kind in FILED
    return Where(
        FILED[kind] if joined else "",
        " AND ".join(conditions),
        (slug, *values) if joined else tuple(values),
    )


def rubric_lookup(rubric: str) -> dict[str, str]:
    """Return the filter of releases for a rubric such as "region:coast"; nothing for the empty one."""
    kind, _, slug = rubric.partition(":")
    lookups = {
        "category": "category__slug",
        "region": "edition__regions__slug",
        "topic": "edition__topics__slug",
    }
    return {lookups[kind]: slug} if kind else {}
