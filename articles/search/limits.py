"""What a reader narrows an answer down to, as SQL over releases `r`; and which rows of the index it leaves at all."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from ..shown.sql import adapted, ask
from ..shown.visible import live
from .keys import second, span

FEW = 2_000  # rows that are asked about one by one
MARGIN = timedelta(days=2)  # the newsroom's day is not that of a row's number


@dataclass(frozen=True)
class Limits:
    """`since`, `until`: days, both included; `rubrics`: a combination of them (`filings.together`); ids of an author,
    of an entry of the registers that is marked."""

    since: date | None = None
    until: date | None = None
    rubrics: int = 0
    author: int | None = None
    entry: int | None = None

    def __bool__(self) -> bool:
        return self != Limits()

    def sql(self) -> tuple[str, list[Any]]:
        """Return the conditions, each with AND before it, and their values."""
        found: list[tuple[str, Any]] = []
        if self.since:
            found.append(("r.published_date >= %s", adapted(self.since)))
        if self.until:
            found.append(("r.published_date <= %s", adapted(self.until)))
        if self.rubrics:
            found.append((f"EXISTS (SELECT 1 FROM {FILED})", self.rubrics))  # noqa: S608
        if self.author is not None:
            found.append((f"EXISTS (SELECT 1 FROM {PRINTED_BY})", f"% {self.author} %"))  # noqa: S608
        if self.entry is not None:
            found.append((f"EXISTS (SELECT 1 FROM {MARKED} AND m.organization_id = %s)", self.entry))  # noqa: S608
        return "".join(f" AND {one}" for one, _value in found), [value for _one, value in found]

    def rows(self, language: str) -> tuple[int, int]:
        """Return the first and the last number of the rows that may answer."""
        first, last = span(language)
        if self.since and self.since > date.min + MARGIN:
            first = second(language, datetime.combine(self.since - MARGIN, time(), UTC))[0]
        if self.until and self.until < date.max - MARGIN:
            last = second(language, datetime.combine(self.until + MARGIN, time(), UTC))[1]
        return first, last

    def few(self, at: datetime) -> list[int] | None:
        """Return the rows of what is left of the whole archive, where these are few; None where they are many."""
        for asked, value in ((OF_ENTRY, self.entry), (OF_AUTHOR, self.author)):
            if value is not None:
                found = [row for (row,) in ask(f"{asked} LIMIT %s", [value, at, at, FEW + 1])]
                if len(found) <= FEW:
                    return sorted(set(found))
        return None


PRINTED_BY = "articles_searchplace p WHERE p.row = r.indexed_as AND p.authors LIKE %s"
FILED = "articles_filing f WHERE f.row = r.indexed_as AND f.rubrics = %s"
MARKED = "articles_mention m WHERE m.edition_id = r.edition_id"
OF_ENTRY = (
    "SELECT r.indexed_as FROM (SELECT DISTINCT edition_id FROM articles_mention WHERE organization_id = %s) m "  # noqa: S608
    f"JOIN articles_release r ON r.edition_id = m.edition_id WHERE {live('r.', '%s')}"
)
OF_AUTHOR = (
    "SELECT r.indexed_as FROM articles_byline b JOIN articles_release r ON r.article_id = b.article_id "  # noqa: S608
    f"WHERE b.author_id = %s AND {live('r.', '%s')}"
)
PRINTED = (
    "SELECT 1 FROM articles_byline b JOIN articles_release r ON r.article_id = b.article_id "  # noqa: S608
    f"WHERE b.author_id = %s AND {live('r.', '%s')} AND EXISTS (SELECT 1 FROM {PRINTED_BY}) LIMIT 1"
)
ANY = Limits()


def is_printed(author: int, at: datetime) -> bool:
    """Say whether readers see an article that names an author, by the id."""
    return bool(ask(PRINTED, [author, at, at, f"% {author} %"]))
