"""Mails of the newsroom: rows first, sent by a job, tried again when the mail server refuses. Its troubles, told."""

from .alarm import finding_of, raise_alarm
from .outbox import send_mail, unsent
from .webhook import send_hooks

__all__ = ["finding_of", "raise_alarm", "send_hooks", "send_mail", "unsent"]
