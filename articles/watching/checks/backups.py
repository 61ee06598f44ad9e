"""Could it be brought back?"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from ...backups import last_backup
from ..kinds import Finding, found

OLD = timedelta(hours=36)  # one is made each night


def last_backup_at() -> datetime | None:
    """Return when the last whole backup ended, None for never."""
    last = last_backup()
    return last.ended_at if last else None


def backup_age(at: datetime) -> Iterator[Finding]:
    """Ask for the age of the last backup; outside production nobody needs one."""
    if not settings.PRODUCTION:
        return
    made = last_backup_at()
    if made is None:
        yield found("no_backup")
    elif at - made > OLD:
        yield found("old_backup", hours=(at - made) // timedelta(hours=1))
