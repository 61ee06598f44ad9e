"""How an event stands in the log: a line of JSON, or one for people."""

import json
import logging
from datetime import UTC, datetime

from .cut import cut
from .request_id import id_of


class JsonLines(logging.Formatter):
    """One JSON object a line: at (UTC), level, logger, message; request and error (its traceback) where there are."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": cut(record.getMessage()),
        }
        if number := id_of(record):
            told["request"] = number
        if error := error_of(self, record):
            told["error"] = cut(error)
        return json.dumps(told, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """For those who read along: time, level, logger, message, and the traceback beneath."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines."""
        return cut(super().format(record))


def error_of(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    """Return the traceback that comes with a record, "" for none."""
    if record.exc_info and record.exc_info[0] is not None:
        return formatter.formatException(record.exc_info)
    return record.exc_text or ""
