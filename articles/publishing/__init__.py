"""The use cases of publishing: plain functions that do one act in one transaction, or raise."""

from .announce import announce_due
from .answers import answer_mention, take_back_answer
from .bin import empty_bin, may_be_binned, put_in_bin, take_from_bin
from .checklist import CHOICES, Outgoing, Point, points_of
from .copying import copy_as_new
from .discarding import ask_erasure, bin_old_drafts, erase_draft, may_ask_erasure, may_erase_draft
from .errors import Refused
from .front import arrange, sheet_of
from .gate import ask_override, open_questions, override_for, override_gate
from .passage_notes import answer_note, close_note, reopen_note, write_note
from .posts import fetch_posts
from .preview_ends import end_links_of_the_closed
from .previews import MadeLink, make_link, revoke_link
from .publish import cancel, publish, schedule
from .put_right import put_right, was_ahead_somewhere
from .rebuilds import rebuilt_pages
from .releasing import live_release, lock, open_release
from .restoring import Restored, restore
from .retire import retract, withdraw
from .saving import keep_first_version, keep_version
from .stopping import is_stopping, stop
from .workflow import approve, return_to_draft, status, statuses, submit

__all__ = [
    "CHOICES",
    "MadeLink",
    "Outgoing",
    "Point",
    "Refused",
    "Restored",
    "announce_due",
    "answer_mention",
    "answer_note",
    "approve",
    "arrange",
    "ask_erasure",
    "ask_override",
    "bin_old_drafts",
    "cancel",
    "close_note",
    "copy_as_new",
    "empty_bin",
    "end_links_of_the_closed",
    "erase_draft",
    "fetch_posts",
    "is_stopping",
    "keep_first_version",
    "keep_version",
    "live_release",
    "lock",
    "make_link",
    "may_ask_erasure",
    "may_be_binned",
    "may_erase_draft",
    "open_questions",
    "open_release",
    "override_for",
    "override_gate",
    "points_of",
    "publish",
    "put_in_bin",
    "put_right",
    "rebuilt_pages",
    "reopen_note",
    "restore",
    "retract",
    "return_to_draft",
    "revoke_link",
    "schedule",
    "sheet_of",
    "status",
    "statuses",
    "stop",
    "submit",
    "take_back_answer",
    "take_from_bin",
    "was_ahead_somewhere",
    "withdraw",
    "write_note",
]
