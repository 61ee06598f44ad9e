"""The filters of "All news": rubric and dates; a value that cannot be is a message at its field."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from math import prod
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from ..models import KINDS, Edition, Release

Named = tuple[str, str]  # address part, name in the page's language
LONGEST = 100  # characters of a value
ONE = timedelta(days=1)
FIRST, LAST = date.min + ONE, date.max - 2 * ONE  # between these a day has neighbours
SORTED = 30  # what is read whole and sorted costs so many times what is met on the way


class RubricFilter(django_filters.ChoiceFilter):
    """A rubric by its address part. A release has each rubric once, so that no DISTINCT is asked for.

    The database goes through the releases in their order and asks of each whether it is filed there; `is_first`: it
    begins with all that is filed there instead, which is faster where these are few.
    """

    is_first = False

    def __init__(self, *, kind: str, label: Any, empty_label: Any) -> None:
        super().__init__(
            field_name=kind,
            label=label,
            empty_label=empty_label,
            distinct=False,
            error_messages={"invalid_choice": forms.ModelChoiceField.default_error_messages["invalid_choice"]},
        )

    def filter(self, qs: QuerySet[Release], value: str) -> QuerySet[Release]:
        """Return those of the releases that are filed under the rubric; all without one."""
        if not value:
            return qs
        kind = KINDS[self.field_name]
        if self.is_first:
            return qs.filter(**{kind.slug_field: value})
        its_id = Subquery(kind.model._default_manager.filter(slug=value).values("pk")[:1])
        if not kind.is_many:
            return qs.filter(**{f"{kind.field}_id": its_id})
        tied: Any = getattr(Edition, kind.field.removeprefix("edition__")).through
        held = tied._default_manager.filter(edition_id=OuterRef("edition_id"), **{f"{kind.name}_id": its_id})
        return qs.filter(Exists(held))


class DayInput(forms.DateInput):
    """A field for a day. What is no day is not printed again: browsers drop it, and in HTML it is an error."""

    def format_value(self, value: Any) -> str | None:
        """Return the day as HTML writes it, None for what is none."""
        try:
            found = parse_date(str(value or ""))
        except ValueError:
            return None
        return found.isoformat() if found else None


class DayFilter(django_filters.DateFilter):
    """A limit of the publication date, as a browser's own field for days gives it."""

    def __init__(self, *, label: Any, lookup_expr: str) -> None:
        widget = DayInput(attrs={"type": "date"})
        super().__init__(
            field_name="published_date",
            lookup_expr=lookup_expr,
            label=label,
            widget=widget,
            input_formats=["%Y-%m-%d"],
        )

    def filter(self, qs: QuerySet[Release], value: date | None) -> QuerySet[Release]:
        """Return the releases on this side of the day. What it says of their moments is nothing new, as the newsroom's
        day is at most one from that of UTC; but the database begins there in the list."""
        found = super().filter(qs, value)
        if value is None or not FIRST < value < LAST:
            return found
        moment = datetime.combine(value, time.min, UTC)
        if self.lookup_expr == "gte":
            return found.filter(published_at__gte=moment - ONE)
        return found.filter(published_at__lt=moment + 2 * ONE)


class ReleaseFilter(django_filters.FilterSet):
    category = RubricFilter(kind="category", label=_("Category"), empty_label=_("All categories"))
    region = RubricFilter(kind="region", label=_("Region"), empty_label=_("All regions"))
    topic = RubricFilter(kind="topic", label=_("Topic"), empty_label=_("All topics"))
    since = DayFilter(lookup_expr="gte", label=_("From"))
    until = DayFilter(lookup_expr="lte", label=_("To"))

    class Meta:
        model = Release
        fields: tuple[str, ...] = ()

    def __init__(
        self, data: Mapping[str, str], queryset: QuerySet[Release], first: str = "", **rubrics: Iterable[Named]
    ) -> None:
        """Offer these rubrics, by `category`, `region` and `topic`, to choose from the releases; `first`: the kind of
        which so few are chosen that the database begins with them."""
        super().__init__(data, queryset)
        if first:
            self.filters[first].is_first = True
        for name, choices in rubrics.items():
            self.filters[name].extra["choices"] = list(choices)

    def filter_queryset(self, queryset: QuerySet[Release]) -> QuerySet[Release]:
        """Return those of the releases that the filters let through; none if a value cannot be."""
        return super().filter_queryset(queryset) if self.is_valid() else queryset.none()


FIELDS = tuple(ReleaseFilter.base_filters)


def first_of(chosen: Mapping[str, str], sizes: Mapping[str, int], wanted: int) -> str:
    """Return the kind of rubric with which the database is to begin, "" where it is to go through the releases.

    `sizes`: how many articles each chosen rubric's key has, and "" all; `wanted`: how many are looked for. Filed
    independently of each other, so many would be met on the way.
    """
    every = sizes.get("", 0)
    held = {kind: sizes.get(f"{kind}:{chosen[kind]}", 0) for kind in KINDS if chosen.get(kind)}
    many = {kind: number for kind, number in held.items() if KINDS[kind].is_many}
    if not many:
        return ""
    fewest = min(many, key=lambda kind: many[kind])
    way = float(every)  # through all of them, or as far as the wanted ones are likely to be met
    share = prod(number / every for number in held.values()) if every else 0
    if share:
        way = min(way, wanted / share)
    if "category" in held and every:  # of which there is an index
        way *= held["category"] / every
    return fewest if many[fewest] * SORTED < way else ""
