"""How a refused request (403) or one for what is not there (404) stands in the log: one line with who asked; and what
strangers send to try the site, without a traceback."""

import logging

from django.http import HttpRequest


class Refusals(logging.Filter):
    """Takes the traceback from such a line and adds the user; what has really failed keeps its own."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through."""
        if getattr(record, "status_code", None) in (403, 404):
            record.exc_info = None
            record.msg = f"{record.msg} ({user_of(getattr(record, 'request', None))})"
        return True


class Strangers(logging.Filter):
    """Makes one line of what Django found suspicious, such as another host: anybody can have it write as many."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through."""
        if record.name.startswith("django.security."):
            record.exc_info, record.levelno, record.levelname = None, logging.WARNING, "WARNING"
        return True


def user_of(request: HttpRequest | None) -> str:
    """Return the user as far as the request has asked for one: a line of the log reads no session, no database."""
    user = getattr(request, "_cached_user", None)
    return f"user {user.pk}" if user is not None and user.pk is not None else "anonymous"
