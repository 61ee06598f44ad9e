"""Why there is no backup, or nothing restored: sentences for whoever looks after the server."""


class BackupError(Exception):
    """It was begun and failed, or cannot be done; the message, in the reader's language, says why."""


class BackupRefused(BackupError):
    """It was not begun: a setting is missing, or what is there would be overwritten."""


class BackupBusy(BackupError):
    """Another process is taking one into the same folder."""
