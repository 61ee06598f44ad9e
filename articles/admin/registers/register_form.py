"""The wordings of a register's notes as single fields: language by language, with the source of each text."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from articles.models import CODES, LANGUAGES, Register
from articles.models.fields import TextEntry

KINDS = {
    "one": _("Note, one entry"),
    "many": _("Note, several entries"),
    "inline": _("Short form in brackets"),
    "lifted": _("Note after the designation was lifted"),
}
# Where those above speak of organizations.
PERSON_KINDS = {
    "person_one": _("Note, one person"),
    "person_many": _("Note, several persons"),
    "person_inline": _("Short form in brackets, a person"),
    "person_lifted": _("Note after the designation of a person was lifted"),
}
WORDINGS = KINDS | PERSON_KINDS
WORDING, SOURCE = 5000, 500  # characters
LANGUAGE_NAMES = dict(LANGUAGES)
GENDER_LINE = re.compile(r"([fmn]): *(\S.*)")


def wording_fields() -> dict[str, TextEntry]:
    """Return the fields `en_one`, `en_one_source`, …, in the order in which they are shown."""
    fields: dict[str, TextEntry] = {}
    for language in CODES:
        for kind, label in WORDINGS.items():
            fields[f"{language}_{kind}"] = TextEntry(
                label=label, required=False, max_length=WORDING, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
            )
            fields[f"{language}_{kind}_source"] = TextEntry(
                label=_("Source of the wording"), required=False, max_length=SOURCE, widget=UnfoldAdminTextInputWidget()
            )
    return fields


def to_text(wording: Any) -> str:
    """Return a wording as it is edited: one text, or a line `f: …` for each gender."""
    text = wording.get("text", "") if isinstance(wording, dict) else wording
    if isinstance(text, dict):
        return "\n".join(f"{gender}: {text[gender]}" for gender in "fmn" if gender in text)
    return str(text or "")


def source_of(wording: Any) -> str:
    return str(wording.get("source", "")) if isinstance(wording, dict) else ""


def wordings_of(register: Register) -> list[dict[str, Any]]:
    """Return what the register prints, for reading: {label, language, text, source} for each wording and notice."""
    found = [
        {"label": WORDINGS[kind], "language": language, "text": to_text(wording), "source": source_of(wording)}
        for language, wordings in (register.notes or {}).items()
        for kind, wording in wordings.items()
    ]
    return found + [
        {"label": _("The outlet's own notice"), "language": language, "text": to_text(one), "source": source_of(one)}
        for language, one in (register.own_notice or {}).items()
    ]


def from_text(typed: str) -> str | dict[str, str]:
    """Return what `to_text` showed; raise ValidationError when only some of the lines name a gender."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    found = [GENDER_LINE.fullmatch(line) for line in lines]
    if not any(found):
        return " ".join(lines)
    if not all(found) or len({match[1] for match in found if match}) != len(found):
        raise ValidationError(_("Begin each line with another gender: “f: ”, “m: ” or “n: ”."))
    return {match[1]: match[2] for match in found if match}


REQUIRED = ("one", "many", "inline")
COLUMNS = (
    "key jurisdiction status position title_en title_ru keeper_en keeper_ru archive_policy lifted_policy "
    "source_url checked_at check_days shrink_percent apply_additions"
).split()
OWN_NOTICE = ("own_ru_text", "own_ru_source", "own_en_text", "own_en_source", "own_size")


def own_notice_fields() -> dict[str, forms.Field]:
    """Return the fields of the outlet's own notice: a text in each language, with its source, its size and place."""
    fields: dict[str, forms.Field] = {}
    for language, name in LANGUAGE_NAMES.items():
        fields[f"own_{language}_text"] = TextEntry(
            label=format_lazy(_("Own notice in {language}"), language=name),
            required=False,
            max_length=WORDING,
            widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        )
        fields[f"own_{language}_source"] = TextEntry(
            label=_("Source of the wording"), required=False, max_length=SOURCE, widget=UnfoldAdminTextInputWidget()
        )
    fields["own_size"] = forms.FloatField(
        label=_("Size, times that of the text"),
        required=False,
        min_value=1,
        max_value=4,
        widget=UnfoldAdminDecimalFieldWidget(attrs={"step": "0.1"}),
    )
    return fields


class RegisterForm(forms.ModelForm):
    class Meta:
        model = Register
        fields = COLUMNS
        widgets = {
            "title_en": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
            "title_ru": UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        }

    locals().update(wording_fields() | own_notice_fields())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in CODES:
            for kind in WORDINGS:
                wording = (self.instance.notes or {}).get(language, {}).get(kind, "")
                self.initial[f"{language}_{kind}"] = to_text(wording)
                self.initial[f"{language}_{kind}_source"] = source_of(wording)
        self.show_own_notice()

    def show_own_notice(self) -> None:
        for language, notice in (self.instance.own_notice or {}).items():
            self.initial[f"own_{language}_text"] = notice.get("text", "")
            self.initial[f"own_{language}_source"] = notice.get("source", "")
            self.initial["own_size"] = notice.get("size", 1)

    def clean(self) -> dict[str, Any]:
        """Gather the wordings; only the one for lifted designations may be missing."""
        cleaned = super().clean() or self.cleaned_data
        notes: dict[str, dict[str, Any]] = {}
        for language in CODES:
            for kind in WORDINGS:
                self.gather(notes, language, kind)
        self.instance.notes = notes
        self.instance.own_notice = {
            language: self.own_notice(language)
            for language in ("ru", "en")  # the first one is printed
            if cleaned.get(f"own_{language}_text", "").strip()
        }
        return cleaned

    def own_notice(self, language: str) -> dict[str, Any]:
        """Return the notice as typed, with what the file says of it beyond these fields."""
        kept = (self.instance.own_notice or {}).get(language, {})
        return kept | {
            "text": self.cleaned_data[f"own_{language}_text"].strip(),
            "source": self.cleaned_data.get(f"own_{language}_source", ""),
            "size": self.cleaned_data.get("own_size") or 1.0,
        }

    def gather(self, notes: dict[str, dict[str, Any]], language: str, kind: str) -> None:
        """Put one wording into `notes`; complain at its field."""
        name = f"{language}_{kind}"
        typed = self.cleaned_data.get(name, "")
        if not typed.strip():
            if kind in REQUIRED:
                self.add_error(name, _("Readers need this text: it is printed under their article."))
            return
        try:
            text = from_text(typed)
        except ValidationError as error:
            self.add_error(name, error)
            return
        notes.setdefault(language, {})[kind] = {"text": text, "source": self.cleaned_data.get(f"{name}_source", "")}
