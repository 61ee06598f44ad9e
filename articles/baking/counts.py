"""The archive's counts held against the releases: what was wrong is put right and named."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count as Number
from django.db.models import Exists, F, Max, Min, OuterRef

from .. import pagemap
from ..models import CODES, KINDS, Article, Count, Release
from ..models.page import Bytewise
from ..models.release import ReleaseQuerySet
from ..pagemap import bounds
from .slices import mark
from .watch import Watch

Key = tuple[str, date, str]  # language, day, rubric
KEY = ("language", "date", "rubric")


class Reconciled(NamedTuple):
    """How far the counts are right: `year`, the last one done; `month`, such as 2024-03, the one in hand, whose pages
    are to be marked; `wrong`: what was wrong in it, as in `reconcile`."""

    year: int
    month: str = ""
    wrong: Sequence[dict[str, Any]] = ()


def reconcile(at: datetime) -> list[dict[str, Any]]:
    """Put the counts right; return what was wrong: {language, date, rubric, was, is}, empty when nothing was.

    The pages that print a wrong count become dirty.
    """
    return [entry for step in reconcile_years(Watch(at), Reconciled(0)) for entry in step.wrong]


def reconcile_years(watch: Watch, after: Reconciled) -> Iterator[Reconciled]:
    """Put the counts right in small steps, beginning after one of them; first the releases' own marks."""
    if after.month:  # who was killed may have put it right, and not marked its pages
        first = date.fromisoformat(f"{after.month}-01")
        wrong = _recount_all(_wrong_days(first.year, first.month))
        mark(pages_with_counts([*wrong, *as_they_are(first)]), watch.now)
        yield Reconciled(after.year, "", wrong)
    if not after.year:
        for pk, article in list(wrongly_counted(watch.now).values_list("pk", "article_id")):
            _put_right(pk, article, watch.now)
            yield Reconciled(0)
    for year in years_with_counts():
        if year <= after.year:
            continue
        for month, days in groupby(_wrong_days(year), lambda one: f"{one[0]:%Y-%m}"):
            yield Reconciled(year - 1, month)
            wrong = _recount_all(days)
            mark(pages_with_counts(wrong), watch.now)
            yield Reconciled(year - 1, "", wrong)
        yield Reconciled(year)


def as_they_are(first: date) -> list[dict[str, Any]]:
    """Return the counts of a month as if each were to be put right."""
    rows = Count.objects.filter(date__range=bounds(first.year, first.month))
    return [
        {"language": language, "date": day.isoformat(), "rubric": rubric, "was": number, "is": number}
        for language, day, rubric, number in rows.values_list(*KEY, "number")
    ]


def years_with_counts() -> list[int]:
    """Return the years in which something is counted, or was published."""
    ends = [end for model, day in ((Count, "date"), (Release, "published_date")) for end in _ends(model, day)]
    return list(range(min(ends).year, max(ends).year + 1)) if ends else []


def _ends(model: type[Count] | type[Release], day: str) -> list[date]:
    ends = model.objects.aggregate(first=Min(day), last=Max(day)).values()
    return [end for end in ends if end]


def pages_with_counts(wrong: Iterable[dict[str, Any]]) -> frozenset[str]:
    """Return the pages that print one of these counts, are cut by them, or offer what they hold."""
    return pagemap.pages_with_counts(map(recounted, wrong))


def recounted(entry: dict[str, Any]) -> pagemap.Recounted:
    """Return a count that was wrong, told as in `reconcile`, as the page map asks for it."""
    kind, _colon, slug = entry["rubric"].partition(":")
    day = date.fromisoformat(entry["date"])
    return pagemap.Recounted(entry["language"], day, kind, slug, entry["was"], entry["is"])


def wrongly_counted(at: datetime) -> ReleaseQuerySet:
    """Return the announced releases whose `counted` is not true to what readers see.

    A release that has ended stays counted until the one that follows it is announced.
    """
    heir = Release.objects.live(at).filter(article_id=OuterRef("article_id"), announced_at=None)
    missed = Release.objects.live(at).filter(announced_at__isnull=False, counted=False)
    outlived = Release.objects.filter(~Exists(heir), counted=True, ended_at__lte=at)
    return missed | outlived


def _put_right(pk: int, article: int, at: datetime) -> None:
    with transaction.atomic():
        Article.objects.select_for_update(no_key=True).filter(
            pk=article
        ).first()  # acts on one article wait for each other
        wrongly_counted(at).filter(pk=pk).update(counted=~F("counted"))


def _wrong_days(year: int, month: int = 0) -> list[tuple[date, str]]:
    """Return the days of a year or a month that are counted wrongly, in order, each with the language."""
    return sorted({(day, language) for language, day, _rubric in _differences(*bounds(year, month))})


def _differences(*days: date) -> set[Key]:
    """Return the keys of wrong counts from one day to another."""
    rows = Count.objects.filter(date__range=days).exclude(number=0)
    stored = {(language, day, rubric): n for language, day, rubric, n in rows.values_list(*KEY, "number")}
    # The languages are named, so that the index of days is read.
    true = counted_releases(language__in=CODES, published_date__range=days)
    return {key for key in stored.keys() | true.keys() if stored.get(key, 0) != true[key]}


def counted_releases(**where: Any) -> Counter[Key]:
    """Count the counted releases anew, by language, day and rubric; `where`: filters of releases."""
    return Counter(dict(_groups(Release.objects.filter(counted=True, **where).order_by())))


def _groups(releases: ReleaseQuerySet) -> Iterator[tuple[Key, int]]:
    days = releases.values_list("language", "published_date").annotate(number=Number("id"))
    for language, day, number in days:
        yield (language, day, ""), number
    for kind, rubric in KINDS.items():
        field = rubric.slug_field
        rows = releases.filter(**{f"{field}__isnull": False}).values_list("language", "published_date", field)
        for language, day, slug, number in rows.annotate(number=Number("id")):
            yield (language, day, f"{kind}:{slug}"), number


def _recount_all(days: Iterable[tuple[date, str]]) -> list[dict[str, Any]]:
    return [entry for day, language in days for entry in _recount(language, day)]


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
