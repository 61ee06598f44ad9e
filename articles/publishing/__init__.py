"""The use cases of publishing: plain functions that do one act in one transaction, or raise."""

from .announce import announce_due
from .answers import answer_mention
from .errors import Refused
from .publish import cancel, publish, schedule
from .releasing import live_release, open_release
from .retire import retract, withdraw
from .saving import keep_version
from .workflow import approve, return_to_draft, status, statuses, submit

__all__ = [
    "Refused",
    "announce_due",
    "answer_mention",
    "approve",
    "cancel",
    "keep_version",
    "live_release",
    "open_release",
    "publish",
    "retract",
    "return_to_draft",
    "schedule",
    "status",
    "statuses",
    "submit",
    "withdraw",
]
