"""What the reader's statements have to answer, spelled out: each question asked of all releases, at any cost."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any

from articles.models import KINDS, Article, Correction, DayHead, Edition, FrontPlace, PostUse, Release
from articles.shown.beneath import ALL_NEWS, FOLLOW_UPS, RELATED


class Plain:
    """A newsroom at a moment: all its releases, read once, and what readers see of them."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        related = Release.objects.select_related("edition", "article", "form")
        self.releases = list(related.prefetch_related("edition__topics", "edition__regions").order_by("pk"))
        self.live = sorted(filter(self.is_live, self.releases), key=place)

    @cached_property
    def articles(self) -> list[Article]:
        return list(Article.objects.all())

    @cached_property
    def corrections(self) -> list[Correction]:
        return list(Correction.objects.select_related("article"))

    @cached_property
    def sizes(self) -> Counter[int]:
        """How many editions each topic has, seen or not."""
        return Counter(Edition.topics.through._default_manager.values_list("topic_id", flat=True))

    def is_live(self, one: Release) -> bool:
        return one.live_at <= self.at and (one.ended_at is None or self.at < one.ended_at)

    def was_public(self, one: Release) -> bool:
        return one.live_at <= self.at and one.ending != "cancelled"

    @cached_property
    def ahead(self) -> list[tuple[Release, datetime]]:
        """What begins or ends by itself, and when."""
        will_end = [(one, one.ended_at) for one in self.live if one.ended_at]
        waiting = [one for one in self.releases if one.live_at > self.at and one.announced_at is None]
        return will_end + [(one, one.live_at) for one in waiting if one.ended_at != one.live_at]

    @cached_property
    def known(self) -> list[Release]:
        """What readers see, and what the counts hold although it has ended, as no job has announced what follows."""
        return [*self.live, *(one for one in self.releases if one.counted and one not in self.live)]

    def next_change(self, concerned: Callable[[Release], bool]) -> datetime | None:
        return min((moment for one, moment in self.ahead if concerned(one)), default=None)


def place(one: Release) -> tuple[datetime, int]:
    return one.published_at, one.article_id


def keys(one: Release) -> set[str]:
    """Return the rubrics of a release, such as "topic:ice", and the empty one."""
    return {"", *(f"{kind}:{rubric.slug}" for kind, rubric in borne(one))}


def borne(one: Release) -> list[tuple[str, Any]]:
    edition = one.edition
    return [
        ("category", one.category),
        *(("region", region) for region in edition.regions.all()),
        *(("topic", topic) for topic in edition.topics.all()),
    ]


def chosen(language: str = "", first: date | None = None, last: date | None = None, rubric: str = "") -> Any:
    """Return the condition of `shown.where`."""

    def holds(one: Release) -> bool:
        in_time = (not first or one.published_date >= first) and (not last or one.published_date <= last)
        return in_time and one.language == (language or one.language) and rubric in keys(one)

    return holds


def line(one: Release) -> tuple[Any, ...]:
    """Return the line of a release, as `comparable` makes it of a row."""
    edition = one.edition
    return (
        one.article_id,
        one.language,
        one.published_at,
        one.published_date,
        one.category_id,
        edition.slug,
        edition.headline,
        edition.summary,
        edition.marks,
        edition.dated_marks,
        edition.corrections,
        edition.photo,
    )


def stands(place: FrontPlace, one: Release, at: datetime) -> bool:
    """Say whether a release that readers see stands in a place of its language's front page."""
    return (
        place.article_id == one.article_id
        and place.language == one.language
        and (place.until is None or at < place.until)
        and place.category_id in (None, one.category_id)
    )


def breaking(plain: Plain, language: str, article: int | None, until: datetime | None) -> list[tuple[str, str]]:
    """Return the breaking line that readers see, and its link, of one that hangs on the article."""
    is_over = until is not None and until <= plain.at
    is_seen = any(one.article_id == article and one.language == language for one in plain.live)
    return [] if is_over or not (article is None or is_seen) else [(f"Said in {language}", "/en/")]


