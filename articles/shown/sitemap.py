"""The addresses of a sitemap, with the headlines of the news among them."""

from datetime import datetime
from typing import Any, NamedTuple

from .lines import NEWEST, TABLES
from .sql import ask
from .visible import live
from .where import Where


class SitemapRow(NamedTuple):
    """A release in a sitemap, as the driver gives it. `headline`: None for what is older than news."""

    language: str
    published_date: Any
    published_at: Any
    slug: str
    modified_at: Any
    headline: str | None
    marks: Any
    dated_marks: Any
    corrections: Any


COLUMNS = (
    "r.language AS language, r.published_date AS published_date, r.published_at AS published_at, e.slug AS slug, "
    "e.modified_at AS modified_at, CASE WHEN r.published_at > %(since)s THEN e.headline END AS headline, "
    "e.marks AS marks, e.dated_marks AS dated_marks, e.corrections AS corrections"
)


def listed(shown: Where, at: datetime, since: datetime) -> list[SitemapRow]:
    """Read the rows of a sitemap, newest first; `since`: what was published later is news."""
    statement = f"/* shown.sitemap */ SELECT {COLUMNS} FROM {shown.of(TABLES, live())} {NEWEST}"  # noqa: S608
    return [SitemapRow._make(row) for row in ask(statement, {"at": at, "since": since, **shown.values})]
