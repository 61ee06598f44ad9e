"""Mails to send are rows. One that fails is tried again, later each time, until it is given up and listed."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet

from ..baking.watch import Watch
from ..models import Outbox
from ..models.work import LEASE, not_put_off, unclaimed

FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=6)
MOST_ATTEMPTS = 16  # about two days
LONGEST = 15.0  # seconds for one call; the server has EMAIL_TIMEOUT for each answer
logger = logging.getLogger(__name__)


def send_mail(at: datetime, *, seconds: float = LONGEST) -> int:
    """Send the mails that are due, for about `seconds`; return how many went out.

    Each is claimed by itself just before it is sent, so that a server that hangs holds no more than one of them.
    """
    watch, sent = Watch(at), 0
    while watch.has(seconds) and (mail := _claim(at, watch.now + LEASE)):
        sent += _send(mail, at)
    return sent


def unsent() -> QuerySet[Outbox]:
    """Return the mails that could not be sent so far, and those that were given up."""
    return Outbox.objects.filter(sent_at=None, attempts__gt=0).order_by("made_at", "pk")


def _claim(at: datetime, until: datetime) -> Outbox | None:
    """Claim the earliest mail that is due at `at`, until a moment; None if there is none."""
    with transaction.atomic():
        waiting = Outbox.objects.filter(unclaimed(at), not_put_off(at), sent_at=None, attempts__lt=MOST_ATTEMPTS)
        mail = waiting.select_for_update(skip_locked=True).order_by("made_at", "pk").first()
        if mail is not None:
            Outbox.objects.filter(pk=mail.pk).update(claimed_until=until)
    return mail


def _send(mail: Outbox, at: datetime) -> bool:
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        # The same for each attempt: a mail sent twice because of a crash is recognized by its reader's program.
        headers={"Message-ID": f"<newsroom-{mail.pk}-{mail.made_at:%Y%m%d%H%M%S}@{_domain()}>"},
        connection=get_connection(),
    )
    try:
        message.send()
    except Exception as error:
        logger.warning("The mail %s to %s was not sent: %s", mail.pk, mail.to, error)
        delay = min(FIRST_DELAY * 2**mail.attempts, LONGEST_DELAY)
        mail.attempts, mail.not_before = mail.attempts + 1, at + delay
        mail.last_error, mail.claimed_until = f"{type(error).__name__}: {error}"[:2000], None
    else:
        mail.sent_at, mail.claimed_until, mail.not_before, mail.last_error = at, None, None, ""
    mail.save(update_fields=["attempts", "not_before", "last_error", "claimed_until", "sent_at"])
    return mail.sent_at is not None


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
