"""A name in the admin: what it is, how it is inflected, and as lines of text what else the register file says of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from articles.footnotes.registers import RegisterFileError, parse_organization
from articles.footnotes.registers.parse import CASES, INFLECTIONS, KINDS
from articles.interchange import worded
from articles.models import Name, Organization
from articles.models.fields import TextEntry

from .paged import NewRowsFormSet, PagedFormSet

ANYBODY = {"kind": "person", "person": {"family": "Nobody", "given": "Nobody", "gender": "m"}}
BY_RULE = ("", _("by rule"))
LISTS = "forms not_forms descriptor cues not_after not_before other_meanings strong_in examples".split()
WORDS = {"case": CASES, "spells_word": ("true", "false")}
KIND_NAMES = {
    "abbreviation": _("abbreviation"),
    "proper": _("proper name"),
    "official": _("official name"),
    "long": _("long name"),
    "pseudonym": _("pseudonym of a person"),
}


def to_lines(data: dict[str, Any]) -> str:
    """Return what the file says of a name as lines such as `cues: court; trial`.

    >>> to_lines({"case": "any", "cues": ["court", "trial"]})
    'case: any\\ncues: court; trial'
    """
    return "\n".join(f"{key}: {shown(value)}" for key, value in data.items())


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "; ".join(value) if isinstance(value, list) else str(value)


def from_lines(typed: str) -> dict[str, Any]:
    """Return what `to_lines` showed; raise ValidationError, naming the line, for what no register file says."""
    data: dict[str, Any] = {}
    for number, line in enumerate(typed.splitlines(), start=1):
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not line.strip():
            continue
        if not colon or key not in [*LISTS, *WORDS] or key in data:
            known = ", ".join([*WORDS, *LISTS])
            raise ValidationError(
                _("Line %(line)d: “word: value” is expected, each word once, of: %(known)s"),
                params={"line": number, "known": known},
            )
        if key in LISTS:
            data[key] = [part.strip() for part in value.split(";") if part.strip()]
        elif value in WORDS[key]:
            data[key] = value == "true" if key == "spells_word" else value
        else:
            raise ValidationError(
                _("Line %(line)d: one of these is expected: %(known)s"),
                params={"line": number, "known": ", ".join(WORDS[key])},
            )
    return data


class OfEntry(forms.BaseInlineFormSet):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"entry": self.instance}


class NameFormSet(OfEntry, PagedFormSet):
    """The names of an entry, a page at a time."""

    named = "names"


class NewNameFormSet(OfEntry, NewRowsFormSet):
    """Names that an entry is given, above those it has."""

    named = "names"


class NameForm(forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("what it is"),
        choices=[BY_RULE, *((one, KIND_NAMES[one]) for one in KINDS)],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    inflection = forms.ChoiceField(
        label=_("inflection"),
        choices=[BY_RULE, *((one, one) for one in INFLECTIONS)],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    more = TextEntry(
        label=_("what else holds for it"),
        required=False,
        max_length=5000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 1, "cols": 24}),
        help_text=_("Lines such as “cues: court; trial” or “not_before: University”, as in the register file."),
    )

    class Meta:
        model = Name
        fields = ("text", "language", "kind", "strength", "inflection", "more", "review", "position")

    def __init__(self, *args: Any, entry: Organization | None = None, **kwargs: Any) -> None:
        self.entry = entry
        super().__init__(*args, **kwargs)
        data = self.instance.data or {}
        self.initial["kind"] = data.get("kind", "")
        self.initial["more"] = to_lines({key: value for key, value in data.items() if key != "kind"})

    def clean_more(self) -> str:
        kind = self.cleaned_data.get("kind")
        self.instance.data = ({"kind": kind} if kind else {}) | from_lines(self.cleaned_data["more"])
        typed: str = self.cleaned_data["more"]
        return typed

    def clean(self) -> dict[str, Any]:
        """Let the engine's reader judge the name as a whole; what it finds stands at the name's text."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors or not cleaned.get("text"):
            return cleaned
        name = {key: cleaned[key] for key in ("text", "language", "strength", "inflection") if cleaned.get(key)}
        try:
            entry = {"key": "one", "names": [name | self.instance.data]}
            parse_organization(entry | (ANYBODY if self.is_of_person() else {}), {})
        except RegisterFileError as error:
            self.add_error("text", [f"{problem.field}: {worded(problem)}" for problem in error.problems])
        self.refuse_twin(cleaned)
        return cleaned

    def is_of_person(self) -> bool:
        """Say whether the entry, as its own form was just read, is a person."""
        return self.entry is not None and self.entry.is_person

    def refuse_twin(self, cleaned: dict[str, Any]) -> None:
        """Refuse a name that the entry has already, on whichever page of its names, and lead there."""
        same = {key: cleaned.get(key) for key in ("language", "text")}
        names = Name.objects.filter(organization=self.instance.organization_id)
        twin = names.filter(**same).exclude(pk=self.instance.pk).first()
        if twin is None:
            return
        before = names.filter(Q(position__lt=twin.position) | Q(position=twin.position, pk__lt=twin.pk)).count()
        page, message = before // NameFormSet.size + 1, str(_("The entry has this name already."))
        if names.count() > NameFormSet.size:
            link = '{} <a href="?names-page={}#names-group" class="underline">{}</a>'
            message = format_html(link, message, page, _("Page %d") % page)
        self.add_error("text", message)
