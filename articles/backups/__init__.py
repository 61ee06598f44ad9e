"""Backups: the whole newsroom at one moment, encrypted, into a folder, and back again.

`take` makes one, `restoring.restore` puts it in the place of an empty newsroom; `last_backup` tells how old the last
whole one is. docs/how-to/back-up-and-restore.md is for those who use them.
"""

from .errors import BackupBusy, BackupError, BackupRefused
from .nightly import is_due, is_old, last_backup
from .restoring import RestoredBackup, restore
from .taking import Way, take

__all__ = [
    "BackupBusy",
    "BackupError",
    "BackupRefused",
    "RestoredBackup",
    "Way",
    "is_due",
    "is_old",
    "last_backup",
    "restore",
    "take",
]
