"""The list of a rubric's articles of one month, cut into pages; the first leads to the rubric's nearest months."""

from collections.abc import Iterator, Sequence

from django.db.models import Count as Number
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from articles.models import KINDS as RUBRIC_KINDS

from ..days import bounds
from ..entry import Entry
from ..live import Live
from ..places import Places
from ..positions import Positions, of_month
from ..turns import leading, nearest_to
from .base import MONTH, PAGE, RUBRIC, YEAR, CutPages, Recounted, pages_in
from .rubric import rubric_path


class RubricMonthPages(CutPages):
    name = "rubric_month"
    label = _("month of a rubric")
    shape = f"{RUBRIC}{YEAR}/{MONTH}/{PAGE}"

    def lists(self, entry: Entry) -> Iterator[tuple[str, str]]:
        for kind, slug in entry.rubrics:
            yield rubric_path(entry.language, kind, slug, entry.day.year, entry.day.month), f"{kind}:{slug}"

    def changed(self, entry: Entry, key: str, places: Places) -> range:
        return places.of_month(entry, key)

    def page(self, entry: Entry, key: str, positions: Positions) -> int:
        return positions.of_month(entry, key)

    def of_place(self, entries: Sequence[Entry], places: Places) -> Iterator[str]:
        yield from super().of_place(entries, places)
        for month, day in leading((of_month(one, key) for one in entries for key in one.keys[1:]), places):
            kind, slug = month.rubric.split(":")
            yield rubric_path(month.language, kind, slug, day.year, day.month)

    def of_count(self, count: Recounted) -> Iterator[str]:
        if count.kind:
            yield rubric_path(count.language, count.kind, count.slug, count.day.year, count.day.month)
            key, days = f"{count.kind}:{count.slug}", bounds(count.day.year, count.day.month)
            for day in nearest_to(count.language, key, *days) if count.is_at_nothing else ():
                yield rubric_path(count.language, count.kind, count.slug, day.year, day.month)

    def every(self, live: Live) -> Iterator[str]:
        for kind, rubric in RUBRIC_KINDS.items():
            rows = live.everything.exclude(**{rubric.slug_field: None}).annotate(month=TruncMonth("published_date"))
            for slug, month, total in rows.values_list(rubric.slug_field, "month").annotate(Number("id")):
                yield from pages_in(rubric_path(live.language, kind, slug, month.year, month.month), total)

    def of_period(self, live: Live) -> Iterator[str]:
        """The whole months in which an article of the period stands."""
        for kind, rubric in RUBRIC_KINDS.items():
            field = rubric.slug_field
            found = live.releases.exclude(**{field: None}).values_list(field, "published_date").distinct()
            for slug, year, month in {(slug, day.year, day.month) for slug, day in found}:
                in_month = live.everything.filter(**{field: slug}, published_date__range=bounds(year, month))
                yield from pages_in(rubric_path(live.language, kind, slug, year, month), in_month.count())
