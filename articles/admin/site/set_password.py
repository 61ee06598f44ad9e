"""The page behind the link by which a person sets their password: the newsroom mails it, nobody else ever knows it."""

from typing import Any

from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone

from articles.publishing.events import log


class SetPasswordView(PasswordResetConfirmView):
    template_name = "admin/set_password.html"
    success_url = reverse_lazy("admin:login")
    reset_url_token = "new"  # noqa: S105  # what stands in the address instead of the token, which goes into the session

    def form_valid(self, form: "SetPasswordForm[User]") -> HttpResponse:
        response = super().form_valid(form)
        log("password set", by=None, at=timezone.now(), about=self.user)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"owner": self.user}