def front_ends(plain: Plain, language: str, until: datetime | None) -> datetime | None:
    """Return when the next place of a front page ends, or its breaking line."""
    moments = [until, *(one.until for one in FrontPlace.objects.filter(language=language))]
    return min((one for one in moments if one and one > plain.at), default=None)


def newest(releases: Iterable[Release]) -> list[Release]:
    return sorted(releases, key=place, reverse=True)


def months(releases: Iterable[Release]) -> Counter[tuple[int, int]]:
    return Counter((one.published_date.year, one.published_date.month) for one in releases)


def days(releases: Iterable[Release]) -> Counter[date]:
    return Counter(one.published_date for one in releases)


def turned(plain: Plain, shape: tuple[str, date, date, str]) -> tuple[date | None, date | None]:
    """Return the nearest days with articles before and after a period."""
    language, first, last, key = shape
    seen = {one.published_date for one in plain.live if chosen(language, rubric=key)(one)}
    return max((day for day in seen if day < first), default=None), min(
        (day for day in seen if day > last), default=None
    )


def turn(plain: Plain, shape: tuple[str, date, date, str], month: tuple[date, date] | None) -> datetime | None:
    """Return when another day may be the nearest, or be one of the month with articles."""
    language, _first, _last, key = shape
    earlier, later = turned(plain, shape)
    holds = chosen(language, rubric=key)
    staying = {one.published_date for one in plain.live if holds(one) and one.ended_at is None}

    def concerned(one: Release) -> bool:
        day = one.published_date
        near = (earlier or date.min) <= day <= (later or date.max)
        return holds(one) and day not in staying and (near or bool(month and month[0] <= day <= month[1]))

    return plain.next_change(concerned)


def rubric(kind: str, slug: str) -> list[tuple[Any, ...]]:
    """Return the row of a rubric."""
    found = KINDS[kind].model.objects.filter(slug=slug)
    return [(one.pk, one.slug, one.name_en, one.name_ru) for one in found]


def rubrics_known(plain: Plain, kind: str, language: str) -> list[tuple[Any, ...]]:
    """Return the rubrics of a kind that readers may know of, in a language."""
    known = {key for one in plain.known if one.language == language for key in keys(one)}
    every = [one for one in KINDS[kind].model.objects.order_by("pk") if f"{kind}:{one.slug}" in known]
    return sorted((one.position, one.slug, one.name_en, one.name_ru) for one in every)


def heads(at: datetime, number: int, before: date | None) -> list[tuple[Any, ...]]:
    kept = [one for one in DayHead.objects.order_by("-date") if one.kept_at <= at and (not before or one.date < before)]
    return [(one.number, one.date, one.kept_at, one.hash) for one in kept[:number]]


def head_ahead(at: datetime) -> datetime | None:
    """Return when the next head is shown."""
    return min((one.kept_at for one in DayHead.objects.all() if one.kept_at > at), default=None)


def story(plain: Plain, article: Article, *, number: int, current: bool) -> tuple[Any, ...]:
    """Return what stands at an address of an article."""
    seen = [one for one in plain.live if one.article_id == article.pk]
    waits = any(one.article_id == article.pk and awaited(plain, one) for one in plain.releases)
    head = (number, current, article.pk, article.origin_article_id)
    gone = sorted(PostUse.objects.filter(article=article, post__is_gone=True).values_list("post", flat=True))
    if not seen:
        return (*head, *[None] * 18, waits, gone)
    [one] = seen
    edition = one.edition
    topics = sorted(edition.topics.all(), key=lambda topic: (topic.position, topic.slug))
    return (
        *head,
        edition.pk,
        one.published_at,
        one.published_date,
        edition.language,
        edition.slug,
        edition.headline,
        edition.summary,
        edition.photo,
        edition.bylines,
        edition.origin,
        edition.corrections,
        edition.marks,
        edition.ledger,
        edition.published_at,
        edition.modified_at,
        one.category_id,
        bytes(one.form.body),
        topics[0].pk if topics else None,
        waits,
        gone,
    )


