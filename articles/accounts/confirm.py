"""When the owner of a session has shown last who he is: at the login, or when he was asked again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

CONFIRMED = "confirmed_at"  # the session's key for the second in which its owner was asked last


def mark(request: HttpRequest, at: datetime) -> None:
    """Remember that the owner of the session has shown who he is."""
    request.session[CONFIRMED] = int(at.timestamp())


def recently(request: HttpRequest, at: datetime) -> bool:
    """Say whether he has within `ASK_AGAIN_MINUTES`; 0 asks never."""
    if not settings.ASK_AGAIN_MINUTES:
        return True
    last = request.session.get(CONFIRMED)
    if not isinstance(last, int):
        return False
    return (
        timedelta(0) <= at - datetime.fromtimestamp(last, tz=at.tzinfo) < timedelta(minutes=settings.ASK_AGAIN_MINUTES)
    )
