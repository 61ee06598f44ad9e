"""The freeze: one act that stops publishing, or everything but reading, until two people have lifted it.

It is a row. Whoever issues an edition holds the register version and looks at the row then (`force.hold_version`), and
freezing waits for those who hold it: when it is done, nobody publishes. What is scheduled is called off, and kept to
be scheduled again (`held`).
"""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import Freeze, LiftVote
from ..models.freeze import PEOPLE
from . import mails
from .errors import Refused
from .events import log
from .force import change_version
from .frozen import said
from .held import follow_freeze
from .roles import ROLES, require, staff_id

LIFTING = "change_freeze"


def freeze(scope: str, *, by: User | None, at: datetime, reason: str) -> Freeze:
    """Stop publishing, or everything but reading. `by`: None for the server's command line.

    Raises Refused without a reason or where that is frozen already; PermissionDenied.
    """
    if by is not None:
        require(by, "add_freeze")
    if scope not in dict(Freeze.SCOPES):
        raise Refused("scope", _("Choose what is to stand still."))
    if not reason.strip():
        raise Refused("reason", _("Say why: everybody at the desk reads it."))
    with transaction.atomic():
        change_version()  # whoever is issuing an edition is waited for; whoever comes later sees the row
        if Freeze.objects.filter(scope=scope, ended_at=None).exists():
            raise Refused("", _("That is frozen already."))
        begun = Freeze.objects.create(
            scope=scope, reason=reason.strip()[:300], begun_by=staff_id(by) if by else None, begun_at=at
        )
        log("freeze begun", by=by, at=at, scope=scope, reason=begun.reason)
        tell(begun, at)
    follow_freeze(at)
    return begun


def lifters() -> list[User]:
    """Return who may agree to lift a freeze."""
    roles = [role for role, codenames in ROLES.items() if LIFTING in codenames]
    users = User.objects.filter(is_active=True, is_staff=True, groups__name__in=roles)
    return list(users.distinct().order_by("pk"))


def tell(begun: Freeze, at: datetime) -> None:
    """Write to those who may lift it."""

    def letter() -> tuple[str, list[str]]:
        subject = _("The newsroom is frozen")
        return subject, [said(begun), mails.desk_link("articles_freeze_changelist")]

    mails.write([user for user in lifters() if user.email], letter, at)


@transaction.atomic
def agree_to_lift(frozen: Freeze, *, by: User, at: datetime) -> bool:
    """Agree to lift a freeze; with the second person's word it ends. Return whether it has.

    An account made after the freeze began has no say: whoever is frozen out could have made it. Raises Refused,
    PermissionDenied.
    """
    require(by, LIFTING)
    locked = Freeze.objects.select_for_update().get(pk=frozen.pk)
    if locked.ended_at is not None:
        raise Refused("", _("This freeze was lifted already."))
    if by.date_joined > locked.begun_at:
        raise PermissionDenied(_("Your account is younger than the freeze: others have to lift it."))
    _vote, is_new = LiftVote.objects.get_or_create(freeze=locked, staff=staff_id(by), defaults={"at": at})
    if not is_new:
        raise Refused("", _("You have agreed already: a second person has to."))
    log("lift agreed", by=by, at=at, scope=locked.scope)
    if locked.votes.count() < PEOPLE:
        return False
    end(locked, by=by, at=at)
    return True


@transaction.atomic
def lift_on_server(frozen: Freeze, *, at: datetime, reason: str) -> None:
    """End a freeze from the server's command line, whose owner needs nobody's word: an event says so."""
    locked = Freeze.objects.select_for_update().get(pk=frozen.pk)
    if locked.ended_at is None:
        end(locked, by=None, at=at, reason=reason)


def end(locked: Freeze, *, by: User | None, at: datetime, reason: str = "") -> None:
    """End it; what was held goes on with the next tick."""
    Freeze.objects.filter(pk=locked.pk).update(ended_at=at)
    log("freeze lifted", by=by, at=at, scope=locked.scope, reason=reason)
