"""Sessions in the database that end by idleness and by age, whatever else touches them.

`SESSION_ENGINE` names this module. The cookie lasts as long as a session may at all; the row says when it ends.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

BEGAN = "began_at"  # the session's key for the second of the login


def ends_at(began: Any, at: datetime) -> datetime:
    """Return when a session ends that is used at `at` and began in the second `began`, or has not begun."""
    idle = at + timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    if not isinstance(began, int):
        return idle
    return min(idle, datetime.fromtimestamp(began, tz=at.tzinfo) + timedelta(seconds=settings.SESSION_COOKIE_AGE))


class SessionStore(DatabaseStore):
    """Django's; what is stored ends when it has not been used for a while, or has lasted for long enough."""

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row to be stored."""
        row = super().create_model_instance(data)
        row.expire_date = ends_at(data.get(BEGAN), timezone.now())
        return row