def awaited(plain: Plain, one: Release) -> bool:
    """Whether a release is to be announced: readers see it, or will."""
    to_come = one.live_at > plain.at and one.ended_at != one.live_at
    return one.announced_at is None and (plain.is_live(one) or to_come)


def history(plain: Plain, article: int) -> set[tuple[Any, ...]]:
    """Return the releases of an article that readers have seen."""
    return {
        (one.language, one.published_date, one.edition.slug, one.ending, one.ended_at)
        for one in plain.releases
        if one.article_id == article and plain.was_public(one)
    }


def beneath(plain: Plain, one: Release) -> dict[str, Any]:
    """Return what stands beneath the page of a release: ids of releases and of rubrics by tags, and the change."""
    others = [other for other in plain.live if other.article_id != one.article_id]
    here = [other for other in others if other.language == one.language]
    before = [other for other in newest(here) if place(other) < place(one)]
    day = [other for other in here if other.published_date == one.published_date]
    topic = first_topic(one)
    family = family_of(plain, one.article)
    later = [other for other in here if place(other) > place(one) and topic in topics_of(other)][:FOLLOW_UPS]

    def follows(other: Release) -> bool:
        """Whether it is among the page's follow-ups, or would be."""
        is_later = other.language == one.language and place(other) > place(one) and other.article_id != one.article_id
        before_it = sum(place(follow_up) < place(other) for follow_up in later)
        return is_later and topic in topics_of(other) and before_it < FOLLOW_UPS

    return {
        "news": ids(before[:ALL_NEWS]),
        "earlier": ids([other for other in before if other in day][:1]),
        "later": ids([other for other in day if place(other) > place(one)][:1]),
        "related": ids([other for other in before if topic in topics_of(other)][:RELATED]),
        "follow-up": ids(later),
        "translation": ids(other for other in others if other.article_id in family and other.language != one.language),
        "change": plain.next_change(
            lambda other: (
                other.article_id in family
                or (other.language == one.language and other.published_date <= one.published_date)
                or follows(other)
            )
        ),
        "region": filed(one.edition.regions.all()),
        "topic": filed(one.edition.topics.all()),
    }


def ids(releases: Iterable[Release]) -> list[int]:
    return sorted(one.pk for one in releases)


def topics_of(one: Release) -> set[int]:
    return {topic.pk for topic in one.edition.topics.all()}


def first_topic(one: Release) -> int:
    topics = sorted(one.edition.topics.all(), key=lambda topic: (topic.position, topic.slug))
    return topics[0].pk if topics else 0


def root_of(article: Article) -> int:
    return article.origin_article_id or article.pk


def family_of(plain: Plain, article: Article) -> set[int]:
    """Return the article that others are translated from, and those."""
    return {one.pk for one in plain.articles if root_of(one) == root_of(article)}


def filed(rubrics: Iterable[Any]) -> list[tuple[Any, ...]]:
    return sorted((one.position, one.pk, one.slug, one.name_en, one.name_ru) for one in rubrics)


def corrections(
    plain: Plain, language: str, limit: int, place: tuple[datetime, int] | None, *, is_newer: bool = False
) -> list[tuple[Any, ...]]:
    """Return the nearest of the log of corrections before a place, or after it, each behind the line of its article."""
    seen = {one.article_id: one for one in plain.live if one.language == language}
    public = {one.edition_id for one in plain.releases if plain.was_public(one)}
    rows = [
        (one.made_at, one.pk, one)
        for one in plain.corrections
        if one.article_id in seen and one.edition_id in public and one.made_at <= plain.at
    ]
    ordered = sorted(
        (row for row in rows if not place or (row[:2] > place if is_newer else row[:2] < place)), reverse=True
    )
    some = ordered[-limit:] if is_newer else ordered[:limit]
    return [(*line(seen[one.article_id]), pk, one.kind, moment, one.article.guid) for moment, pk, one in some]
