"""Erase who stands behind a pseudonym: the record keeps the pseudonym and stays whole, nobody can tell whose it was."""

from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ...models import AccountChange, Event, KnownDevice, Outbox, StaffId
from ..errors import Refused
from ..events import log
from ..preview_ends import end_links_of_user
from ..roles import require
from ..slots import end_slots_of_user


@transaction.atomic
def erase_staff(user: User, *, by: User | None, at: datetime) -> None:
    """Cut the link between a user and their pseudonym, and all that would betray it: the admin's own log of and about
    them, the mails they got, and the events of their logins and their account, whose moments the account bears, too.

    What the user does from now on is under a new pseudonym. `by`: None for the command. Raises Refused when there is
    no link, PermissionDenied.
    """
    if by is not None:
        require(by, "delete_staffid")
    end_links_of_user(user, by=by, at=at)
    end_slots_of_user(user)
    staff = StaffId.objects.filter(user=user).first()
    if staff is None:
        raise Refused("", _("This user has no pseudonym in the record."))
    Event.objects.filter(Q(staff=staff, kind__in=("login", "logout")) | Q(about=staff)).delete()
    StaffId.objects.filter(pk=staff.pk).update(user=None)
    forget_account(user)
    if user.email:
        Outbox.objects.filter(to=user.email).exclude(sent_at=None).delete()
    log("staff erased", by=by, at=at)


def forget_account(user: User) -> None:
    """Delete what was written down of an account, or about it, beside its row."""
    about = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    (LogEntry.objects.filter(user=user) | about).delete()
    KnownDevice.objects.filter(user=user).delete()
    AccountChange.objects.filter(user=user).delete()
    AccountChange.objects.filter(asked_by=user).update(asked_by=None)
    AccountChange.objects.filter(agreed_by=user).update(agreed_by=None)
