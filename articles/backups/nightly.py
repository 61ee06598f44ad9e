"""When a backup is due by night, and how old the last whole one is."""

from datetime import datetime, time, timedelta

from django.conf import settings

from ..models import Backup, Site

AGAIN = timedelta(hours=1)  # after one that failed
MOST = 5  # attempts in a night
OLD = timedelta(hours=36)  # one night missed, and some


def last_backup() -> Backup | None:
    """Return the last whole backup; None while there is none."""
    return Backup.objects.whole().order_by("-ended_at", "-pk").first()


def is_old(backup: Backup | None, at: datetime) -> bool:
    """Say whether the last whole backup is missing, or older than a night and some."""
    return backup is None or backup.ended_at is None or backup.ended_at < at - OLD


def is_due(at: datetime) -> bool:
    """Say whether the nightly backup is to be begun now: none was since the hour of this night, or it failed a while
    ago and has been tried less than MOST times."""
    hour: int | None = settings.BACKUP_HOUR
    if settings.BACKUP_DIR is None or hour is None:
        return False
    since = night_of(at, hour)
    tried = list(Backup.objects.by(at).filter(begun_at__gte=since).order_by("begun_at", "pk"))
    if not tried:
        return True
    return not any(one.is_whole for one in tried) and len(tried) < MOST and tried[-1].begun_at <= at - AGAIN


def night_of(at: datetime, hour: int) -> datetime:
    """Return the last moment by `at` at which that hour began in the newsroom's zone."""
    zone = Site.current().zone
    day = at.astimezone(zone).date()
    tonight = datetime.combine(day, time(hour), zone)
    return tonight if tonight <= at else datetime.combine(day - timedelta(days=1), time(hour), zone)
