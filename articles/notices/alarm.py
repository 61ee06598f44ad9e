"""Tell of the troubles of the house, each once, and once more when it is over: by mail, and to a webhook.

A row for each stands from the moment that it is seen (`models.trouble`). A worker that is dead cannot say so:
`/readyz`, the desk and `manage.py doctor --tell` do.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ..baking import beat
from ..models import Heartbeat, Outbox, Trouble
from ..publishing import mails
from ..watching import KINDS, Finding, look

JOB = "alarm"
CALM = timedelta(minutes=3)  # over is what was not there for so long: what comes and goes is one trouble, not twenty
logger = logging.getLogger(__name__)


def raise_alarm(at: datetime) -> list[Finding]:
    """Begin and end the rows of troubles, and post one mail of what has begun and one of what is over; return what is
    wrong now."""
    found = look(at)
    with transaction.atomic():
        # The lock of one row: two beats at once tell of a trouble once.
        Heartbeat.objects.get_or_create(job=JOB, defaults={"beat_at": at})
        Heartbeat.objects.select_for_update().get(job=JOB)
        begun, ended = begin(found, at), end(found, at)
        if begun:
            post(begun, at, over=False)
        if ended:
            post(ended, at, over=True)
        beat(JOB, at, {"kinds": sorted(one.kind.key for one in found)})
    for one in begun:
        logger.error("Trouble: %s", one.says)
    for one in ended:
        logger.warning("Trouble is over: %s", one.says)
    return found


def begin(found: list[Finding], at: datetime) -> list[Finding]:
    """Make a row for what is new, keep the others' figures; return what is new."""
    lasting = {one.kind: one for one in Trouble.objects.open()}
    for one in found:
        row = lasting.get(one.kind.key)
        if row is None:
            Trouble.objects.create(kind=one.kind.key, figures=one.figures, began_at=at, seen_at=at)
        else:
            Trouble.objects.filter(pk=row.pk).update(figures=one.figures, seen_at=at, began_at=min(row.began_at, at))
    return [one for one in found if one.kind.key not in lasting]


def end(found: list[Finding], at: datetime) -> list[Finding]:
    """End the rows of what has been away for a while, or was seen last at a moment still to come; return that."""
    there = {one.kind.key for one in found}
    gone = [
        one for one in Trouble.objects.open() if one.kind not in there and not (timedelta() <= at - one.seen_at < CALM)
    ]
    Trouble.objects.filter(pk__in=[one.pk for one in gone]).update(ended_at=at)
    return [finding_of(one) for one in gone]


def finding_of(row: Trouble) -> Finding:
    """Return what a row says, of a kind that an older program has known as well."""
    return Finding(KINDS.get(row.kind, KINDS["check"]), {"name": row.kind} | row.figures)


def post(told: list[Finding], at: datetime, *, over: bool) -> None:
    """Write down mails to the administrators and to ALARM_MAIL, in the caller's transaction."""

    def letter() -> tuple[str, list[str]]:
        if over:
            return _("Newsroom: a trouble is over"), [_("Over: %s") % one.says for one in told]
        lines = [line for one in told for line in (one.says, one.do, "")]
        return _("Newsroom: somebody has to look"), lines[:-1]

    subject, body = mails.in_each_language(letter)
    addresses = {user.email for user in mails.people("Administrator")} | set(settings.ALARM_MAIL)
    Outbox.objects.bulk_create(Outbox(to=one, subject=subject, body=body, made_at=at) for one in sorted(addresses))
