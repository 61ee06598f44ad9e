"""How many articles a day, a month, a year holds: the Count rows, corrected by what is not yet announced."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from ..models import Count, Release


def day_counts(language: str, first: date, last: date, at: datetime, rubric: str = "") -> Counter[date]:
    """Return the number of articles that readers see, by day from `first` to `last`, without empty days.

    `rubric`: empty for all, or such as "category:courts".
    """
    rows = Count.objects.filter(language=language, rubric=rubric, date__range=(first, last))
    counts = Counter(dict(rows.values_list("date", "number")))
    for day, number in unannounced(language, rubric, at):
        if first <= day <= last:
            counts[day] += number
    return +counts


def month_counts(language: str, at: datetime, rubric: str = "", year: int | None = None) -> Counter[tuple[int, int]]:
    """Return the number of articles by (year, month), of all years or of one; empty months are left out."""
    rows = Count.objects.filter(language=language, rubric=rubric)
    if year is not None:
        rows = rows.filter(date__year=year)
    parts = rows.annotate(year=ExtractYear("date"), month=ExtractMonth("date")).values_list("year", "month")
    counts: Counter[tuple[int, int]] = Counter(
        {(row[0], row[1]): row[2] for row in parts.annotate(Sum("number")).order_by()}
    )
    for day, number in unannounced(language, rubric, at):
        if year in (None, day.year):
            counts[day.year, day.month] += number
    return +counts


def unannounced(language: str, rubric: str, at: datetime) -> Iterator[tuple[date, int]]:
    """Yield (day, +1 or -1) for the few releases that have begun, or ended by that, uncounted so far."""
    begun = Release.objects.live(at).filter(announced_at=None, counted=False)
    articles = list(begun.values_list("article_id", flat=True))
    if not articles:
        return
    own = {"language": language} | rubric_lookup(rubric)
    for day in begun.filter(**own).values_list("published_date", flat=True):
        yield day, 1
    ended = Release.objects.filter(article_id__in=articles, counted=True, ended_at__lte=at, **own)
    for day in ended.values_list("published_date", flat=True):
        yield day, -1


def rubric_lookup(rubric: str) -> dict[str, str]:
    """Return the filter of releases for a rubric such as "region:coast"; nothing for the empty one."""
    kind, _, slug = rubric.partition(":")
    lookups = {
        "category": "category__slug",
        "region": "edition__regions__slug",
        "topic": "edition__topics__slug",
    }
    return {lookups[kind]: slug} if kind else {}


def span(language: str, at: datetime) -> tuple[date, date] | None:
    """Return the first and the last day of the archive in a language; None while it is empty."""
    days = Release.objects.live(at).filter(language=language).values_list("published_date", flat=True)
    first = days.order_by("published_date").first()
    last = days.order_by("-published_date").first()
    return (first, last) if first and last else None
