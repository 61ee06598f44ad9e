"""What the page map has to say, spelled out: each question asked of all live releases, at any cost."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from articles.models import CODES, Article, Release
from articles.pagemap import ALL_NEWS, FOLLOW_UPS, RELATED, addresses
from articles.pagemap.entry import rubrics_of
from articles.pagemap.lists import numbered_from, pages_from


def plain_pages(release: Release, at: datetime) -> set[str]:
    """Return every stored path that shows `release`, among what is live at `at`."""
    return {*living(release), *article_pages(release, at), *lists(release, at), *plain_turns([release], at)}


def living(release: Release) -> Iterator[str]:
    language, day = release.language, release.published_date
    yield from (f"/{language}/{rest}" for rest in ("", "news/", "feed.xml", "archive/"))
    yield from ("/sitemap.xml", f"/{language}/archive/{day:%Y}/", f"/{language}/archive/{day:%Y/%m}/")
    yield from (f"/{language}/{kind}/{slug}/feed.xml" for kind, slug in rubrics_of(release))
    if release.edition.corrections:
        yield from (f"/{language}/corrections/", f"/{language}/corrections/feed.xml")
    for photo in (release.edition.photo, *release.edition.figures):
        if photo:
            yield f"/media/{photo['web']}"


def place(release: Release) -> tuple[datetime, int]:
    return release.published_at, release.article_id


def others(release: Release, at: datetime) -> list[Release]:
    live = Release.objects.live(at).filter(language=release.language).exclude(article_id=release.article_id)
    return sorted(live, key=place)


def path(release: Release) -> str:
    return addresses.article_path(release.language, release.published_date, release.edition.slug)


def article_pages(release: Release, at: datetime) -> Iterator[str]:
    later = [other for other in others(release, at) if place(other) > place(release)]
    day = [other for other in others(release, at) if other.published_date == release.published_date]
    yield path(release)
    yield from map(path, later[:ALL_NEWS])
    yield from map(path, [other for other in day if place(other) > place(release)][:1])
    yield from map(path, [other for other in day if place(other) < place(release)][-1:])
    for topic in release.edition.topics.all():
        story = [other for other in others(release, at) if topic in other.edition.topics.all()]
        yield from map(path, [other for other in story if other in later][:RELATED])
        yield from map(path, [other for other in story if place(other) < place(release)][-FOLLOW_UPS:])
    family = Article.objects.translations_of(release.article)
    yield from map(path, Release.objects.live(at).filter(article__in=family))


def lists(release: Release, at: datetime) -> Iterator[str]:
    language, day = release.language, release.published_date
    all_others = others(release, at)
    of_day = [other for other in all_others if other.published_date == day]
    for page in (1, *closed(release, of_day, numbered_from)):
        yield addresses.archive_path(language, day.year, day.month, day.day, page)
    for kind, slug in rubrics_of(release):
        same = [other for other in all_others if (kind, slug) in rubrics_of(other)]
        for page in (1, *closed(release, same)):
            yield addresses.rubric_path(language, kind, slug, page=page)
        month = [other for other in same if other.published_date.replace(day=1) == day.replace(day=1)]
        for page in (1, *closed(release, month, numbered_from)):
            yield addresses.rubric_path(language, kind, slug, day.year, day.month, page)


def closed(release: Release, same: list[Release], cut: Callable[[int, int], range] = pages_from) -> range:
    return cut(sum(place(other) < place(release) for other in same), len(same) + 1)


def plain_turns(releases: Sequence[Release], at: datetime) -> Iterator[str]:
    """Yield the pages that lead to a period in which nothing but the articles of these releases stands."""
    live = Release.objects.live(at).exclude(article_id__in=[one.article_id for one in releases])
    seen: dict[tuple[str, str], set[date]] = {}
    for one in live:
        for key in ("", *(f"{kind}:{slug}" for kind, slug in rubrics_of(one))):
            seen.setdefault((one.language, key), set()).add(one.published_date)
    for release in releases:
        language, day = release.language, release.published_date
        days = seen.get((language, ""), set())
        if day not in days:
            of_month = {one for one in days if one.replace(day=1) == day.replace(day=1)}
            for one in {*beside(days, (day,)), *of_month}:
                yield addresses.archive_path(language, one.year, one.month, one.day)
        for one in beside(days, (day.year, day.month)):
            yield addresses.archive_path(language, one.year, one.month)
        for one in beside(days, (day.year,)):
            yield addresses.archive_path(language, one.year)
        for kind, slug in rubrics_of(release):
            days = seen.get((language, f"{kind}:{slug}"), set())
            for one in beside(days, (day.year, day.month)):
                yield addresses.rubric_path(language, kind, slug, one.year, one.month)
            if not days and kind != "category":
                yield from (addresses.rubric_path(code, kind, slug) for code in CODES if code != language)


def beside(days: set[date], period: tuple[date] | tuple[int, ...]) -> list[date]:
    """Return the nearest of the days before and after a period, a day or a year with or without a month, that holds
    none of them."""

    def of(day: date) -> tuple[date] | tuple[int, ...]:
        return (day,) if isinstance(period[0], date) else (day.year, day.month)[: len(period)]

    if any(of(day) == period for day in days):
        return []
    before, after = [day for day in days if of(day) < period], [day for day in days if of(day) > period]
    return [*sorted(before)[-1:], *sorted(after)[:1]]
