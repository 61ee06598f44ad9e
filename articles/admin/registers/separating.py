"""“Separate …”: chosen names, designations and resources of an entry go to a new one.

It waits under Pending changes, like every change of the registers.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from articles import publishing
from articles.interchange import Chosen, Proposed, changed_since, proposed, separate_entry, state_of
from articles.models import Organization
from articles.models.fields import TextEntry
from articles.registers import PARTS, exported_organization

from ..base import editor_of
from .compiling import tell
from .pending import PENDING
from .side import name_line, period_line, resource_line
from .uniting import MergeViews

SEPARATE = "admin:articles_organization_separate"
SHOWN = 300  # names to choose from on one page
WHERE = (("stay", gettext_lazy("stays")), ("go", gettext_lazy("goes")), ("both", gettext_lazy("is both's")))


class SeparateForm(forms.Form):
    """`exported`: the entry in the form of the register file; `query`: only names that hold it are offered."""

    key = TextEntry(
        label=gettext_lazy("Key of the new entry"),
        max_length=120,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Letters a–z, digits, “-” and “_”. It lasts."),
    )

    def __init__(self, exported: dict[str, Any], proposal: Proposed, query: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exported, self.is_person = exported, exported.get("kind") == "person"
        self.fields["key"].initial = proposal.key
        if self.is_person:
            self.fields |= parts_of(proposal)
        matching = [n for n, one in enumerate(exported["names"]) if query.casefold() in one["text"].casefold()]
        matching.sort(key=lambda number: number not in proposal.names)
        self.more = max(0, len(matching) - SHOWN)
        self.fields["names"] = choice_of(
            _("Names that go"), {n: name_line(exported["names"][n]) for n in sorted(matching[:SHOWN])}, proposal.names
        )
        for number, one in enumerate(exported["designations"]):
            self.fields[f"designation_{number}"] = forms.ChoiceField(
                label=period_line(one),
                choices=WHERE,
                initial=where(number, proposal),
                widget=UnfoldAdminSelectWidget,
            )
        if exported.get("resources"):
            lines = {number: resource_line(one) for number, one in enumerate(exported["resources"])}
            self.fields["resources"] = choice_of(_("Resources that go"), lines, proposal.resources)
        self.fields["reason"] = TextEntry(
            label=_("Reason"),
            max_length=300,
            widget=UnfoldAdminTextInputWidget,
            help_text=_("For the history: how one knows that these are two."),
        )

    def chosen(self) -> Chosen:
        cleaned = self.cleaned_data
        places = {n: cleaned[f"designation_{n}"] for n in range(len(self.exported["designations"]))}
        return Chosen(
            cleaned["key"].strip(),
            frozenset(map(int, cleaned["names"])),
            frozenset(number for number, one in places.items() if one == "go"),
            frozenset(number for number, one in places.items() if one == "both"),
            frozenset(map(int, cleaned.get("resources", ()))),
            {part: cleaned[part].strip() or None for part in PARTS} if self.is_person else None,
        )

    def refuse(self, refused: publishing.Refused) -> None:
        """Put what was refused at its field; what concerns all designations at the first of them."""
        field = {"designations": "designation_0"}.get(refused.field, refused.field)
        self.add_error(field if field in self.fields else None, str(refused))


def where(number: int, proposal: Proposed) -> str:
    """Return where a designation is proposed to stand; of an entry that nothing was merged into, with both."""
    if number in proposal.both or not (proposal.names or proposal.designations):
        return "both"
    return "go" if number in proposal.designations else "stay"


def choice_of(label: str, lines: dict[int, str], chosen: frozenset[int]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=[(str(number), line) for number, line in lines.items()],
        initial=[str(number) for number in sorted(chosen)],
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )


def parts_of(proposal: Proposed) -> dict[str, forms.Field]:
    """Return fields for the parts of a person's name."""
    fields: dict[str, forms.Field] = {
        part: TextEntry(
            label=Organization._meta.get_field(part).verbose_name,  # type: ignore[union-attr]
            initial=proposal.parts.get(part, ""),
            max_length=200,
            required=part != "patronymic",
            widget=UnfoldAdminTextInputWidget,
        )
        for part in PARTS
        if part != "gender"
    }
    fields["gender"] = forms.ChoiceField(
        label=_("gender"),
        choices=[("", "–"), *Organization.GENDERS],
        initial=proposal.parts.get("gender", ""),
        widget=UnfoldAdminSelectWidget,
    )
    return fields


class SeparateViews(MergeViews):
    """The view and the link to it; the admin of entries carries them."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.separate_view)
        return [path("<int:pk>/separate/", view, name="articles_organization_separate"), *super().get_urls()]

    @action(description=gettext_lazy("Separate …"), url_path="separate-one", icon="call_split", permissions=["change"])
    def separate_one(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(SEPARATE, object_id)

    def separate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what the entry holds, and separate what was chosen."""
        entry = self.entry_to_change(request, pk)
        exported, query = exported_organization(entry), request.GET.get("q", "").strip()
        if request.method == "POST" and request.POST.get("seen") != state_of(entry):  # the numbers are of other names
            messages.error(request, str(changed_since()))
            return redirect(SEPARATE, pk)
        form = SeparateForm(exported, proposed(entry, exported), query, request.POST or None)
        if request.method == "POST" and form.is_valid() and (done := self.separate(request, entry, form)):
            return done
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Separate …"),
            "entry": entry,
            "name": entry.shown_name(),
            "form": form,
            "query": query,
            "total": len(exported["names"]),
            "may_search": len(exported["names"]) > SHOWN,
            "seen": state_of(entry),
        }
        return TemplateResponse(request, "admin/articles/registers/separate.html", context)

    def separate(self, request: HttpRequest, entry: Organization, form: SeparateForm) -> HttpResponse | None:
        """Separate as the form says; None where the form says what is wrong."""
        seen, reason, chosen = request.POST.get("seen", ""), form.cleaned_data["reason"], form.chosen()
        try:
            separate_entry(entry.key, chosen, seen=seen, by=editor_of(request), at=timezone.now(), reason=reason)
        except publishing.Refused as refused:
            form.refuse(refused)
            return None
        messages.success(request, _("“%s” is an entry of its own. It holds once it is applied here.") % chosen.key)
        tell(request)
        return redirect(PENDING)
