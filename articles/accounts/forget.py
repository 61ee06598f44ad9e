"""What is kept of logins goes after 30 days; ended sessions and counters that no longer count go at once."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from ..models import KnownDevice, Throttle
from .devices import KEPT


def forget_old(at: datetime) -> int:
    """Delete what is too old to be kept; return how many rows went."""
    old = at - KEPT
    gone = [
        KnownDevice.objects.filter(seen_at__lt=old),
        UserSession.objects.filter(last_seen_at__lt=old),
        Session.objects.filter(expire_date__lt=at),
        Throttle.objects.filter(expires__lt=at - timedelta(days=1)),
    ]
    return sum(rows.delete()[0] for rows in gone)
