"""The dependency functions: which stored pages show a release, or one thing of it. Each kind of page is asked.

What a page shows of other articles is bounded and looks backwards, or within its day, so a publication touches
a bounded number of pages: its own, its neighbours of the day, the next ten articles, the lists it stands in.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q

from articles.models import Article, Release
from articles.models.release import ReleaseQuerySet

from .entry import Entry, entry_of
from .kinds import KINDS, Recounted
from .kinds.article import article_path
from .places import Places
from .positions import Positions


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
    return frozenset(path for kind in KINDS for path in kind.of_place(entries, places))


def pages_showing(releases: Iterable[Release], at: datetime) -> frozenset[str]:
    """Return the stored pages on which the headline or the summary of one of the releases, live at `at`, stands.

    For releases whose place in the lists stays as it is, while their marks, or what their notes say, change. Cheaper
    than `pages_of`, and it names fewer pages: of a long list the one page a release stands on.
    """
    entries = [entry_of(release) for release in releases]
    if not entries:
        return frozenset()
    positions = Positions(entries, at)
    return frozenset(path for kind in KINDS for path in kind.of_marks(entries, positions))


def pages_with_text(releases: Iterable[Release]) -> frozenset[str]:
    """Return the stored pages that print the whole text of one of the releases: its own, and the feeds."""
    entries = [entry_of(release) for release in releases]
    return frozenset(path for kind in KINDS for path in kind.of_text(entries))


def pages_with_photos(releases: Iterable[Release], at: datetime) -> frozenset[str]:
    """Return the stored pages that print the photos of these releases, live at `at`: their own, the lists in which they
    stand, and the photos' own files; not those that name them by their headlines alone."""
    entries = [entry_of(release) for release in releases]
    if not entries:
        return frozenset()
    positions = Positions(entries, at)
    return frozenset(path for kind in KINDS for path in kind.of_photos(entries, positions))


def pages_with_counts(counts: Iterable[Recounted]) -> frozenset[str]:
    """Return the stored pages that print one of these counts, are cut by them, or offer what they hold."""
    return frozenset(path for count in counts for kind in KINDS for path in kind.of_count(count))


def pages_with_heads(language: str) -> frozenset[str]:
    """Return the stored pages that print the record's heads of days."""
    return frozenset(path for kind in KINDS for path in kind.of_heads(language))


def _paths(releases: ReleaseQuerySet) -> Iterator[str]:
    for language, day, slug in releases.values_list("language", "published_date", "edition__slug"):
        yield article_path(language, day, slug)


def family_pages(articles: Iterable[int], at: datetime) -> frozenset[str]:
    """Return the article pages, live at `at`, of these articles (ids) and of all their translations."""
    own = Article.objects.filter(pk__in=list(articles))
    roots = {origin or pk for pk, origin in own.values_list("pk", "origin_article_id")}
    family = Article.objects.filter(Q(pk__in=roots) | Q(origin_article__in=roots)).order_by()
    return frozenset(_paths(Release.objects.live(at).filter(article__in=family)))
