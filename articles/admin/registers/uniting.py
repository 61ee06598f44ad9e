"""“Merge with …”: another entry is looked up; both are shown, and what they would be together; then they are merged.

It waits under Pending changes, like every change of the registers.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminTextInputWidget

from articles import publishing
from articles.interchange import merge_entries, state_of, united
from articles.models import Organization
from articles.models.fields import TextEntry
from articles.registers import exported_organization

from ..articles.article_list import mentioning
from ..base import NewsroomAdmin, editor_of
from .compiling import tell
from .pending import PENDING
from .side import looked_up, side, side_of

MERGE = "admin:articles_organization_merge"


class MergeForm(forms.Form):
    keep = forms.ChoiceField(
        label=gettext_lazy("Which key stays"),
        widget=UnfoldAdminRadioSelectWidget,
        help_text=gettext_lazy("The other one leads to it, in files, addresses and answers too."),
    )
    reason = TextEntry(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("For the history: how one knows that both are one."),
    )

    def __init__(self, keys: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]


class MergeViews(NewsroomAdmin):
    """The view and the link to it; the admin of entries carries them."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path("<int:pk>/merge/", wrap(self.merge_view), name="articles_organization_merge"), *super().get_urls()]

    @action(description=gettext_lazy("Merge with …"), url_path="merge-one", icon="merge", permissions=["change"])
    def merge_one(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(MERGE, object_id)

    def entry_to_change(self, request: HttpRequest, pk: int) -> Organization:
        """Return the entry. Raises Http404, PermissionDenied."""
        entry: Organization | None = self.get_object(request, str(pk))
        if entry is None:
            raise Http404
        if not self.has_change_permission(request, entry):
            raise PermissionDenied
        return entry

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Look for another entry, show both, merge them."""
        entry = self.entry_to_change(request, pk)
        sent = request.POST if request.method == "POST" else request.GET
        query = request.GET.get("q", "")
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Merge with …"),
            "entry": entry,
            "query": query,
            "found": [found(one) for one in looked_up(query, entry)],
        }
        other = Organization.objects.standing().filter(key=sent.get("with", "")).first() if sent.get("with") else None
        if sent.get("with") and other is None:
            messages.error(request, _("There is no entry “%s” any more.") % sent["with"])
            return redirect(MERGE, pk)
        if other is not None:
            keys = [entry.key, other.key]
            form = MergeForm(keys, request.POST or None, initial={"keep": entry.key})
            if request.method == "POST" and form.is_valid() and (done := self.merge(request, form, keys)):
                return done
            context |= compared(entry, other) | {"form": form}
        return TemplateResponse(request, "admin/articles/registers/merge.html", context)

    def merge(self, request: HttpRequest, form: MergeForm, keys: list[str]) -> HttpResponse | None:
        """Merge as the form says; None where the form says what is wrong."""
        kept = form.cleaned_data["keep"]
        (other,) = (key for key in keys if key != kept)
        seen, reason = request.POST.get("seen", ""), form.cleaned_data["reason"]
        try:
            merge_entries(kept, other, seen=seen, by=editor_of(request), at=timezone.now(), reason=reason)
        except publishing.Refused as refused:
            form.add_error(refused.field or None, str(refused))
            return None
        values = {"kept": kept, "other": other}
        messages.success(
            request, _("“%(other)s” is merged into “%(kept)s”. It holds once it is applied here.") % values
        )
        tell(request)
        return redirect(PENDING)


def found(one: Organization) -> dict[str, Any]:
    """Return an entry that was looked up, with what tells it from others."""
    registers = sorted({period.register.key for period in one.designations.all()})
    return {"key": one.key, "name": one.shown_name(), "registers": registers, "query": urlencode({"with": one.key})}


def compared(entry: Organization, other: Organization) -> dict[str, Any]:
    """Return both entries, and what they would be as one, or why they cannot be."""
    sides = [side_of(one) | {"articles": mentioning(one.key).count()} for one in (entry, other)]
    context: dict[str, Any] = {"sides": sides, "other": other, "seen": state_of(*sorted((entry, other), key=key_of))}
    try:
        whole = united(exported_organization(entry), exported_organization(other))
    except publishing.Refused as refused:
        return context | {"refused": str(refused)}
    return context | {"whole": side(whole), "namesakes": may_be_namesakes(entry, other)}


def key_of(entry: Organization) -> str:
    return entry.key


def may_be_namesakes(entry: Organization, other: Organization) -> bool:
    """Say whether a register lists both persons since different days, as it lists namesakes."""
    days = {period.register_id: period.designated_from for period in entry.designations.all()}
    return entry.is_person and any(
        days.get(period.register_id, period.designated_from) != period.designated_from
        for period in other.designations.all()
    )
