"""The pages that allauth has not, or has otherwise: who may log in, a password by a link, the sessions, the address."""

from typing import Any

from allauth.account.views import LoginView, PasswordResetFromKeyView
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..publishing.events import log
from . import addresses, sessions
from .adapter import verified_address

LONGEST_KEY = 18  # digits


class LoginPage(LoginView):
    """allauth's; who is logged in and may not see the desk is logged out first, instead of being led in a circle."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not (request.user.is_active and request.user.is_staff):
            logout(request)
        return super().dispatch(request, *args, **kwargs)


class SetPasswordPage(PasswordResetFromKeyView):
    """allauth's, the one page behind every link that sets a password: of a new account, of an administrator, of who has
    forgotten it. The link is no login."""

    success_url = reverse_lazy("account_login")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        log("password set", by=None, at=timezone.now(), about=self.reset_user)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"owner": self.reset_user}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions_page(request: HttpRequest) -> HttpResponse:
    """List the person's sessions; end one, the others, or all."""
    user: Any = request.user
    current = str(request.session.session_key)
    if request.method == "POST":
        if "all" in request.POST:
            sessions.end_all(user)
            logout(request)
            return redirect("account_login")
        if "others" in request.POST:
            count = sessions.end_all(user, but=current)
            said = ngettext("%(count)d other session has ended.", "%(count)d other sessions have ended.", count)
            messages.success(request, said % {"count": count})
        else:
            key = request.POST.get("end", "")
            found = [one for one in sessions.of(user) if str(one.pk) == key and one.session_key != current]
            for one in found:
                sessions.end(one)
                messages.success(request, _("The session has ended."))
        return redirect("usersessions_list")
    listed = [{"row": one, "is_current": one.session_key == current} for one in sessions.of(user)]
    return render(request, "usersessions/usersession_list.html", {"sessions": listed})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def address_page(request: HttpRequest) -> HttpResponse:
    """Show the account's address; send the link that confirms it. Nobody gives himself another one."""
    user: Any = request.user
    if request.method == "POST":
        if user.email and not verified_address(user):
            if ratelimit.consume(request, action="manage_email"):
                addresses.send_confirmation(request, user)
                messages.success(
                    request, _("A link was sent to %(address)s. It is good for three days.") % {"address": user.email}
                )
            else:
                messages.error(request, _("Too many attempts. Wait a minute, then try again."))
        return redirect("account_email")
    return render(request, "account/email.html")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm the address that a link was sent to, at the click of its owner, who is logged in."""
    user: Any = request.user
    is_right = addresses.names_address(key, user)
    if request.method == "POST" and is_right:
        addresses.take_as_confirmed(user)
        messages.success(request, _("The address is confirmed."))
        return redirect("account_email")
    return render(request, "account/email_confirm.html", {"is_right": is_right}, status=200 if is_right else 404)
