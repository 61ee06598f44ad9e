"""What follows a login, a refused one, and a change of an account; connected when the application is ready.

Others may listen, too: Django's `user_logged_in` and `user_login_failed` are sent for every way in and for every
refusal, a wrong code and too many attempts among them; `reason` says which.
"""

import logging
from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import post_save, pre_save
from django.http import HttpRequest
from django.utils import timezone

from . import address, confirm, devices, second_factor, sessions

logger = logging.getLogger(__name__)


def after_login(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Write the session down and the device; a login counts as having shown who one is."""
    at = timezone.now()
    confirm.mark(request, at)
    sessions.begin(request, user, at)
    if "REMOTE_ADDR" in request.META:  # none: a command or a test has logged in, no browser
        devices.note(request, user, at)
        logger.info("login: %s from %s", user.get_username(), where(request))


def after_refusal(
    credentials: dict[str, Any], request: HttpRequest | None = None, reason: str = "wrong password", **kwargs: Any
) -> None:
    """Write one line. A name that no account has is left out: people type passwords there."""
    name = str(credentials.get("username", ""))
    known = User.objects.filter(username=name).exists()
    logger.warning("login refused: %s, %s, from %s", name if known else "an unknown name", reason, where(request))


def where(request: HttpRequest | None) -> str:
    return address.network(address.client_address(request)) if request is not None else "here"


def after_wrong_code(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Count a wrong second factor among the refused logins."""
    credentials = {"username": user.get_username()}
    user_login_failed.send(sender=Authenticator, credentials=credentials, request=request, reason="wrong code or key")


def after_step(request: HttpRequest, **kwargs: Any) -> None:
    """Take the answer to one of allauth's own questions as an answer for the acts, too."""
    if kwargs.get("reauthenticated"):
        confirm.mark(request, timezone.now())


def after_new_factor(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """End the other sessions, which have begun without it, when an account gets its first second factor."""
    if authenticator.type in second_factor.SECOND:
        others = Authenticator.objects.filter(user_id=user.pk, type__in=second_factor.SECOND)
        if not others.exclude(pk=authenticator.pk).exists():
            sessions.end_all(user, but=request.session.session_key or "")


def before_user(instance: User, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """See whether the account is closed or opened again by this save."""
    if raw or instance.pk is None or (update_fields is not None and "is_active" not in update_fields):
        return
    was = User.objects.filter(pk=instance.pk).values_list("is_active", flat=True).first()
    instance._ends_sessions = was is not None and was != instance.is_active  # type: ignore[attr-defined]


def after_user(instance: User, **kwargs: Any) -> None:
    """End all sessions of an account that was closed, and what is left of them when it is opened again."""
    if getattr(instance, "_ends_sessions", False):
        instance._ends_sessions = False  # type: ignore[attr-defined]
        sessions.end_all(instance)


def connect() -> None:
    """Connect all of it, once."""
    for signal, receiver in (
        (user_logged_in, after_login),
        (user_login_failed, after_refusal),
        (authentication_failed, after_wrong_code),
        (authentication_step_completed, after_step),
        (authenticator_added, after_new_factor),
    ):
        signal.connect(receiver, dispatch_uid=f"accounts.{receiver.__name__}")
    pre_save.connect(sessions.shorten, sender=UserSession, dispatch_uid="accounts.shorten")
    pre_save.connect(before_user, sender=User, dispatch_uid="accounts.before_user")
    post_save.connect(after_user, sender=User, dispatch_uid="accounts.after_user")
