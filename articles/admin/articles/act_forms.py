"""What an act asks before it is done: when, what kind of change, why."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSplitDateTimeWidget,
    UnfoldAdminTextareaWidget,
)

from articles import editions
from articles.models import Article
from articles.models.fields import TextEntry
from articles.registers import NoRegisters

from ..zone import refuse_odd_year

CHANGES = (
    ("minor", _("Minor edit: readers are told nothing")),
    ("update", _("Update: there is news in it")),
    ("correction", _("Correction: something was wrong")),
    ("clarification", _("Clarification: something could be misunderstood")),
)


def checked(article: Article, at: datetime) -> editions.Checked | None:
    """Ask the engine what publishing the working copy at `at` would mark; None while there are no registers."""
    try:
        return editions.check(article, at, explain_in=(get_language() or "")[:2])
    except NoRegisters:  # the use case says so
        return None


class ActForm(forms.Form):
    """Asks nothing: a plain confirmation. `shows_gate`: whether what is open stands on its page; `counts`: whether it
    says how many mentions will be marked; `shows_checklist`: whether the list before publishing does."""

    shows_gate = False
    counts = False
    shows_checklist = False

    def __init__(self, *args: Any, article: Article, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article, self.at = article, at

    @property
    def moment(self) -> datetime:
        """Return when the article would go live."""
        return self.at

    @cached_property
    def checked(self) -> editions.Checked | None:
        """Return what the engine finds for that moment; asked for by its page, not by the click."""
        return checked(self.article, self.moment)

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of the use case."""
        return {}


class NoteForm(ActForm):
    note = TextEntry(
        label=_("Reason"), max_length=2000, required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 4})
    )

    def arguments(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"]}


SHOWN = (
    ("saved", _("The version as it is saved now")),
    ("newest", _("Always the newest version, as often as it is saved")),
)


class ShareForm(ActForm):
    shown = forms.ChoiceField(label=_("What the link shows"), choices=SHOWN, widget=UnfoldAdminSelectWidget)

    def arguments(self) -> dict[str, Any]:
        return {"newest": self.cleaned_data["shown"] == "newest"}


class RetractForm(NoteForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = _("Readers see it at the head of the article and in the log of corrections.")


class WithdrawForm(NoteForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = _("For the newsroom's own log; readers do not see it.")


class PublishForm(ActForm):
    shows_gate = counts = shows_checklist = True
    reason = forms.ChoiceField(label=_("Kind of change"), choices=CHANGES, widget=UnfoldAdminSelectWidget)
    note = TextEntry(
        label=_("What was changed"),
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("Printed in a box on the article and in the log of corrections; a minor edit has none."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.article.releases.was_public(self.at).exists():
            del self.fields["reason"], self.fields["note"]
        if not self.is_bound:
            self.initial.update(said_ahead(self.article, self.at))

    def clean(self) -> dict[str, Any]:
        """Refuse a note that nobody would read."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == "minor" and cleaned.get("note"):
            self.add_error(
                "reason",
                _("A minor edit prints no note: choose another kind of change, or take the note out."),
            )
        return cleaned

    def arguments(self) -> dict[str, Any]:
        data = self.cleaned_data
        clarified = data.get("reason") == "clarification"
        return {
            "reason": "correction" if clarified else data.get("reason"),
            "kind": "clarification" if clarified else "",
            "note": data.get("note", ""),
        }


def said_ahead(article: Article, at: datetime) -> dict[str, str]:
    """Return what a schedule says of its change, for the act that replaces it to begin with."""
    correction = article.corrections.filter(edition__release__live_at__gt=at).first()
    return {"reason": correction.kind, "note": correction.text} if correction else {}


class ScheduleForm(PublishForm):
    live_at = forms.SplitDateTimeField(
        label=_("Visible from"), widget=UnfoldAdminSplitDateTimeWidget, validators=[refuse_odd_year]
    )
    field_order = ("live_at", "reason", "note")

    @property
    def moment(self) -> datetime:
        return getattr(self, "cleaned_data", {}).get("live_at") or self.at

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"live_at": self.cleaned_data["live_at"]}
