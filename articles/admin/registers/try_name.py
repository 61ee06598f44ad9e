"""Try a name: what would it mark in the last thousand articles? Nothing is stored."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from articles.editions.words_beside import plain
from articles.footnotes.registers import RegisterFileError
from articles.footnotes.registers.parse import INFLECTIONS
from articles.footnotes.rules import REASONS
from articles.interchange import Occurrence, Trial, try_name, worded
from articles.models import LANGUAGES, Name, Organization
from articles.models.fields import TextEntry
from articles.registers import NoRegisters

from ..articles.mentions import in_context, label_of
from ..base import NewsroomAdmin

SHOWN = 100  # hits of a kind
TRY = "admin:articles_organization_try"
BY_RULE = ("", gettext_lazy("by rule, from the name itself"))


class TryForm(forms.Form):
    text = TextEntry(label=gettext_lazy("Name"), max_length=800, widget=UnfoldAdminTextInputWidget)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES, widget=UnfoldAdminSelectWidget)
    strength = forms.ChoiceField(
        label=gettext_lazy("Strength"),
        choices=[BY_RULE, *Name.STRENGTHS],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    inflection = forms.ChoiceField(
        label=gettext_lazy("Inflection"),
        choices=[BY_RULE, *((one, one) for one in INFLECTIONS)],
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    organization = forms.ModelChoiceField(
        Organization.objects.standing(),
        label=gettext_lazy("Entry"),
        required=False,
        to_field_name="key",
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Its key: then its other names count as cues, and what they mark anyway is left out."),
    )

    def name(self) -> dict[str, Any]:
        """Return the name as an entry of a register file."""
        return {
            key: self.cleaned_data[key]
            for key in ("text", "language", "strength", "inflection")
            if self.cleaned_data[key]
        }


class TryViews(NewsroomAdmin):
    """The view and the links to it; the admin of organizations carries them."""

    actions_list = ("try_any",)
    actions_detail: tuple[str, ...] = ("try_one",)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path("try-a-name/", wrap(self.try_view), name="articles_organization_try"), *super().get_urls()]

    @action(description=gettext_lazy("Try a name"), url_path="try-any", icon="science")
    def try_any(self, request: HttpRequest) -> HttpResponse:
        return redirect(TRY)

    @action(description=gettext_lazy("Try a name"), url_path="try-one", icon="science")
    def try_one(self, request: HttpRequest, object_id: int) -> HttpResponse:
        organization = self.get_object(request, str(object_id))
        query = {"organization": organization.key} if organization else {}
        return redirect(f"{reverse(TRY)}?{urlencode(query)}")

    def try_view(self, request: HttpRequest) -> HttpResponse:
        """Show the form, and what the name would mark once there is one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        organization = Organization.objects.filter(key=request.GET.get("organization", "")).first()
        asked = "text" in request.GET
        form = TryForm(request.GET if asked else None, initial=request.GET.dict())
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Try a name"),
            "form": form,
            "organization": organization,
            "names": [link(name) for name in organization.names.all()[:60]] if organization else [],
        }
        if asked and form.is_valid():
            try:
                context |= shown(try_name(form.name(), form.cleaned_data["organization"], timezone.now()))
            except RegisterFileError as error:
                form.add_error("text", "; ".join(map(worded, error.problems)))
            except NoRegisters as error:
                form.add_error(None, str(error))
        return TemplateResponse(request, "admin/articles/registers/try_name.html", context)


def link(name: Name) -> dict[str, str]:
    """Return an existing name with the address that tries it."""
    values = {key: getattr(name, key) for key in ("text", "language", "strength", "inflection")}
    return {"text": name.text, "address": f"?{urlencode(values | {'organization': name.organization.key})}"}


def shown(trial: Trial) -> dict[str, Any]:
    """Return the trial as the template shows it."""
    kinds = {"marked": trial.marked, "unclear": trial.unclear, "rejected": trial.rejected}
    return {"trial": trial, **{kind: [line(hit) for hit in hits[:SHOWN]] for kind, hits in kinds.items()}}


def line(hit: Occurrence) -> dict[str, Any]:
    return {
        "article_id": hit.article_id,
        "headline": hit.headline,
        "language": hit.language,
        "where": label_of(hit.found.field),
        "surface": plain(hit.found.surface, hit.field),
        "context": in_context(hit.found, hit.field),
        "why": hit.found.why or _(REASONS[hit.found.rule]),
    }
