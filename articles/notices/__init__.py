"""Mails of the newsroom: rows first, sent by a job, tried again when the mail server refuses."""

from .alarm import raise_alarm
from .outbox import send_mail, unsent

__all__ = ["raise_alarm", "send_mail", "unsent"]
