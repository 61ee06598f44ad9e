"""The mail address of an account: given by an administrator, confirmed by its owner, who has to be logged in for that.

Only a confirmed one gets the link that sets a new password. A confirmation by the link alone would be worth nothing:
whoever changes an address of another would confirm it himself.
"""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.models import User
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from ..publishing import mails
from . import sessions
from .adapter import verified_address

SIGNER = TimestampSigner(salt="an address of an account")
LASTS = timedelta(days=3)


def send_confirmation(request: HttpRequest, user: User) -> None:
    """Send the account's address the link that confirms it."""
    key = SIGNER.sign_object([user.pk, user.email.casefold()])
    link = mails.public(reverse("account_confirm_email", args=[key]))
    get_adapter(request).send_mail("account/email/confirm_address", user.email, {"user": user, "link": link})


def names_address(key: str, user: User) -> bool:
    """Say whether the key of a link is for the address that the account has now, and not too old."""
    try:
        found = SIGNER.unsign_object(key, max_age=LASTS)
    except (BadSignature, ValueError):
        return False
    return bool(user.email) and found == [user.pk, user.email.casefold()]


def take_as_confirmed(user: User) -> None:
    """Remember that the owner has confirmed the address; older ones of the account are forgotten."""
    with transaction.atomic():
        EmailAddress.objects.filter(user=user).delete()
        EmailAddress.objects.create(user=user, email=user.email.lower(), verified=True, primary=True)


def set_address(user: User, address: str) -> None:
    """Give the account another address, which its owner has yet to confirm, and end its sessions."""
    with transaction.atomic():
        user.email = address
        user.save(update_fields=["email"])
        EmailAddress.objects.filter(user=user).delete()
        sessions.end_all(user)


def password_link(user: User) -> str:
    """Return the address at which the person sets a password, once, within the days of `PASSWORD_RESET_TIMEOUT`; not
    when the account has another mail address by then."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return str(get_adapter().get_reset_password_from_key_url(key))


def send_reset_link(request: HttpRequest, user: User) -> bool:
    """Send the owner the link that sets a new password, if he has confirmed his address; say whether."""
    email = verified_address(user)
    if email:
        request_password_reset(request, email, [user], default_token_generator)
    return bool(email)
