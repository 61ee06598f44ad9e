"""An entry of the registers in the admin: a body, or a person with the parts of the name; the engine judges it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.footnotes.registers import RegisterFileError, parse_organization
from articles.footnotes.registers.person import apart, identity
from articles.footnotes.registers.private import holds_private
from articles.footnotes.types import Person
from articles.interchange import worded
from articles.models import Designation, Organization
from articles.registers import PARTS

from .private import NOT_KEPT

OF_PERSONS = (*PARTS, "surname")


class EntryForm(forms.ModelForm):
    class Meta:
        model = Organization
        fields = ("key", "kind", *OF_PERSONS)

    def clean(self) -> dict[str, Any]:
        """Let the engine's reader judge the parts; each mistake stands at its field."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if cleaned.get("kind") != "person":
            for field in OF_PERSONS:
                if cleaned.get(field):
                    self.add_error(field, _("Only a person has this: choose “person” as the kind, or leave it empty."))
            return cleaned
        parts = {part: cleaned[part].strip() or None for part in PARTS}
        entry = {"key": cleaned["key"], "names": [{"text": "One"}], "kind": "person", "person": parts}
        try:
            parse_organization(entry, {})
        except RegisterFileError as error:
            for problem in error.problems:
                self.add_error(problem.field if problem.field in (*PARTS, "key") else None, worded(problem))
        return cleaned


class PeriodFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Refuse a second entry of one person; namesakes are on a register since different days."""
        super().clean()
        for form in self.forms if self.instance.is_person else ():
            if holds_private(form.cleaned_data.get("source", "") if form.is_valid() else ""):
                form.add_error("source", NOT_KEPT)
        if any(self.errors) or not is_whole(self.instance):
            return
        cleaned = [
            form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        periods = [(one["register"].pk, one.get("designated_from")) for one in cleaned if one.get("register")]
        for other in alike(self.instance):
            if not apart(periods, periods_of(other)):
                raise ValidationError(
                    _("This person has an entry already: “%(key)s”. Give that one the designation.")
                    % {"key": other.key}
                )


def is_whole(entry: Organization) -> bool:
    return entry.is_person and bool(entry.family and entry.given and entry.gender)


def alike(entry: Organization) -> list[Organization]:
    """Return the other entries of persons of exactly this name."""
    rows = Organization.objects.standing().filter(kind="person", gender=entry.gender).exclude(pk=entry.pk)
    return [row for row in rows if identity(parts_of(row)) == identity(parts_of(entry))]


def parts_of(entry: Organization) -> Person:
    return Person(entry.family, entry.given, entry.patronymic, entry.gender)


def periods_of(entry: Organization) -> list[tuple[int, date | None]]:
    return list(Designation.objects.filter(organization=entry).values_list("register", "designated_from"))


def full_name(entry: Organization) -> str:
    """Return the name as keepers print it: family name, given name, patronymic."""
    return " ".join(filter(None, (entry.family, entry.given, entry.patronymic)))
