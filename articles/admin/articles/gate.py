"""The gate at the desk: what is open, who has overridden it, and the forms by which one asks for that or does it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from articles import editions, publishing
from articles.models import Article, GateOverride
from articles.models.fields import TextEntry
from articles.publishing.gate import Question, questions_of, saved_version

from ..base import name_of
from .act_forms import ActForm


@dataclass(frozen=True)
class Gate:
    """`open`: what must be answered. `override`: the word of another person that covers it, if there is one;
    `is_own`: whether the user has let it through, for somebody else."""

    open: list[Question]
    override: GateOverride | None
    moment: datetime
    is_own: bool = False

    @property
    def overridden_by(self) -> str:
        return name_of(self.override.made_by) if self.override else ""

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        """Return the kind and the words of what is open, each once, with how often it stands in the text."""
        return [(*one, times) for one, times in Counter((asked.kind, asked.text) for asked in self.open).items()]

    @property
    def query(self) -> str:
        """Return what carries the moment of going live to the pages of asking and overriding."""
        return urlencode({"for_at": self.moment.isoformat()})


def gate_of(article: Article, by: User, live_at: datetime, checked: editions.Checked | None) -> Gate:
    """Return what stands between the article and its readers if `by` released it for that moment.

    `checked`: what the engine has found for that moment; None while there are no registers.
    """
    questions = questions_of(article, checked.found.unclear) if checked else []
    override = publishing.override_for(article, questions, by) if questions else None
    is_own = bool(questions) and override is None and has_let_through(article, questions, by)
    return Gate(questions, override, live_at, is_own)


def has_let_through(article: Article, questions: Iterable[Question], by: User) -> bool:
    """Say whether the user has let the saved text through with these questions."""
    asked = {(question.kind, question.key) for question in questions}
    given = GateOverride.objects.filter(article=article, version=saved_version(article), made_by__user=by)
    return any(asked <= {(one["kind"], one["key"]) for one in override.questions} for override in given)


class GateForm(ActForm):
    """`for_at`: the moment the article is to go live, carried over from the form of scheduling."""

    shows_gate = True
    for_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    @property
    def moment(self) -> datetime:
        """Return the moment whose registers count; a broken one counts as now."""
        given = self.data.get("for_at") if self.is_bound else self.initial.get("for_at")
        try:
            return self.fields["for_at"].clean(given) or self.at
        except ValidationError:
            return self.at


class RequestForm(GateForm):
    note = TextEntry(
        label=_("Why it should go out"),
        max_length=2000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    def arguments(self) -> dict[str, Any]:
        address = reverse("admin:articles_article_act", args=[self.article.pk, "override"])
        link = f"{address}?{urlencode({'for_at': self.moment.isoformat()})}"
        return {"note": self.cleaned_data["note"], "live_at": self.moment, "link": link}


class OverrideForm(GateForm):
    reason = TextEntry(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Recorded with your name. It holds for the text as it is saved now and for these questions."),
    )

    def arguments(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"], "live_at": self.moment}
