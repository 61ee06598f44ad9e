"""The one dependency function: which stored pages show a release.

What a page shows of other articles is bounded and looks backwards, or within its day, so a publication touches
a bounded number of pages: its own, its neighbours of the day, the next ten articles, the lists it stands in.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q

from articles.models import KINDS, Article, Release
from articles.models.release import ReleaseQuerySet

from . import addresses
from .around import pages_around
from .entry import Entry, entry_of
from .places import Places


def pages_of(release: Release, at: datetime) -> frozenset[str]:
    """Return every stored path that shows `release`, or would if it were live, among what is live at `at`.

    For a change call it for the release that ends and for the one that begins, and touch both. The article's
    own other releases do not count, so it may be called before or after the change.
    """
    return pages_of_entries([entry_of(release)], at)


def pages_of_all(releases: Iterable[Release], at: datetime) -> frozenset[str]:
    """Return what `pages_of` gives for each of the releases, with a few statements for all of them."""
    return pages_of_entries([entry_of(release) for release in releases], at)


def pages_of_entries(entries: Sequence[Entry], at: datetime) -> frozenset[str]:
    """Return the stored paths that show these entries, or would if they were live, among what is live at `at`."""
    if not entries:
        return frozenset()
    places = Places(entries, at)
    paths = set(pages_around(entries, at, places))
    for entry in entries:
        paths.update(_own(entry))
        paths.update(_living(entry))
        paths.update(_lists(entry, places))
        paths.update(addresses.article_path(row.language, row.day, row.slug) for row in places.beside(entry))
    return frozenset(paths)


def before(release: Release) -> Q:
    """What stands before `release` in every list."""
    same = Q(published_at=release.published_at, article_id__lt=release.article_id)
    # The first condition says nothing new: it lets the database begin at its place in the index.
    return Q(published_at__lte=release.published_at) & (Q(published_at__lt=release.published_at) | same)


def _own(entry: Entry) -> Iterator[str]:
    yield addresses.article_path(entry.language, entry.day, entry.slug)
    if entry.photo:
        yield addresses.media_path(entry.photo)


def _living(entry: Entry) -> Iterator[str]:
    language, day = entry.language, entry.day
    yield addresses.front_path(language)
    yield addresses.news_path(language)
    yield addresses.feed_path(language)
    yield addresses.sitemap_path()
    yield addresses.archive_path(language)
    yield addresses.archive_path(language, day.year)
    yield addresses.archive_path(language, day.year, day.month)
    for kind, slug in entry.rubrics:
        yield addresses.feed_path(language, kind, slug)
    if entry.corrected:
        yield addresses.corrections_path(language)
        yield addresses.corrections_feed_path(language)


def _lists(entry: Entry, places: Places) -> Iterator[str]:
    """The lists that are cut into pages: each at its own address, and the closed pages that may change."""
    language, day = entry.language, entry.day
    for page in (1, *places.of_day(entry)):
        yield addresses.archive_path(language, day.year, day.month, day.day, page)
    for kind, slug in entry.rubrics:
        key = f"{kind}:{slug}"
        for page in (1, *places.of_rubric(entry, key)):
            yield addresses.rubric_path(language, kind, slug, page=page)
        for page in (1, *places.of_month(entry, key)):
            yield addresses.rubric_path(language, kind, slug, day.year, day.month, page)


def in_rubric(kind: str, slug: str) -> Q:
    """Releases of a rubric; `kind`: category, region or topic."""
    return Q(**{KINDS[kind].slug_field: slug})


def _paths(releases: ReleaseQuerySet) -> Iterator[str]:
    for language, day, slug in releases.values_list("language", "published_date", "edition__slug"):
        yield addresses.article_path(language, day, slug)


def family_pages(articles: Iterable[int], at: datetime) -> frozenset[str]:
    """Return the article pages, live at `at`, of these articles (ids) and of all their translations."""
    own = Article.objects.filter(pk__in=list(articles))
    roots = {origin or pk for pk, origin in own.values_list("pk", "origin_article_id")}
    family = Article.objects.filter(Q(pk__in=roots) | Q(origin_article__in=roots)).order_by()
    return frozenset(_paths(Release.objects.live(at).filter(article__in=family)))
