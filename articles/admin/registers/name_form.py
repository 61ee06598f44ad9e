"""A name in the admin: what it is, how it is inflected, and as lines of text what else the register file says of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from articles.footnotes.registers import RegisterFileError, parse_organization
from articles.footnotes.registers.parse import CASES, INFLECTIONS, KINDS
from articles.interchange import worded
from articles.models import Name
from articles.models.fields import TextEntry

BY_RULE = ("", _("by rule"))
LISTS = "forms not_forms descriptor cues not_after not_before other_meanings strong_in examples".split()
WORDS = {"kind": KINDS, "case": CASES, "spells_word": ("true", "false")}


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


class NameForm(forms.ModelForm):
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
        fields = ("text", "language", "strength", "inflection", "more", "review", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["more"] = to_lines(self.instance.data or {})

    def clean_more(self) -> str:
        self.instance.data = from_lines(self.cleaned_data["more"])
        typed: str = self.cleaned_data["more"]
        return typed

    def clean(self) -> dict[str, Any]:
        """Let the engine's reader judge the name as a whole; what it finds stands at the name's text."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors or not cleaned.get("text"):
            return cleaned
        name = {key: cleaned[key] for key in ("text", "language", "strength", "inflection") if cleaned.get(key)}
        try:
            parse_organization({"key": "one", "names": [name | self.instance.data]}, {})
        except RegisterFileError as error:
            self.add_error("text", [f"{problem.field}: {worded(problem)}" for problem in error.problems])
        self.refuse_twin(cleaned)
        return cleaned

    def refuse_twin(self, cleaned: dict[str, Any]) -> None:
        """Refuse a name that someone has given the organization since this form was opened."""
        same = {key: cleaned.get(key) for key in ("language", "text")}
        twins = Name.objects.filter(organization=self.instance.organization_id, **same).exclude(pk=self.instance.pk)
        if twins.exists():
            self.add_error("text", _("The organization has this name already."))
