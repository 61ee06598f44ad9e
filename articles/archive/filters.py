"""The filters of "All news": rubric and dates; a value that cannot be is a message at its field."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ..models import Release

FIELDS = {
    "category": "category__slug",
    "region": "edition__regions__slug",
    "topic": "edition__topics__slug",
    "since": "published_date__gte",
    "until": "published_date__lte",
}
Named = tuple[str, str]  # address part, name in the page's language


def day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d"])


class RubricField(forms.ChoiceField):
    """A rubric by its address part."""

    default_error_messages = {
        "invalid_choice": forms.ModelChoiceField.default_error_messages["invalid_choice"],
    }

    def __init__(self, rubrics: Iterable[Named], **kwargs: Any) -> None:
        choices = [("", kwargs.pop("empty_label")), *rubrics]
        super().__init__(choices=choices, required=False, **kwargs)


class ReleaseFilter(forms.Form):
    since = day(_("From"))  # type: ignore[arg-type]
    until = day(_("To"))  # type: ignore[arg-type]

    def __init__(self, data: Any, **rubrics: Iterable[Named]) -> None:
        """Offer these rubrics, by `category`, `region` and `topic`."""
        super().__init__(data)
        labels = {
            "category": (_("Category"), _("All categories")),
            "region": (_("Region"), _("All regions")),
            "topic": (_("Topic"), _("All topics")),
        }
        for name, (label, empty) in labels.items():
            self.fields[name] = RubricField(rubrics[name], label=label, empty_label=empty)
        self.order_fields(FIELDS)

    def chosen(self, releases: QuerySet[Release]) -> QuerySet[Release]:
        """Return those of the releases that the filters let through; none if a value cannot be."""
        if not self.is_valid():
            return releases.none()
        given = {FIELDS[name]: value for name, value in self.cleaned_data.items() if value}
        return releases.filter(**given)
