"""A resource of an entry in the admin: an address may be typed as it is copied; the engine's reader judges it."""

from typing import Any

from django import forms

from articles.footnotes.registers import RegisterFileError, parse_organization
from articles.interchange import worded
from articles.lists.resources import resources
from articles.models import Resource

from .paged import NewRowsFormSet, PagedFormSet


class ResourceFormSet(PagedFormSet):
    """The resources of an entry, a page at a time."""

    size = 30
    searched = "value"
    named = "resources"


class NewResourceFormSet(NewRowsFormSet):
    """Resources that an entry is given, above those it has."""

    named = "resources"


FIELDS = ("kind", "service", "value", "number")


class ResourceForm(forms.ModelForm):
    class Meta:
        model = Resource
        fields = (*FIELDS, "register")

    def clean(self) -> dict[str, Any]:
        """Take the host or the account out of a whole address; what is wrong then stands at its field."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        cleaned |= plain(cleaned)
        row = {key: cleaned[key] for key in FIELDS if cleaned.get(key)}
        try:
            parse_organization({"key": "one", "names": [{"text": "One"}], "resources": [row]}, {})
        except RegisterFileError as error:
            for problem in error.problems:
                self.add_error(problem.field if problem.field in FIELDS else None, worded(problem))
        return cleaned


def plain(cleaned: dict[str, Any]) -> dict[str, str]:
    """Return what an address says, such as `https://www.tern.example/`, where it says what was chosen.

    >>> plain({"kind": "host", "value": "https://www.Tern.example/"})
    {'value': 'tern.example'}
    """
    kind, value = cleaned["kind"], cleaned["value"].strip()
    if kind == "path":
        begin, slash, path = value.partition("://")[2].partition("/") if "://" in value else value.partition("/")
        return {"value": f"{begin.lower()}{slash}{path}"}
    if "/" not in value and kind == "account":
        return {"value": value.removeprefix("@"), "service": cleaned.get("service", "").strip().lower()}
    found = [one for one in resources(value) if one.kind == kind]
    if len(found) != 1:
        return {}
    return {"value": found[0].value, **({"service": found[0].service} if kind == "account" else {})}
