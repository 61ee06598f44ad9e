"""The list of a rubric, cut into pages; the first leads to the same in the other languages that have it."""

from collections.abc import Iterator, Sequence

from django.db.models import Count as Number
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from articles.models import CODES, Count
from articles.models import KINDS as RUBRIC_KINDS

from ..entry import Entry
from ..live import Live
from ..places import Places
from ..positions import Positions, of_rubric
from ..turns import only_theirs
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

    def of_place(self, entries: Sequence[Entry], places: Places) -> Iterator[str]:
        yield from super().of_place(entries, places)
        for found in only_theirs((of_rubric(one, key) for one in entries for key in one.keys[1:]), places):
            yield from in_others(found.language, *found.rubric.split(":"))

    def of_count(self, count: Recounted) -> Iterator[str]:
        """The list is cut by the sum of its counts: as many pages as it has, or had by the wrong one."""
        if count.kind:
            rows = Count.objects.filter(language=count.language, rubric=f"{count.kind}:{count.slug}")
            total = rows.aggregate(number=Sum("number"))["number"] or 0
            address = rubric_path(count.language, count.kind, count.slug)
            yield from pages_in(address, total + max(0, count.was - count.now))
            yield from in_others(count.language, count.kind, count.slug) if count.is_at_nothing else ()

    def every(self, live: Live) -> Iterator[str]:
        for kind, slug in live.rubrics:
            yield rubric_path(live.language, kind, slug)
        for kind, rubric in RUBRIC_KINDS.items():
            rows = live.everything.exclude(**{rubric.slug_field: None}).values_list(rubric.slug_field)
            for slug, total in rows.annotate(Number("id")):
                yield from pages_in(rubric_path(live.language, kind, slug), total)


def in_others(language: str, kind: str, slug: str) -> Iterator[str]:
    """Yield the addresses of the same region or topic in the other languages; those of categories are there always."""
    for code in CODES:
        if code != language and kind != "category":
            yield rubric_path(code, kind, slug)
