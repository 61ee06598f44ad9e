"""What allauth asks the newsroom: nobody makes an account for himself, attempts are counted in the database, addresses
are kept shortened, mails speak the outlet's languages, and secrets are encrypted in the database."""

import base64
import hashlib
import logging
import secrets
from typing import Any
from urllib.parse import quote

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ..models import Outbox, Site
from ..models.languages import desk_language
from ..publishing import mails
from . import address, confirm, second_factor, throttle

logger = logging.getLogger(__name__)


class DeskAccounts(DefaultAccountAdapter):
    """The adapter of accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("Too many failed attempts. Wait five minutes, then try again."),
        "username_password_mismatch": _("Name or password is wrong. Mind capital and small letters."),
    }

    # Accounts are made by administrators.

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def save_user(self, *args: Any, **kwargs: Any) -> Any:
        raise PermissionDenied

    # Logging in.

    def get_client_ip(self, request: HttpRequest) -> str:
        return address.client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt. Raises ValidationError where there were too many, whatever the password is."""
        refusal = self.validation_error("too_many_login_attempts")
        name = str(credentials.get("username", ""))
        try:
            self._counted: list[Any] = throttle.count(request, name, refusal)
        except type(refusal):
            user_login_failed.send(
                sender=type(self), credentials={"username": name}, request=request, reason="too many attempts"
            )
            raise

    def _rollback_login_failed_rl_usage(self) -> None:
        for usage in self._counted:
            usage.rollback()

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return the person of these credentials who works at the desk, else None."""
        user: Any = super().authenticate(request, **credentials)
        if user is not None and not user.is_staff:
            told = {"username": user.get_username()}
            user_login_failed.send(sender=type(self), credentials=told, request=request, reason="no member of the desk")
            return None
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not confirm.recently(self.request, timezone.now())

    # Mails.

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """Return the mail in every language of the outlet: which of them its reader knows is not known."""
        subjects, bodies, site = [], [], Site.current()
        for language in site.used:
            named = {"current_site": {"name": site.name(language), "domain": settings.SITE_URL}}
            with override(language):
                mail = super().render_mail(template_prefix, email, context | named, headers)
            subjects.append(mail.subject)
            bodies.append(str(mail.body))
        return EmailMessage(
            " / ".join(dict.fromkeys(subjects))[: mails.LONGEST_SUBJECT],
            mails.BETWEEN.join(dict.fromkeys(bodies)),
            self.get_from_email(),
            [email] if isinstance(email, str) else email,
            headers=headers,
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the public address of the page that sets a password, whatever host was asked."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return mails.public(path.replace("UID-KEY", quote(key)))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail with a secret in it at once: nobody at the desk is to find the link among outgoing mails."""
        mail = self.render_mail(template_prefix, email, {"request": self.request, "email": email} | context)
        try:
            mail.send()
        except OSError:
            logger.exception("a mail about an account could not be sent")

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Write down a mail that tells the owner what was changed, among the outgoing ones."""
        to = email or user.email
        if not to or not app_settings.EMAIL_NOTIFICATIONS:
            return
        at = timezone.now()
        told = {
            "timestamp": at,
            "ip": address.network(self.get_client_ip(self.request)),
            "user_agent": address.device_name(self.request),
            "request": self.request,
            "email": to,
        }
        mail = self.render_mail(template_prefix, to, told | (context or {}))
        Outbox.objects.create(to=to, subject=str(mail.subject), body=str(mail.body), made_at=at)


def keyring() -> MultiFernet:
    """Return the keys made of SECRET_KEY and of those that it has replaced."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"second factor\0" + str(key).encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class DeskSecondFactor(DefaultMFAAdapter):
    """The adapter of second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Your role needs a second factor: set up another one first."),
    }

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        return Site.current().name(desk_language())

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.get_username())

    def encrypt(self, text: str) -> str:
        """Return the secret as the database holds it: a copy of the database alone is no second factor."""
        return keyring().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; where the keys are not those it was encrypted with, one that no code belongs to."""
        try:
            return keyring().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Let somebody whose role needs a second factor keep one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=second_factor.SECOND)
        return not second_factor.is_required(authenticator.user) or others.exclude(pk=authenticator.pk).exists()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": current.request.get_host().partition(":")[0], "name": self._get_site_name()}


def verified_address(user: User) -> str:
    """Return the account's address if its owner has confirmed it, else ""."""
    found = EmailAddress.objects.filter(user_id=user.pk, email__iexact=user.email, verified=True)
    return user.email if user.email and found.exists() else ""
