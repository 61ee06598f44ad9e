"""The ten articles of a story before an entry: their pages name it among what followed.

Of a story of thousands one publication touches ten. The archive's counts know on which days a topic was written about,
so that what is looked for may be years away.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from articles.shown.beneath import FOLLOW_UPS
from articles.shown.visible import live

from .entry import Entry
from .places import BESIDE, Places, Row

Part = tuple[str, list[Any]]  # a statement that finds ids of releases, and its values

DAYS = (
    "SELECT date FROM (SELECT date FROM articles_count "
    "WHERE language = %s AND rubric = %s AND date <= %s AND number > 0 ORDER BY date DESC LIMIT %s) c"
)
BEFORE = (
    "SELECT r.id FROM ({days}) d CROSS JOIN articles_release r CROSS JOIN articles_edition_topics t "  # noqa: S608
    "WHERE r.published_date = d.date AND r.edition_id = t.edition_id AND t.topic_id = %s AND r.language = %s "
    f"AND (r.published_at, r.article_id) < (%s, %s) AND r.article_id <> %s AND {live('r.', '%s')} "
    f"ORDER BY r.published_at DESC, r.article_id DESC LIMIT {FOLLOW_UPS}"
)


def stories_of(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield the key of each topic of the entry, as in `Count`, and its id."""
    slugs = [slug for kind, slug in entry.rubrics if kind == "topic"]
    for slug, pk in zip(slugs, entry.topics, strict=False):
        yield f"topic:{slug}", pk


def parts_before(entry: Entry, at: datetime, uncounted: Sequence[Row]) -> Iterator[Part]:
    """Yield what finds the releases that stand before the entry in its stories."""
    for key, pk in stories_of(entry):
        yield preceding(entry, key, pk, at, uncounted)


def preceding(entry: Entry, key: str, pk: int, at: datetime, uncounted: Sequence[Row]) -> Part:
    """Return what finds the last releases before the entry in a story.

    So many days hold so many of it: three more, as days may follow each other otherwise than moments; one for the
    entry's own article, and for each release that is still counted and has ended; and the last days of those that are
    not counted yet.
    """
    last = entry.day + BESIDE
    moved = [row for row in uncounted if row.language == entry.language and key in row.keys]
    limit = FOLLOW_UPS + 4 + sum(row.number < 0 for row in moved)
    more = sorted({row.day for row in moved if row.number > 0 and row.day <= last})[-FOLLOW_UPS - 5 :]
    days: list[Any] = [entry.language, key, last, limit, *more]
    earlier = [pk, entry.language, entry.published_at, entry.article, entry.article, at, at]
    return BEFORE.format(days=DAYS + " UNION SELECT %s" * len(more)), [*days, *earlier]


def rows_before(entry: Entry, earlier: Entry, key: str, places: Places) -> list[Row]:
    """Return those that stand before the entry in a story, back to an earlier entry of its day; what stands before
    that one is found for it."""
    return places.between(earlier, entry, key)[-FOLLOW_UPS:]


def earlier_ones(chained: Mapping[tuple[int, str], int]) -> dict[tuple[int, str], int]:
    """Return which entry another follows, by its number and the key of the list: `around.chains` the other way."""
    return {(other, key): one for (one, key), other in chained.items()}


def day_of(row: Row) -> tuple[str, date, str]:
    """Return a row's language, day and address part."""
    return row.language, row.day, row.slug
