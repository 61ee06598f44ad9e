"""Changes of another's account that need two: one administrator asks, another agrees. The owner is told of both."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import AccountChange
from ..publishing import Refused, mails
from ..publishing.events import log
from ..publishing.roles import staff_id
from . import second_factor
from .addresses import set_address


def ask(change: AccountChange, *, by: User, at: datetime) -> AccountChange:
    """Write down what an administrator asks for. Raises PermissionDenied, or Refused where it makes no sense."""
    require(by)
    check(change.kind, change.user, change.address)
    change.asked_by, change.asked_at = by, at
    change.save()
    note("account change asked", change, by, at)
    tell(change.user, at, change)
    return change


def check(kind: str, user: User | None, address: str) -> None:
    """Raise Refused for a change of an address without one, and of a second factor where there is none."""
    if kind == "address" and not address:
        raise Refused("address", _("Name the new address."))
    if kind == "second_factor" and user is not None and not second_factor.has_one(user):
        raise Refused("user", _("This account has no second factor."))


def agree(pk: int, *, by: User, at: datetime) -> AccountChange:
    """Do what was asked for. Raises Refused for who asked, for the owner, and where it has been done or thrown away."""
    require(by)
    with transaction.atomic():
        change = AccountChange.objects.select_for_update(of=("self",)).get(pk=pk)
        if change.ended_at is not None:
            raise Refused("", _("This was done, or thrown away, already."))
        if by.pk in (change.asked_by_id, change.user_id):
            raise Refused("", _("Another administrator has to agree: neither who asked, nor whose account it is."))
        change.agreed_by, change.ended_at = by, at
        change.save()
        note("account changed by two", change, by, at)
        tell(change.user, at, change)  # at the address that is confirmed, before it is another
        if change.kind == "address":
            set_address(change.user, change.address)
        else:
            second_factor.take_away(change.user)
    return change


def throw_away(pk: int, *, by: User, at: datetime) -> None:
    """End a change without doing it."""
    require(by)
    with transaction.atomic():
        change = AccountChange.objects.select_for_update(of=("self",)).get(pk=pk)
        if change.ended_at is None:
            change.ended_at = at
            change.save()
            note("account change dropped", change, by, at)


def note(kind: str, change: AccountChange, by: User, at: datetime) -> None:
    """Write an event, which names the account by its pseudonym, and no address."""
    log(kind, by=by, at=at, what=change.kind, account=staff_id(change.user).code)


def require(by: User) -> None:
    if not (by.is_active and by.has_perm("auth.change_user")):
        raise PermissionDenied(_("Your role does not allow this."))


def tell(user: User, at: datetime, change: AccountChange) -> None:
    """Write to the owner of the account at the address that it has now."""
    if user.email:
        mails.write([user], lambda: letter(change), at)


def letter(change: AccountChange) -> tuple[str, list[str]]:
    """Return subject and lines of the mail."""
    who = change.agreed_by if change.ended_at else change.asked_by
    head = _("Your account was changed") if change.ended_at else _("A change of your account is asked for")
    return head, [
        _("What: %(what)s") % {"what": change.get_kind_display()},
        _("By: %(name)s") % {"name": who.get_username() if who else "–"},
        _("Reason: %(reason)s") % {"reason": change.reason},
        "",
        _("If you do not know of it, speak to another administrator at once, in person."),
    ]
