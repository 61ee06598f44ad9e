"""Logins and refused logins as events: who, or how a name that is nobody's begins; no addresses, no passwords."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError

from ..models import Event
from ..models.busy import waiting_at_most
from .events import log, pseudonym

TOGETHER = timedelta(minutes=5)  # refusals of one name within it are one event that counts them
PATIENCE = 300  # milliseconds
logger = logging.getLogger(__name__)


def note_login(user: User, *, at: datetime, kind: str = "login") -> None:
    """Write down that somebody has logged in or out."""
    try:
        with waiting_at_most(PATIENCE):
            log(kind, by=user, at=at)
    except DatabaseError:  # a database that cannot be written to keeps nobody from looking at the desk
        logger.exception("A %s of user %s is not written down", kind, user.pk)


def note_refused(username: str, *, at: datetime) -> None:
    """Write down a refused login: under the account's pseudonym, or the first letter of a name that is nobody's.

    Somebody may have typed a password there, or tries names by the thousand: one event counts those of five minutes.
    """
    try:
        with waiting_at_most(PATIENCE):
            user = User.objects.filter(username=username).first()
            about = pseudonym(user)
            shown: dict[str, Any] = {} if user else {"login": f"{username[:1]}…"}
            same = Event.objects.filter(kind="login refused", at__gt=at - TOGETHER, about=about)
            last = same.filter(**{f"detail__{key}": value for key, value in shown.items()}).order_by("-pk").first()
            if last is None:
                log("login refused", by=None, at=at, about=about, **shown, times=1)
            else:
                Event.objects.filter(pk=last.pk).update(detail=last.detail | {"times": last.detail["times"] + 1})
    except DatabaseError:
        logger.exception("A refused login is not written down")
