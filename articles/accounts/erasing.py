"""Erase a person of the staff: the link to their pseudonym, and of a closed account all that says whose it was.

The row of the account stays, as events and lists point to it; it is nobody's.
"""

import re
import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Outbox, StaffId
from ..publishing.errors import Refused
from ..publishing.record import erase_staff
from ..publishing.record.pseudonyms import forget_account
from . import sessions

GONE = "[…]"


@transaction.atomic
def erase_person(user: User, *, by: User | None, at: datetime) -> bool:
    """Cut the link between an account and its pseudonym; say whether the account is nobody's now, too.

    An account that is open goes on under another pseudonym and keeps its name: its owner logs in with it. Raises
    Refused when there is nothing to erase, PermissionDenied.
    """
    linked = StaffId.objects.filter(user=user).exists()
    if user.is_active and not linked:
        raise Refused("", _("This user has no pseudonym in the record."))
    if linked:
        erase_staff(user, by=by, at=at)
    if user.is_active:
        return False
    forget_account(user)
    forget_in_mails(user)
    empty_account(user, at)
    return True


def empty_account(user: User, at: datetime) -> None:
    """Leave of the row a number under which nobody logs in, and nothing that hangs on it."""
    sessions.end_all(user)
    Session.objects.filter(expire_date__lte=at).delete()  # what has ended holds who it was as well
    for kept in (EmailAddress, Authenticator, UserSession):
        kept.objects.filter(user_id=user.pk).delete()
    user.groups.clear()
    user.user_permissions.clear()
    User.objects.filter(pk=user.pk).update(
        username=f"erased-{secrets.token_hex(4)}",
        first_name="",
        last_name="",
        email="",
        password=make_password(None),
        is_staff=False,
        is_superuser=False,
        last_login=None,
        date_joined=at,
    )


def forget_in_mails(user: User) -> None:
    """Take name and address out of the mails to others that name them; those to the person go."""
    names = [user.get_full_name(), user.email, user.get_username(), user.first_name, user.last_name]
    if user.email:
        Outbox.objects.filter(to__iexact=user.email).delete()
    words = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names if name), re.IGNORECASE)
    for mail in Outbox.objects.only("pk", "subject", "body").iterator():
        subject, body = words.sub(GONE, mail.subject), words.sub(GONE, mail.body)
        if (subject, body) != (mail.subject, mail.body):
            Outbox.objects.filter(pk=mail.pk).update(subject=subject, body=body)
