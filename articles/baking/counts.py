"""The archive's counts held against the releases: what was wrong is put right and named."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count as Number
from django.db.models import Exists, F, OuterRef, Q, Sum

from ..models import Article, Count, Release
from ..models.page import Bytewise
from ..models.release import ReleaseQuerySet
from ..pagemap import archive_path, closed_pages, news_path, rubric_path, sitemap_path

Key = tuple[str, date, str]  # language, day, rubric
RUBRICS = {"category": "category__slug", "region": "edition__regions__slug", "topic": "edition__topics__slug"}


def reconcile(at: datetime) -> list[dict[str, Any]]:
    """Put the counts right; return what was wrong: {language, date, rubric, was, is}, empty when nothing was."""
    for release in wrongly_counted(at):
        _put_right(release.pk, release.article_id, at)
    wrong = []
    for language, day in sorted({key[:2] for key in _differences()}):
        wrong += _recount(language, day)
    return wrong


def pages_with_counts(wrong: list[dict[str, Any]]) -> set[str]:
    """Return the pages that print one of these counts, are cut by them, or offer what they hold."""
    paths: set[str] = set()
    for entry in wrong:
        language, day = entry["language"], date.fromisoformat(entry["date"])
        kind, _, slug = entry["rubric"].partition(":")
        paths |= {
            sitemap_path(),
            news_path(language),
            archive_path(language),
            archive_path(language, day.year),
            archive_path(language, day.year, day.month),
            archive_path(language, day.year, day.month, day.day),
        }
        if kind:
            paths |= {
                rubric_path(language, kind, slug),
                rubric_path(language, kind, slug, day.year, day.month),
            }
            total = Count.objects.filter(language=language, rubric=entry["rubric"]).aggregate(Sum("number"))
            most = (total["number__sum"] or 0) + max(0, entry["was"] - entry["is"])
            paths |= {rubric_path(language, kind, slug, page=page) for page in range(2, closed_pages(most) + 2)}
    return paths


def wrongly_counted(at: datetime) -> ReleaseQuerySet:
    """Return the announced releases whose `counted` is not true to what readers see.

    A release that has ended stays counted until the one that follows it is announced.
    """
    heir = Release.objects.live(at).filter(article_id=OuterRef("article_id"), announced_at=None)
    shown = Q(live_at__lte=at) & (Q(ended_at=None) | Q(ended_at__gt=at))
    missed = shown & Q(announced_at__isnull=False, counted=False)
    outlived = Q(counted=True, ended_at__lte=at) & ~Exists(heir)
    return Release.objects.filter(missed | outlived)


def _put_right(pk: int, article: int, at: datetime) -> None:
    with transaction.atomic():
        Article.objects.select_for_update(no_key=True).filter(
            pk=article
        ).first()  # acts on one article wait for each other
        wrongly_counted(at).filter(pk=pk).update(counted=~F("counted"))


def _differences() -> set[Key]:
    stored = {(row.language, row.date, row.rubric): row.number for row in Count.objects.exclude(number=0)}
    true = counted_releases()
    return {key for key in stored.keys() | true.keys() if stored.get(key, 0) != true[key]}


def counted_releases(**where: Any) -> Counter[Key]:
    """Count the counted releases anew, by language, day and rubric; `where`: filters of releases."""
    return Counter(dict(_groups(Release.objects.filter(counted=True, **where).order_by())))


def _groups(releases: ReleaseQuerySet) -> Iterator[tuple[Key, int]]:
    days = releases.values_list("language", "published_date").annotate(number=Number("id"))
    for language, day, number in days:
        yield (language, day, ""), number
    for kind, field in RUBRICS.items():
        rows = releases.exclude(**{field: None}).values_list("language", "published_date", field)
        for language, day, slug, number in rows.annotate(number=Number("id")):
            yield (language, day, f"{kind}:{slug}"), number


def _recount(language: str, day: date) -> list[dict[str, Any]]:
    """Recount one day with its rows locked: an act in progress adds its own afterwards."""
    wrong = []
    with transaction.atomic():
        rows = Count.objects.select_for_update().filter(language=language, date=day)
        stored = {row.rubric: row.number for row in rows.order_by(Bytewise("rubric"))}
        true = {key[2]: n for key, n in counted_releases(language=language, published_date=day).items()}
        for rubric in sorted(stored.keys() | true.keys()):
            was, now = stored.get(rubric, 0), true.get(rubric, 0)
            if was == now:
                continue
            Count.objects.update_or_create(language=language, date=day, rubric=rubric, defaults={"number": now})
            wrong.append({"language": language, "date": day.isoformat(), "rubric": rubric, "was": was, "is": now})
    return wrong
