"""“Never this person beside these words”: tried on the archive, then kept as reviewed data of the entry.

It holds once it is applied, like every change of the registers.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextareaWidget

from articles.footnotes.registers.person import MOST_WORDS
from articles.footnotes.registers.private import is_dated
from articles.interchange import try_words
from articles.models import Organization
from articles.models.fields import TextEntry
from articles.publishing.events import log
from articles.registers import NoRegisters

from ..articles.mentions import names_of
from ..base import NewsroomAdmin, editor_of
from .compiling import tell
from .private import NOT_KEPT
from .try_name import SHOWN, line

LONGEST_WORDS = 100
NEVER = "admin:articles_organization_never"


class WordsForm(forms.Form):
    words = TextEntry(
        label=gettext_lazy("Never this person beside"),
        required=False,
        max_length=5000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "A word or phrase a line, such as the profession or the club of a namesake; one Russian word is "
            "meant in all its forms."
        ),
    )

    def clean_words(self) -> list[str]:
        """Return the words, each once. Raises ValidationError for what is no word."""
        words = list(
            dict.fromkeys(" ".join(one.split()) for one in self.cleaned_data["words"].splitlines() if one.strip())
        )
        for word in words:
            if len(word) > LONGEST_WORDS or sum(char.isalnum() for char in word) < 2:
                raise ValidationError(_("“%s” is no word or phrase.") % word[:LONGEST_WORDS])
            if is_dated(word):
                raise ValidationError(NOT_KEPT)
        if len(words) > MOST_WORDS:
            raise ValidationError(_("These are more than %d.") % MOST_WORDS)
        return words


class NeverViews(NewsroomAdmin):
    """The view and the link to it; the admin of entries carries them."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/never-beside/", wrap(self.never_view), name="articles_organization_never"),
            *super().get_urls(),
        ]

    @action(
        description=gettext_lazy("Never beside …"),
        url_path="never-one",
        icon="person_off",
        permissions=["change"],
    )
    def never_one(self, request: HttpRequest, object_id: int) -> HttpResponse:
        entry = self.get_object(request, str(object_id))
        if entry is None or entry.is_person:
            return redirect(NEVER, object_id)
        messages.info(request, _("This is for persons; a name of an organization has “not_before” and “not_after”."))
        return redirect("admin:articles_organization_change", object_id)

    def never_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Try the words with GET; keep with POST those that were tried."""
        entry = self.get_object(request, str(pk))
        if entry is None or not entry.is_person:
            raise Http404
        if not self.has_change_permission(request, entry):
            raise PermissionDenied
        asked = "words" in request.GET or request.method == "POST"
        data = (request.POST if request.method == "POST" else request.GET) if asked else None
        form = WordsForm(data, initial={"words": "\n".join(entry.not_beside)})
        if request.method == "POST" and form.is_valid():
            return self.keep(request, entry, form.cleaned_data["words"])
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Never this person beside …"),
            "form": form,
            "entry": entry,
            "name": names_of({entry.key}).get(entry.key, entry.key),
            "may_keep": False,
        }
        if asked and form.is_valid():
            try:
                context |= shown(entry, form.cleaned_data["words"]) | {"may_keep": True}
            except NoRegisters as error:
                form.add_error(None, str(error))
        return TemplateResponse(request, "admin/articles/registers/never_beside.html", context)

    def keep(self, request: HttpRequest, entry: Organization, words: list[str]) -> HttpResponse:
        before = entry.not_beside
        Organization.objects.filter(pk=entry.pk).update(not_beside=words)
        log("never beside", by=editor_of(request), at=timezone.now(), entry=entry.key, before=before, after=words)
        messages.success(request, _("Kept. It holds once it is applied under Pending changes."))
        tell(request)
        return redirect("admin:articles_organization_change", entry.pk)


def shown(entry: Organization, words: list[str]) -> dict[str, Any]:
    """Return what the words would do to the articles published last, as the template shows it."""
    trial = try_words(entry, words, timezone.now())
    return {
        "trial": trial,
        "words": words,
        "gone": [line(hit) for hit in trial.gone[:SHOWN]],
        "no_question": [line(hit) for hit in trial.no_question[:SHOWN]],
        "marked": [line(hit) for hit in trial.marked[:SHOWN]],
        "unclear": [line(hit) for hit in trial.unclear[:SHOWN]],
    }
