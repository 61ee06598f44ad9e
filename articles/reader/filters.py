"""The filters of "All news": rubric and dates; a value that cannot be is a message at its field."""

from collections.abc import Iterable, Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from ..models import Release

Named = tuple[str, str]  # address part, name in the page's language
LONGEST = 100  # characters of a value


class RubricFilter(django_filters.ChoiceFilter):
    """A rubric by its address part. A release has each rubric once, so that no DISTINCT is asked for."""

    def __init__(self, *, label: Any, empty_label: Any, field_name: str) -> None:
        super().__init__(
            field_name=field_name,
            label=label,
            empty_label=empty_label,
            distinct=False,
            error_messages={"invalid_choice": forms.ModelChoiceField.default_error_messages["invalid_choice"]},
        )


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


class ReleaseFilter(django_filters.FilterSet):
    category = RubricFilter(field_name="category__slug", label=_("Category"), empty_label=_("All categories"))
    region = RubricFilter(field_name="edition__regions__slug", label=_("Region"), empty_label=_("All regions"))
    topic = RubricFilter(field_name="edition__topics__slug", label=_("Topic"), empty_label=_("All topics"))
    since = DayFilter(lookup_expr="gte", label=_("From"))
    until = DayFilter(lookup_expr="lte", label=_("To"))

    class Meta:
        model = Release
        fields: tuple[str, ...] = ()

    def __init__(self, data: Mapping[str, str], queryset: QuerySet[Release], **rubrics: Iterable[Named]) -> None:
        """Offer these rubrics, by `category`, `region` and `topic`, to choose from the releases."""
        super().__init__(data, queryset)
        for name, choices in rubrics.items():
            self.filters[name].extra["choices"] = list(choices)

    def filter_queryset(self, queryset: QuerySet[Release]) -> QuerySet[Release]:
        """Return those of the releases that the filters let through; none if a value cannot be."""
        return super().filter_queryset(queryset) if self.is_valid() else queryset.none()


FIELDS = tuple(ReleaseFilter.base_filters)
