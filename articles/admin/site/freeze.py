"""Freezing the newsroom, and lifting that: who, when, why, and who has agreed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminRadioSelectWidget, UnfoldAdminTextInputWidget

from articles.models import Freeze
from articles.models.fields import TextEntry
from articles.models.freeze import PEOPLE
from articles.publishing import Refused
from articles.publishing.freezing import agree_to_lift, freeze, lifters
from articles.publishing.frozen import said
from articles.publishing.roles import require_role

from ..base import ReadOnlyAdmin, editor_of, name_of
from ..frozen import names_of_votes

LIST = "admin:articles_freeze_changelist"


class FreezeForm(forms.Form):
    scope = forms.ChoiceField(
        label=_("What is to stand still"),
        choices=(
            ("publishing", _("Publishing: texts can still be written and saved")),
            ("everything", _("Everything but reading")),
        ),
        initial="publishing",
        widget=UnfoldAdminRadioSelectWidget,
    )
    reason = TextEntry(
        label=_("Reason"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Everybody at the desk reads it on every page."),
    )


@admin.register(Freeze)
class FreezeAdmin(ReadOnlyAdmin):
    list_display = ("begun_at", "scope", "reason", "who", "agreed", "ended_at")
    list_select_related = ("begun_by__user",)
    fields = (("scope", "begun_at", "ended_at"), "reason", ("who", "agreed"))
    actions_list = ("ask_begin",)
    actions_detail = ("ask_lift",)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("begin/", wrap(self.begin_view), name="articles_freeze_begin"),
            path("<int:freeze_id>/lift/", wrap(self.lift_view), name="articles_freeze_lift"),
            *super().get_urls(),
        ]

    @display(description=_("frozen by"))
    def who(self, row: Freeze) -> str:
        return name_of(row.begun_by) if row.begun_by else str(_("the server's command line"))

    @display(description=_("agreed to lift it"))
    def agreed(self, row: Freeze) -> str:
        return ", ".join(names_of_votes(row))

    def has_begin_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.add_freeze")

    def has_lift_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        return request.user.has_perm("articles.change_freeze")

    @action(description=_("Freeze the newsroom"), url_path="begin-freeze", icon="ac_unit", permissions=["begin"])
    def ask_begin(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:articles_freeze_begin")

    @action(description=_("Agree to lift it"), url_path="agree", permissions=["lift"])
    def ask_lift(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:articles_freeze_lift", object_id)

    def ask(self, request: HttpRequest, **context: Any) -> HttpResponse:
        common = {**self.admin_site.each_context(request), "opts": self.opts, "tone": "danger", "back": reverse(LIST)}
        return TemplateResponse(request, "admin/articles/registers/ask.html", common | context)

    def begin_view(self, request: HttpRequest) -> HttpResponse:
        """Ask what and why, then freeze."""
        require_role(request.user, "add_freeze")
        form = FreezeForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                freeze(by=editor_of(request), at=timezone.now(), **form.cleaned_data)
                return redirect(LIST)
            except Refused as refused:
                form.add_error(refused.field or None, str(refused))
        number = len(lifters())
        says = ngettext(
            "It holds at once, in every process, until %(people)d people have agreed to lift it; %(number)d account "
            "may. The owner of the server can lift it, too.",
            "It holds at once, in every process, until %(people)d people have agreed to lift it; %(number)d accounts "
            "may. The owner of the server can lift it, too.",
            number,
        ) % {"people": PEOPLE, "number": number}
        return self.ask(request, title=_("Freeze the newsroom"), says=says, form=form, label=_("Freeze"))

    def lift_view(self, request: HttpRequest, freeze_id: int) -> HttpResponse:
        """Ask, then agree."""
        require_role(request.user, "change_freeze")
        row = self.get_object(request, str(freeze_id))
        if row is None:
            raise Http404
        if request.method == "POST":
            try:
                done = agree_to_lift(row, by=editor_of(request), at=timezone.now())
            except Refused as refused:
                messages.error(request, str(refused))
            except PermissionDenied as denied:
                messages.error(request, str(denied))
            else:
                says = _("The freeze is lifted.") if done else _("You have agreed; it is lifted when another one does.")
                messages.success(request, says)
            return redirect(LIST)
        return self.ask(
            request, title=_("Agree to lift the freeze"), says=said(row), label=_("Agree"), tone="primary", form=()
        )
