"""Which pages show releases whose place in the lists stays as it is: only their marks, or what their notes say, change.

Cheaper than `pages_of`, and it names fewer pages: of a long list the one page a release stands on. Positions come
from the archive's counts, so that the cost does not grow with the archive.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection

from articles.models import Release
from articles.models.release import LIVE

from . import addresses
from .around import Part, adapted, article_pages, parts_around
from .entry import Entry, entry_of, rubrics_of
from .lists import LIST_SIZE, closed_pages
from .pages import before, in_rubric
from .periods import bounds
from .places import uncounted

BEFORE_IT = (
    "SELECT r.id FROM articles_release r WHERE r.language = %s AND r.published_date = %s "  # noqa: S608
    f"AND (r.published_at, r.article_id) < (%s, %s) AND r.article_id <> %s AND {LIVE} "
    "ORDER BY r.published_at DESC, r.article_id DESC LIMIT 1"
)
ASKED = "(%s, %s, %s, %s, %s, %s)"  # number of the question, language, rubric, first day, the release's, last day
SUM = "COALESCE((SELECT SUM(number) FROM articles_count c WHERE c.language = a.lang AND c.rubric = a.rubric AND {}), 0)"
COUNTED = "WITH a (question, lang, rubric, first, own, last) AS (VALUES {}) SELECT question, " + ", ".join(
    SUM.format(days)
    for days in ("c.date >= a.first AND c.date < a.own", "c.date = a.own", "c.date > a.own AND c.date <= a.last")
)
QUESTIONS = 200  # in one statement


class Place(NamedTuple):
    """How many entries a list has, how many of them on earlier days, how many on the release's day."""

    total: int
    earlier: int
    same_day: int


def pages_showing(releases: Sequence[Release], at: datetime) -> frozenset[str]:
    """Return the stored pages on which the headline or the summary of one of the releases, live at `at`, stands."""
    if not releases:
        return frozenset()
    entries = [entry_of(release) for release in releases]
    moved = uncounted(at)
    parts = [part for entry in entries for part in (*parts_around(entry, at, moved), _before(entry, at))]
    paths = {*article_pages(parts)}
    for release, entry, places in zip(releases, entries, places_of(entries), strict=True):
        paths.add(addresses.article_path(entry.language, entry.day, entry.slug))
        paths.update(_living(release))
        paths.update(_lists(release, places, at))
    return frozenset(paths)


def _before(entry: Entry, at: datetime) -> Part:
    """Return what finds the release before the entry on its day: its page names the one that follows."""
    return BEFORE_IT, [entry.language, entry.day, entry.published_at, entry.article, entry.article, at, at]


def _living(release: Release) -> Iterator[str]:
    language = release.language
    yield addresses.front_path(language)
    yield addresses.news_path(language)
    yield addresses.sitemap_path()
    yield addresses.archive_path(language, release.published_date.year, release.published_date.month)
    yield from feeds_of(release)
    if release.edition.corrections:
        yield addresses.corrections_path(language)
        yield addresses.corrections_feed_path(language)


def feeds_of(release: Release) -> Iterator[str]:
    """Yield the feeds in which the release stands while it is new."""
    yield addresses.feed_path(release.language)
    for kind, slug in rubrics_of(release):
        yield addresses.feed_path(release.language, kind, slug)


def _lists(release: Release, places: dict[tuple[str, str], Place], at: datetime) -> Iterator[str]:
    language, day = release.language, release.published_date
    whole_day = places["day", ""]
    yield addresses.archive_path(language, day.year, day.month, day.day, _page(release, "", whole_day, at))
    for kind, slug in rubrics_of(release):
        key = f"{kind}:{slug}"
        page = _page(release, key, places["all", key], at)
        yield addresses.rubric_path(language, kind, slug, page=page)
        page = _page(release, key, places["month", key], at)
        yield addresses.rubric_path(language, kind, slug, day.year, day.month, page)


def places_of(entries: Sequence[Entry]) -> list[dict[tuple[str, str], Place]]:
    """Read the entries' places in the lists of their day, of their rubrics and of their month.

    By (period, rubric), the rubric as in `Count`; the period: day, month or all.
    """
    asked = [
        (number, period, key, entry.language, (first, entry.day, last))
        for number, entry in enumerate(entries)
        for period, (first, last), keys in (
            ("day", (entry.day, entry.day), [""]),
            ("month", bounds(entry.day.year, entry.day.month), entry.keys[1:]),
            ("all", (date.min, date.max), entry.keys[1:]),
        )
        for key in keys
    ]
    places: list[dict[tuple[str, str], Place]] = [{} for _entry in entries]
    for start in range(0, len(asked), QUESTIONS):
        some = asked[start : start + QUESTIONS]
        values = [
            value
            for question, (_number, _period, key, language, days) in enumerate(some)
            for value in (question, language, key, *days)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                COUNTED.format(", ".join([ASKED] * len(some))) + " FROM a",
                [adapted(value) for value in values],
            )
            for question, earlier, same_day, later in cursor.fetchall():
                number, period, key, *_ = some[question]
                places[number][period, key] = Place(earlier + same_day + later, earlier, same_day)
    return places


def _page(release: Release, rubric: str, place: Place, at: datetime) -> int:
    """Return the page of a list on which the release stands; `rubric` as in `Count`."""
    closed = closed_pages(place.total)
    first, last = place.earlier, place.earlier + place.same_day - 1
    if closed == 0 or first >= closed * LIST_SIZE:
        return 1
    if first // LIST_SIZE == last // LIST_SIZE:
        return first // LIST_SIZE + 2
    same_day = Release.objects.live(at).filter(language=release.language, published_date=release.published_date)
    if rubric:
        same_day = same_day.filter(in_rubric(*rubric.split(":", 1)))
    position = first + same_day.filter(before(release)).exclude(article_id=release.article_id).count()
    return 1 if position >= closed * LIST_SIZE else position // LIST_SIZE + 2
