"""Records with a text in each language: the desk shows those of the languages that the outlet publishes in.

A name that is not shown is kept in step with the one that is, so that whatever reads it finds a name and the language
can be taken up again. A text that may be empty, such as a caption, is left alone.
"""

import json
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest

from articles.editions.slugs import RUSSIAN
from articles.models import CODES
from articles.models.languages import columns, desk_used

from ..base import without


def hidden_columns(model: type[Model]) -> set[str]:
    """Return the columns of a model that hold texts in languages that the outlet does not publish in."""
    endings = tuple(f"_{code}" for code in CODES if code not in desk_used())
    return {field.name for field in model._meta.concrete_fields if endings and field.name.endswith(endings)}


def in_used_languages(fieldsets: Any, model: type[Model]) -> list[Any]:
    """Return a form's fieldsets without the texts in languages that are not used."""
    hidden = hidden_columns(model)
    return [(name, options | {"fields": without(options["fields"], hidden)}) for name, options in fieldsets]


class InUsedLanguages:
    """Stands before `NewsroomAdmin`."""

    model: type[Model]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out the texts in languages that are not used."""
        return in_used_languages(super().get_fieldsets(request, obj), self.model)  # type: ignore[misc]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Leave out the columns of languages that are not used."""
        hidden = hidden_columns(self.model)
        return [column for column in super().get_list_display(request) if column not in hidden]  # type: ignore[misc]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, tuple[str, ...]]:
        """Make the address part from the first name that is shown."""
        fields = super().get_prepopulated_fields(request, obj)  # type: ignore[misc]
        return {name: columns("name", desk_used()[:1]) for name in fields}


class InStepForm(forms.ModelForm):
    """The form of a record with a `name` in each language, of which those may be left out that are not used."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].widget.attrs["data-letters"] = json.dumps(RUSSIAN, ensure_ascii=False)

    def _post_clean(self) -> None:
        before = {column: getattr(self.instance, column) for column in columns("name")}
        super()._post_clean()  # type: ignore[misc]
        given = [column for column in before if self.cleaned_data.get(column)]
        if not given:
            return
        for column in before:
            if column not in given and getattr(self.instance, column) in ("", before[given[0]]):
                setattr(self.instance, column, getattr(self.instance, given[0]))
