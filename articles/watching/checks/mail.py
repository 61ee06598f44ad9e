"""Does what the house says reach anybody?"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from ...baking import failing_mails
from ...models import Outbox, Trouble
from ..kinds import Finding, found

NO_MAIL = "newsroom.mail.NoMail"


def mails(at: datetime) -> Iterator[Finding]:
    """Count the mails that fail, or that wait where none is sent."""
    if settings.EMAIL_BACKEND == NO_MAIL:
        yield found("no_mail", number=Outbox.objects.filter(sent_at=None).count())
    elif number := failing_mails(at):
        yield found("failing_mails", number=number)


def webhook(at: datetime) -> Iterator[Finding]:
    """Count the alarms that the webhook has refused."""
    if not settings.ALARM_WEBHOOK:
        return
    failing = Trouble.objects.exclude(last_error="").exclude(ended_at__lte=at - Trouble.TOLD_FOR)
    if number := failing.count():
        yield found("webhook", number=number)
