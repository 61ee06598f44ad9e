"""The list of a rubric, cut into pages."""

from collections.abc import Iterator

from django.db.models import Count as Number
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from articles.models import KINDS as RUBRIC_KINDS
from articles.models import Count

from ..entry import Entry
from ..live import Live
from ..places import Places
from ..positions import Positions
from .base import PAGE, RUBRIC, CutPages, Recounted, in_figures, paged, pages_in


def rubric_path(
    language: str, kind: str, slug: str, year: int | None = None, month: int | None = None, page: int = 1
) -> str:
    """Return the address of a rubric (`kind`: category, region or topic), or of one month of it."""
    return paged(f"/{language}/{kind}/{slug}/{in_figures(year, month)}", page)


class RubricPages(CutPages):
    name = "rubric"
    label = _("rubric")
    shape = f"{RUBRIC}{PAGE}"

    def lists(self, entry: Entry) -> Iterator[tuple[str, str]]:
        for kind, slug in entry.rubrics:
            yield rubric_path(entry.language, kind, slug), f"{kind}:{slug}"

    def changed(self, entry: Entry, key: str, places: Places) -> range:
        return places.of_rubric(entry, key)

    def page(self, entry: Entry, key: str, positions: Positions) -> int:
        return positions.of_rubric(entry, key)

    def of_count(self, count: Recounted) -> Iterator[str]:
        """The list is cut by the sum of its counts: as many pages as it has, or had by the wrong one."""
        if count.kind:
            rows = Count.objects.filter(language=count.language, rubric=f"{count.kind}:{count.slug}")
            total = rows.aggregate(number=Sum("number"))["number"] or 0
            address = rubric_path(count.language, count.kind, count.slug)
            yield from pages_in(address, total + max(0, count.was - count.now))

    def every(self, live: Live) -> Iterator[str]:
        for kind, slug in live.rubrics:
            yield rubric_path(live.language, kind, slug)
        for kind, rubric in RUBRIC_KINDS.items():
            rows = live.everything.exclude(**{rubric.slug_field: None}).values_list(rubric.slug_field)
            for slug, total in rows.annotate(Number("id")):
                yield from pages_in(rubric_path(live.language, kind, slug), total)
