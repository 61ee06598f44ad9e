"""The filters of "All news": rubric and dates; a value that cannot be is a message at its field."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.forms.utils import flatatt
from django.utils.dateparse import parse_date
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from ..models import KINDS, Edition, Release

Named = tuple[str, str]  # address part, name in the page's language
LONGEST = 100  # characters of a value
ONE = timedelta(days=1)
FIRST, LAST = date.min + ONE, date.max - 2 * ONE  # between these a day has neighbours


class PlainSelect(forms.Select):
    """A choice of one, without the groups that Django's can have: its template for each of sixty rubrics took a third
    of a page's time."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the HTML."""
        chosen = self.format_value(value)
        options = (
            f'<option value="{escape(key)}"{" selected" if str(key) in chosen else ""}>{escape(label)}</option>'
            for key, label in self.choices
        )
        given = flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})}))
        return mark_safe("\n".join((f"<select{given}>", *options, "</select>")))


class RubricFilter(django_filters.ChoiceFilter):
    """A rubric by its address part. A release has each rubric once, so that no DISTINCT is asked for: of each release
    the database asks whether it is filed there."""

    def __init__(self, *, kind: str, label: Any, empty_label: Any) -> None:
        super().__init__(
            field_name=kind,
            label=label,
            empty_label=empty_label,
            distinct=False,
            widget=PlainSelect,
            error_messages={"invalid_choice": forms.ModelChoiceField.default_error_messages["invalid_choice"]},
        )

    def filter(self, qs: QuerySet[Release], value: str) -> QuerySet[Release]:
        """Return those of the releases that are filed under the rubric; all without one."""
        if not value:
            return qs
        kind = KINDS[self.field_name]
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

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the HTML, without Django's template of it."""
        shown = self.format_value(value)
        own = {"type": "date", "name": name} | ({"value": shown} if shown else {})
        return mark_safe(f"<input{flatatt(self.build_attrs({**self.attrs, **own}, attrs))}>")


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

    def __init__(self, data: Mapping[str, str], queryset: QuerySet[Release], **rubrics: Iterable[Named]) -> None:
        """Offer these rubrics, by `category`, `region` and `topic`, to choose from the releases."""
        super().__init__(data, queryset)
        for name, choices in rubrics.items():
            self.filters[name].extra["choices"] = list(choices)

    def filter_queryset(self, queryset: QuerySet[Release]) -> QuerySet[Release]:
        """Return those of the releases that the filters let through; none if a value cannot be."""
        return super().filter_queryset(queryset) if self.is_valid() else queryset.none()


FIELDS = tuple(ReleaseFilter.base_filters)
