"""Changes of another's account that one administrator asks for and another agrees to."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from articles.accounts import asking, changes
from articles.models import AccountChange
from articles.publishing import Refused

from ..base import NewsroomAdmin, editor_of
from .asking import AsksAgain

for model in (EmailAddress, Authenticator, UserSession):  # allauth's own pages would be a way around
    admin.site.unregister(model)


class AccountChangeForm(forms.ModelForm):
    """Refuses at its fields what makes no sense."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        try:
            changes.check(data.get("kind", ""), data.get("user"), data.get("address", ""))
        except Refused as refused:
            self.add_error(refused.field or None, str(refused.message))
        return data


@admin.register(AccountChange)
class AccountChangeAdmin(AsksAgain, NewsroomAdmin):
    form = AccountChangeForm
    list_display = ("asked_at", "state", "kind", "user", "asked_by", "agreed_by")
    list_filter = (("ended_at", admin.EmptyFieldListFilter), "kind")
    list_select_related = ("user", "asked_by", "agreed_by")
    search_fields = ("user__username",)
    fields = ("kind", "user", "address", "reason")
    change_form_before_template = "admin/articles/_account_change.html"

    def get_urls(self) -> list[URLPattern]:
        answer = self.admin_site.admin_view(self.answer_view)
        return [path("<int:pk>/answer/", answer, name="articles_accountchange_answer"), *super().get_urls()]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, *(("asked_by", "asked_at", "agreed_by", "ended_at") if obj else ()))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: AccountChange, form: Any, change: bool) -> None:
        self.begin(request, obj)
        changes.ask(obj, by=editor_of(request), at=timezone.now())

    def answer_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what is asked for; do it, or throw it away, when somebody says so."""
        change = AccountChange.objects.select_related("user", "asked_by").filter(pk=pk).first()
        if change is None:
            raise Http404
        if not request.user.has_perm("auth.change_user"):
            raise PermissionDenied
        form = forms.Form(request.POST if request.method == "POST" else None)
        asking.ask(form, request)
        if form.is_valid():
            return self.answered(request, change)
        context = {
            **self.admin_site.each_context(request),
            "title": str(change),
            "opts": self.opts,
            "original": change,
            "change": change,
            "form": form,
        }
        return TemplateResponse(request, "admin/articles/account_change.html", context)

    def answered(self, request: HttpRequest, change: AccountChange) -> HttpResponse:
        """Do what the person has chosen, and say so."""
        by, at = editor_of(request), timezone.now()
        if "throw" in request.POST:
            changes.throw_away(change.pk, by=by, at=at)
            messages.success(request, _("It is thrown away: the account stays as it is."))
        else:
            try:
                changes.agree(change.pk, by=by, at=at)
                messages.success(
                    request, _("It is done, and the owner is told. All sessions of the account have ended.")
                )
            except Refused as refused:
                messages.error(request, str(refused.message))
        return redirect("admin:articles_accountchange_changelist")

    @display(description=gettext_lazy("state"), label={"open": "warning", "done": "success", "gone": "info"})
    def state(self, change: AccountChange) -> tuple[str, str]:
        if change.ended_at is None:
            return "open", str(_("waits for another"))
        return ("done", str(_("done"))) if change.agreed_by_id else ("gone", str(_("thrown away")))
