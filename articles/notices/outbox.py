"""Mails to send are rows. One that fails is tried again, later each time, until it is given up and listed."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet

from ..baking.watch import Watch
from ..models import Outbox
from ..watching.checks.mail import NO_MAIL

LONGEST = 15.0  # seconds for one call; the server has EMAIL_TIMEOUT for each answer
OFF = "No mail server is set: EMAIL_URL is none:"
logger = logging.getLogger(__name__)


class NotTaken(Exception):
    """The mail server has taken a mail for nobody, and raised nothing."""


def send_mail(at: datetime, *, seconds: float = LONGEST) -> int:
    """Send the mails that are due, for about `seconds`; return how many went out.

    Each is claimed by itself just before it is sent, so that a server that hangs holds no more than one of them.
    """
    if settings.EMAIL_BACKEND == NO_MAIL:
        tell_that_mail_is_off()
        return 0
    watch, sent = Watch(at), 0
    while watch.has(seconds) and (mail := claim(at, watch.now)):
        sent += _send(mail, at)
    return sent


def tell_that_mail_is_off() -> None:
    """Write the reason into the mails that wait: none of them is tried, none counts as sent."""
    Outbox.objects.filter(sent_at=None, last_error="").update(last_error=OFF)


def unsent() -> QuerySet[Outbox]:
    """Return the mails that could not be sent so far, and those that were given up."""
    return Outbox.objects.filter(sent_at=None).exclude(last_error="").order_by("made_at", "pk")


def claim(due_at: datetime, at: datetime) -> Outbox | None:
    """Claim the earliest mail that is due at `due_at`, from `at` on; None if there is none."""
    mail: Outbox | None = Outbox.objects.due(due_at).order_by("made_at", "pk").claim_first(at)
    return mail


def _send(mail: Outbox, at: datetime) -> bool:
    row = Outbox.objects.filter(pk=mail.pk)
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        # The same for each attempt: a mail sent twice because of a crash is recognized by its reader's program.
        headers={"Message-ID": f"<newsroom-{mail.pk}-{mail.made_at:%Y%m%d%H%M%S}@{_domain()}>"},
        connection=get_connection(),
    )
    try:
        if not message.send():
            raise NotTaken(f"{type(message.connection).__name__} has taken none of it.")
    except Exception as error:
        # What a server says may name who is written to; it stands in the row.
        logger.warning("The mail %s was not sent: %s", mail.pk, type(error).__name__)
        row.failed(f"{type(error).__name__}: {error}", at)
        return False
    row.done(sent_at=at)
    return True


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
