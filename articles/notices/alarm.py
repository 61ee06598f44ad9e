"""Tell the administrators by mail when the jobs need somebody to look, and when all is well again.

A worker that is dead cannot say so: the admin and the health check show its silence.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ..baking import Pulse, beat, pulse
from ..models import Heartbeat
from ..publishing import mails

AGAIN = timedelta(hours=6)  # a trouble that lasts is told again
JOB = "alarm"


@transaction.atomic
def raise_alarm(at: datetime) -> list[str]:
    """Post mails if the trouble is new, has changed, has lasted long or is over; return the lines of the trouble."""
    now = pulse(at)
    kinds = sorted(troubles(now))

    def letter() -> tuple[str, list[str]]:
        subject = _("Newsroom: the jobs need attention") if kinds else _("Newsroom: the jobs are well again")
        told = troubles(now)
        return subject, [told[kind] for kind in kinds] or [_("Everything is announced and stored.")]

    lines = list(troubles(now).values())
    Heartbeat.objects.get_or_create(job=JOB, defaults={"beat_at": at, "detail": {"kinds": []}})
    last = Heartbeat.objects.select_for_update().get(job=JOB)
    told_at = datetime.fromisoformat(last.detail["told_at"]) if "told_at" in last.detail else at
    if kinds == last.detail["kinds"] and not (kinds and abs(at - told_at) >= AGAIN):
        beat(JOB, at, last.detail)
        return lines
    mails.write(mails.people("Administrator"), letter, at)
    beat(JOB, at, {"kinds": kinds, "told_at": at.isoformat()})
    return lines


def troubles(now: Pulse) -> dict[str, str]:
    """Return what is wrong: kind → a sentence with its number."""
    told = {
        "ahead": _("Jobs whose pulse lies in the future: %d. The clock was ahead, or is.") % now.ahead,
        "overdue": _("Releases that are visible, but not announced: %d.") % now.overdue,
        "late": _("Pages that have waited for more than a minute: %d.") % now.late,
        "failing_pages": _("Pages that cannot be stored: %d.") % now.failing_pages,
        "failing_mails": _("Mails that cannot be sent: %d.") % now.failing_mails,
        "failed_runs": _("Jobs that have failed: %d.") % now.failed_runs,
    }
    return {kind: sentence for kind, sentence in told.items() if getattr(now, kind)}
