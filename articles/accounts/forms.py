"""Forms of the login and of the forgotten password."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django.contrib.auth.models import User

from .adapter import verified_address


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
