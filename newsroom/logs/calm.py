"""While a service is away, the same is not said a thousand times: once a minute in each process, with how often."""

import logging
import time
from dataclasses import dataclass
from typing import Any

from articles.outage import is_outage

QUIET = 60.0  # seconds
Key = tuple[str, int, str, str]
# They say each second that they cannot reach what they need, without an error that could be looked at.
RESTLESS = ("celery", "kombu", "redis")


@dataclass
class Held:
    """What was said at `since` (seconds of the monotonic clock), and `times` more since then; `last`: the latest."""

    since: float
    last: logging.LogRecord
    times: int = 0


class CalmHandler(logging.StreamHandler[Any]):
    """Writes to standard error; holds back what an outage has each job and request say again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._held: dict[Key, Held] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record, unless the same was written within the last minute."""
        now = time.monotonic()
        self._tell(now)
        key = key_of(record)
        if key is not None and (held := self._held.get(key)):
            held.times, held.last = held.times + 1, record
            return
        if key is not None:
            self._held[key] = Held(now, record)
        super().emit(record)

    def _tell(self, now: float) -> None:
        """Say how often what was held back came, where its minute is over."""
        for key, held in list(self._held.items()):
            if now - held.since < QUIET:
                continue
            del self._held[key]
            if held.times:
                text = f"{held.last.getMessage()} (and {held.times} times more within {now - held.since:.0f} s)"
                super().emit(logging.LogRecord(held.last.name, held.last.levelno, "", 0, text, None, None))


def key_of(record: logging.LogRecord) -> Key | None:
    """Return what makes two records the same, None for one that is always written."""
    error = record.exc_info[1] if record.exc_info else None
    restless = record.name.startswith(RESTLESS) and record.levelno >= logging.WARNING
    if not (restless or getattr(record, "calm", False) or is_outage(error)):
        return None
    return record.name, record.levelno, str(record.msg), type(error).__name__
