"""What gunicorn says of itself and, where it is asked to, of each request, in the lines of the house."""

from typing import Any

from gunicorn.glogging import Logger

from .lines import JsonLines, PlainLines

# Method, path, status, bytes, milliseconds: nothing of who asked.
ACCESS = "%(m)s %(U)s %(s)s %(B)s %(M)s"


class ServerLog(Logger):
    """gunicorn's own, but for the form of its lines (`logger_class` of gunicorn.conf.py)."""

    def setup(self, cfg: Any) -> None:
        """Put the formatter of the house on each handler."""
        from newsroom import settings

        super().setup(cfg)
        formatter = JsonLines() if settings.LOG_FORMAT == "json" else PlainLines()
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(formatter)
