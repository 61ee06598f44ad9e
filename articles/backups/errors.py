"""Why there is no backup, or nothing restored: sentences for whoever looks after the server."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..sealing import KeyRefused, SealError


class BackupError(Exception):
    """It was begun and failed, or cannot be done; the message, in the reader's language, says why."""


class BackupRefused(BackupError):
    """It was not begun: a setting is missing, or what is there would be overwritten."""


class BackupBusy(BackupError):
    """Another process is taking one into the same folder."""


@contextmanager
def keys_refused() -> Iterator[None]:
    """Have what is wrong with a key refuse the backup, and what no key opens fail it."""
    try:
        yield
    except KeyRefused as error:
        raise BackupRefused(str(error)) from error
    except SealError as error:
        raise BackupError(str(error)) from error
