"""The error of a database on which others write for longer than one waits."""

import sqlite3

from django.db import OperationalError


def busy_error() -> OperationalError:
    """Return it as the driver of SQLite gives it."""
    error, cause = OperationalError("database is locked"), sqlite3.OperationalError("database is locked")
    cause.sqlite_errorname = "SQLITE_BUSY"
    error.__cause__ = cause
    return error
