"""Erase who stands behind a pseudonym: the record keeps the pseudonym and stays whole, nobody can tell whose it was."""

from datetime import datetime

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from ...models import StaffId
from ..errors import Refused
from ..events import log
from ..preview_ends import end_links_of_user
from ..roles import require
from ..slots import end_slots_of_user


@transaction.atomic
def erase_staff(user: User, *, by: User | None, at: datetime) -> None:
    """Cut the link between a user and their pseudonym, and the admin's own log, which would betray it.

    What the user does from now on is under a new pseudonym. `by`: None for the command. Raises Refused when there is
    no link, PermissionDenied.
    """
    if by is not None:
        require(by, "delete_staffid")
    end_links_of_user(user, by=by, at=at)
    end_slots_of_user(user)
    if not StaffId.objects.filter(user=user).update(user=None):
        raise Refused("", _("This user has no pseudonym in the record."))
    LogEntry.objects.filter(user=user).delete()
    log("staff erased", by=by, at=at)
