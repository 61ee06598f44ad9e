"""Accounts and their roles: who may change whose, what never goes away, and the link by which a person sets a password.

Whoever gives roles has none given by himself, touches no superuser, and knows nobody's password. Each change is an
event that others read.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from . import mails
from .errors import Refused
from .events import log
from .frozen import refuse_frozen

ADMINISTRATOR = "Administrator"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Account:
    """What an account is allowed: its roles, whether it is open, whether it enters the desk."""

    roles: frozenset[str] = frozenset()
    is_active: bool = False
    is_staff: bool = False

    @property
    def administers(self) -> bool:
        return ADMINISTRATOR in self.roles and self.is_active and self.is_staff

    def is_more_than(self, other: "Account") -> bool:
        """Say whether it may anything that the other may not."""
        opened = (self.is_active and not other.is_active) or (self.is_staff and not other.is_staff)
        return opened or not self.roles <= other.roles


def account_of(user: User) -> Account:
    """Return what stands in the database of the user's account; an empty one for an account not stored yet."""
    stored = User.objects.filter(pk=user.pk).first() if user.pk else None
    if stored is None:
        return Account()
    roles = frozenset(stored.groups.values_list("name", flat=True))
    return Account(roles, stored.is_active, stored.is_staff)


def may_change(user: User, *, by: User) -> bool:
    """Say whether somebody may change an account at all: a superuser's is nobody's but their own."""
    return not user.is_superuser or user.pk == by.pk


def check_account(user: User, after: Account, *, by: User) -> None:
    """Refuse what nobody may do to an account; asked again in the transaction that stores it."""
    before = account_of(user)
    if before == after:
        return
    if user.pk == by.pk:
        raise Refused("groups", _("Nobody changes their own roles, or closes their own account: another one does."))
    if not may_change(user, by=by):
        raise Refused("", _("The account of a superuser is changed on the server's command line only."))
    if after.is_more_than(before):
        refuse_frozen("accounts")
    if before.administers and not after.administers and is_last_administrator(user):
        raise Refused("groups", _("This is the last administrator: make another one first."))


def is_last_administrator(user: User) -> bool:
    """Say whether no other open account administers; of two who take each other's role away, one waits."""
    if transaction.get_connection().in_atomic_block:
        list(Group.objects.select_for_update(no_key=True).filter(name=ADMINISTRATOR))
    others = User.objects.filter(groups__name=ADMINISTRATOR, is_active=True, is_staff=True).exclude(pk=user.pk)
    return not others.exists()


def note_account(user: User, before: Account, *, by: User | None, at: datetime, changed: list[str], new: bool) -> None:
    """Write down what has become of an account. `changed`: names of other fields, without what stands in them."""
    after = account_of(user)
    detail: dict[str, Any] = {
        "given": sorted(after.roles - before.roles),
        "taken": sorted(before.roles - after.roles),
        "opened": after.is_active and not before.is_active and not new,
        "closed": before.is_active and not after.is_active,
        "fields": sorted(changed),
    }
    told = {key: value for key, value in detail.items() if value}
    if told or new:
        log("account made" if new else "account changed", by=by, at=at, about=user, **told)


def send_password_link(user: User, link: str, *, by: User, at: datetime, tell: Callable[[bool], None]) -> None:
    """Mail the person the link by which they set a password; it stands in no row and is shown to nobody else.

    `tell`: called when the transaction has ended, with whether the mail went out; if not, it is asked for again.

    Raises Refused where there is no address, the account is closed, or it is not the asker's to change.
    """
    if not may_change(user, by=by) or not user.is_active:
        raise Refused("", _("No link is sent for this account."))
    if not user.email:
        raise Refused("", _("This account has no mail address."))

    def letter() -> tuple[str, list[str]]:
        subject = _("Set your password")
        return subject, [
            _("Your account at the newsroom's desk: %(name)s") % {"name": user.get_username()},
            _("Open this link to set a password. It works once, for three days:"),
            link,
        ]

    subject, body = mails.in_each_language(letter)
    log("password link sent", by=by, at=at, about=user)
    transaction.on_commit(lambda: mail_link(subject, body, user.email, tell))


def mail_link(subject: str, body: str, to: str, tell: Callable[[bool], None]) -> None:
    """Send the mail, and tell whether it went out."""
    try:
        send_mail(subject, body, None, [to])
    except OSError:  # what SMTP raises is one
        logger.exception("A link to set a password could not be mailed")
        tell(False)
    else:
        tell(True)
