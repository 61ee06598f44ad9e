"""The one dependency function: which stored pages show a release.

What a page shows of other articles is bounded and looks backwards, or within its day, so a publication touches
a bounded number of pages: its own, its neighbours of the day, the next ten articles, the lists it stands in.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Count, Q

from articles.models import Article, Release
from articles.models.release import ReleaseQuerySet

from . import addresses
from .lists import pages_from

ALL_NEWS = 10  # "All news" under an article: so many releases before it
RELATED = 3  # the nearest earlier ones of its first topic


def pages_of(release: Release, at: datetime) -> frozenset[str]:
    """Return every stored path that shows `release`, or would if it were live, among what is live at `at`.

    For a change call it for the release that ends and for the one that begins, and touch both. The article's
    own other releases do not count, so it may be called before or after the change.
    """
    return frozenset(
        {
            *_living(release),
            *article_paths(release, at),
            *_lists(release, at),
            *_photos(release),
        }
    )


def after(release: Release) -> Q:
    """What stands after `release` in every list: later, or of the same moment and with a higher number."""
    same = Q(published_at=release.published_at, article_id__gt=release.article_id)
    # The first condition says nothing new: it lets the database begin at its place in the index.
    return Q(published_at__gte=release.published_at) & (Q(published_at__gt=release.published_at) | same)


def before(release: Release) -> Q:
    """What stands before `release` in every list."""
    same = Q(published_at=release.published_at, article_id__lt=release.article_id)
    return Q(published_at__lte=release.published_at) & (Q(published_at__lt=release.published_at) | same)


def _living(release: Release) -> Iterator[str]:
    language, day = release.language, release.published_date
    yield addresses.front_path(language)
    yield addresses.news_path(language)
    yield addresses.feed_path(language)
    yield addresses.sitemap_path()
    yield addresses.archive_path(language)
    yield addresses.archive_path(language, day.year)
    yield addresses.archive_path(language, day.year, day.month)
    for kind, slug in rubrics_of(release):
        yield addresses.feed_path(language, kind, slug)
    if release.edition.corrections:
        yield addresses.corrections_path(language)
        yield addresses.corrections_feed_path(language)


def rubrics_of(release: Release) -> Iterator[tuple[str, str]]:
    """Yield (kind, slug) of the release's category, regions and topics."""
    yield "category", release.category.slug
    for region in release.edition.regions.all():
        yield "region", region.slug
    for topic in release.edition.topics.all():
        yield "topic", topic.slug


def _others(release: Release, at: datetime) -> ReleaseQuerySet:
    return Release.objects.live(at).filter(language=release.language).exclude(article_id=release.article_id)


def article_paths(release: Release, at: datetime) -> Iterator[str]:
    """Yield the article pages: its own, and those of the others that name it."""
    yield addresses.article_path(release.language, release.published_date, release.edition.slug)
    others = _others(release, at)
    later = others.filter(after(release)).order_by("published_at", "article_id")
    earlier = others.filter(before(release)).order_by("-published_at", "-article_id")
    yield from _paths(later[:ALL_NEWS])
    yield from _paths(later.filter(published_date=release.published_date)[:1])
    yield from _paths(earlier.filter(published_date=release.published_date)[:1])
    for topic in release.edition.topics.all():
        yield from _paths(later.filter(edition__topics=topic)[:RELATED])
    translations = Article.objects.translations_of(release.article).order_by()
    yield from _paths(Release.objects.live(at).filter(article__in=translations))


def _paths(releases: ReleaseQuerySet) -> Iterator[str]:
    for language, day, slug in releases.values_list("language", "published_date", "edition__slug"):
        yield addresses.article_path(language, day, slug)


def _lists(release: Release, at: datetime) -> Iterator[str]:
    """The lists that are cut into pages: each at its own address, and the closed pages that may change."""
    language, day = release.language, release.published_date
    others = _others(release, at)
    year, month = day.year, day.month
    yield addresses.archive_path(language, year, month, day.day)
    for page in _closed(release, others.filter(published_date=day)):
        yield addresses.archive_path(language, year, month, day.day, page)
    for kind, slug in rubrics_of(release):
        same = others.filter(in_rubric(kind, slug))
        yield addresses.rubric_path(language, kind, slug)
        for page in _closed(release, same):
            yield addresses.rubric_path(language, kind, slug, page=page)
        of_month = same.filter(published_date__year=year, published_date__month=month)
        yield addresses.rubric_path(language, kind, slug, year, month)
        for page in _closed(release, of_month):
            yield addresses.rubric_path(language, kind, slug, year, month, page)


def in_rubric(kind: str, slug: str) -> Q:
    """Releases of a rubric; `kind`: category, region or topic."""
    lookup = {"category": "category", "region": "edition__regions", "topic": "edition__topics"}[kind]
    return Q(**{f"{lookup}__slug": slug})


def _closed(release: Release, others: ReleaseQuerySet) -> range:
    counted = others.order_by().aggregate(total=Count("id"), position=Count("id", filter=before(release)))
    return pages_from(counted["position"], counted["total"] + 1)


def _photos(release: Release) -> Iterator[str]:
    if web := release.edition.photo.get("web"):
        yield addresses.media_path(web)


def family_pages(articles: Iterable[int], at: datetime) -> frozenset[str]:
    """Return the article pages, live at `at`, of these articles (ids) and of all their translations."""
    own = Article.objects.filter(pk__in=list(articles))
    roots = {origin or pk for pk, origin in own.values_list("pk", "origin_article_id")}
    family = Article.objects.filter(Q(pk__in=roots) | Q(origin_article__in=roots)).order_by()
    return frozenset(_paths(Release.objects.live(at).filter(article__in=family)))
