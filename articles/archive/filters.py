"""The filters of "All news": rubric and dates; a value that cannot be is a message at its field."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..models import Category, Region, Release, Topic


class RubricField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return obj.name(get_language() or "en")


class RubricFilter(django_filters.ModelChoiceFilter):
    """A rubric by its address part, shown by its name in the page's language."""

    field_class = RubricField

    def __init__(self, model: type[Any], **kwargs: Any) -> None:
        super().__init__(queryset=model.objects.all(), to_field_name="slug", distinct=False, **kwargs)


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def borne(model: type[Any], field: str, releases: QuerySet[Release]) -> QuerySet[Any]:
    """Return the rubrics that one of the releases bears: one made for a story under embargo is not known yet."""
    return model.objects.filter(Exists(releases.filter(**{field: OuterRef("pk")})))


class ReleaseFilter(django_filters.FilterSet):
    category = RubricFilter(Category, label=_("Category"), empty_label=_("All categories"))
    region = RubricFilter(Region, field_name="edition__regions", label=_("Region"), empty_label=_("All regions"))
    topic = RubricFilter(Topic, field_name="edition__topics", label=_("Topic"), empty_label=_("All topics"))
    since = django_filters.DateFilter(
        field_name="published_date",
        lookup_expr="gte",
        label=_("From"),
        widget=day(),
        input_formats=["%Y-%m-%d"],
    )
    until = django_filters.DateFilter(
        field_name="published_date",
        lookup_expr="lte",
        label=_("To"),
        widget=day(),
        input_formats=["%Y-%m-%d"],
    )

    class Meta:
        model = Release
        fields: list[str] = []

    def __init__(self, data: QueryDict, releases: QuerySet[Release]) -> None:
        """Choose from `releases`, those that readers see in the page's language."""
        super().__init__(data, queryset=releases)
        for name, model in (("region", Region), ("topic", Topic)):
            field = self.filters[name].field_name
            self.form.fields[name].queryset = borne(model, field, releases)
