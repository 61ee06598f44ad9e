"""No mail at all, said aloud: what is to be sent stays unsent, with its reason."""

from typing import Any, NoReturn

from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _


class MailIsOff(OSError):
    """This newsroom has no mail server; the message says so."""


class NoMail(BaseEmailBackend):
    """Refuses each mail: EMAIL_URL is none:."""

    def send_messages(self, messages: Any) -> NoReturn:
        """Raise MailIsOff, whatever is to be sent."""
        raise MailIsOff(_("No mail server is set (EMAIL_URL)."))
