"""The second factor: who must have one, what somebody sees who has none yet, and how one is taken away."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from . import sessions

View = Callable[[HttpRequest], HttpResponse]

SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# What stands open to somebody who has to set it up: that, getting out, and what these pages are made of.
OPEN = {"account_logout", "account_login", "account_reauthenticate", "jsi18n"}


def has_one(user: User) -> bool:
    """Say whether the account has an app or a key; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=SECOND).exists()


def is_required(user: User | AnonymousUser) -> bool:
    """Say whether the account must have one: by its roles (`SECOND_FACTOR_ROLES`), and superusers where any must."""
    roles = settings.SECOND_FACTOR_ROLES
    if not roles or not isinstance(user, User) or not user.is_authenticated:
        return False
    return user.is_superuser or user.groups.filter(name__in=roles).exists()


def is_missing(request: HttpRequest) -> bool:
    """Say whether the person must have a second factor and has none; asked of the database once in a request."""
    if not settings.SECOND_FACTOR_ROLES:
        return False
    user: Any = request.user
    if not hasattr(request, "_second_factor_missing"):
        request._second_factor_missing = (  # type: ignore[attr-defined]
            user.is_authenticated and is_required(user) and not has_one(user)
        )
    return bool(request._second_factor_missing)  # type: ignore[attr-defined]


class SecondFactorFirst:
    """Middleware: whoever must have a second factor and has none is led to set it up, and sees nothing else."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = (request.resolver_match.url_name or "") if request.resolver_match else ""
        if not request.path.startswith("/admin/") or name.startswith("mfa_") or name in OPEN:
            return None
        if not is_missing(request):
            return None
        if "HX-Request" in request.headers or request.headers.get("Accept") == "application/json":
            return JsonResponse({"error": "second factor"}, status=403)
        return redirect("mfa_index")


def take_away(user: User) -> int:
    """Take away every second factor of an account, its recovery codes too, and end its sessions; return how many."""
    number = Authenticator.objects.filter(user_id=user.pk).delete()[0]
    sessions.end_all(user)
    return number
