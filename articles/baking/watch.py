"""What time it is inside a job that was told when it began."""

import time
from datetime import datetime, timedelta

from ..publishing import is_stopping


class Watch:
    """Started at the moment `at`; goes on by the monotonic clock, so a jump of the system's does not reach it."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started

    def has(self, seconds: float) -> bool:
        """True while less than `seconds` have passed and the process has not been told to end."""
        return self.seconds < seconds and not is_stopping()

    @property
    def now(self) -> datetime:
        return self._at + timedelta(seconds=self.seconds)
