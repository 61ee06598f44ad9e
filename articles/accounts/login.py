"""A login without leaving the page: name and password, then the second factor, each counted as at the login's page."""

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..models.fields import printable
from . import second_factor
from .forms import KeyAnswer

LONGEST_NAME = 150  # characters


@dataclass(frozen=True)
class LoginAttempt:
    """What came of an attempt: the person, whom `admit` lets in; or why not. `second`: the password was right, and a
    second factor is asked for; `options` are for a key, where the account has one."""

    user: User | None = None
    says: str = ""
    second: bool = False
    options: dict[str, Any] | None = None
    step: Any = None


def attempt(request: HttpRequest, sent: dict[str, str]) -> LoginAttempt:
    """Judge `username`, `password` and `code` or `credential` (the key's answer as JSON), whichever were sent."""
    adapter = get_adapter(request)
    name = printable(sent.get("username", "")).strip()[:LONGEST_NAME]
    try:
        user = adapter.authenticate(request, username=name, password=sent.get("password", ""))
    except ValidationError as refused:
        return LoginAttempt(says=" ".join(refused.messages))
    if user is None:
        return LoginAttempt(says=str(adapter.error_messages["username_password_mismatch"]))
    if not second_factor.has_one(user):
        return LoginAttempt(user=user)
    code, credential = sent.get("code", "").strip(), sent.get("credential", "")
    if not code and not credential:
        return asked(user, "")
    step: Any = (
        AuthenticateForm(user=user, data={"code": code})
        if code
        else KeyAnswer(user=user, data={"credential": credential})
    )
    if not step.is_valid():
        return asked(user, _("This code, or this key, is not right. A code is good for one login."))
    return LoginAttempt(user=user, step=step)


def asked(user: User, says: str) -> LoginAttempt:
    """Ask for the second factor, once more if `says` tells why."""
    has_key = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.WEBAUTHN).exists()
    return LoginAttempt(says=says, second=True, options=begin_authentication(user) if has_key else None)


def admit(request: HttpRequest, answer: LoginAttempt) -> None:
    """Log in the person of an attempt that was right."""
    if answer.user is None:
        raise ValueError("nobody has shown who they are")
    record_authentication(request, answer.user, method="password", username=answer.user.get_username())
    if answer.step is not None:
        answer.step.save()
    get_adapter(request).login(request, answer.user)
