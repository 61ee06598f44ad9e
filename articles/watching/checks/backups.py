"""Could it be brought back?"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from ..kinds import Finding, found

ROOM = "articles.backups"
OLD = timedelta(hours=36)  # one is made each night


def asked() -> Callable[[], Any] | None:
    """Return who knows of backups, where that room is there."""
    return import_module(ROOM).last_backup if find_spec(ROOM) else None


def last_backup_at() -> datetime | None:
    """Return when the last whole backup ended, None for never."""
    ask = asked()
    last = ask() if ask else None
    return getattr(last, "ended_at", last)


def backup_age(at: datetime) -> Iterator[Finding]:
    """Ask for the age of the last backup; outside production nobody needs one."""
    if asked() is None or not settings.PRODUCTION:
        return
    made = last_backup_at()
    if made is None:
        yield found("no_backup")
    elif at - made > OLD:
        yield found("old_backup", hours=(at - made) // timedelta(hours=1))
