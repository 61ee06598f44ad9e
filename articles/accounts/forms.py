"""Forms of the login, of keys, and of the forgotten password."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, UserTokenForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from ..models.fields import TextEntry
from .adapter import verified_address
from .addresses import send_reset_link


class DeskLogin(LoginForm):
    """allauth's, with the field names that the admin's own login has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autofocus"] = True
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""

    def add_prefix(self, field_name: str) -> str:
        return "username" if field_name == "login" else super().add_prefix(field_name)


class ForgottenPassword(ResetPasswordForm):
    """A link goes only to an address that the owner of the account has confirmed; the answer is the same for any."""

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        found = User.objects.filter(email__iexact=email, is_active=True, is_staff=True)
        self.users = [user for user in found if verified_address(user)]
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Send the links, each to the address as the account has it, not as it was typed."""
        for user in self.users:
            send_reset_link(request, user)
        return str(self.cleaned_data["email"])


class PasswordLink(UserTokenForm):
    """A link opens for an open account only."""

    uidb36 = TextEntry(max_length=13)
    key = TextEntry(max_length=100)

    def _get_user(self, uidb36: str) -> User | None:
        user: User | None = super()._get_user(uidb36)
        return user if user is not None and user.is_active else None


# What the libraries below raise for an answer that no browser gives: none of them may end as an error of the server.
RUBBISH = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


class DeepJSON(forms.JSONField):
    """Refuses what is longer than an answer, or nested deeper than Python reads, instead of ending with it."""

    LONGEST = 50_000  # characters

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > self.LONGEST:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what the form shows again."""
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return None


class KeyAnswer(AuthenticateWebAuthnForm):
    """allauth's; an answer that no key gives is a wrong one, and each wrong one is a refused login."""

    credential = DeepJSON(widget=forms.HiddenInput)

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()
        except ValidationError:
            self.tell()
            raise
        except RUBBISH as error:
            self.tell()
            raise get_adapter().validation_error("incorrect_code") from error

    def tell(self) -> None:
        credentials = {"username": self.user.get_username()}
        user_login_failed.send(
            sender=Authenticator, credentials=credentials, request=context.request, reason="wrong code or key"
        )


class KeyAnswerAgain(KeyAnswer, ReauthenticateWebAuthnForm):
    """The same where somebody is asked again."""


class NewKey(AddWebAuthnForm):
    """allauth's; rubbish in place of a new key is refused in words."""

    name = TextEntry(required=False, max_length=100)
    credential = DeepJSON(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except ValidationError:
            raise
        except RUBBISH as error:
            raise get_adapter().validation_error("incorrect_code") from error
