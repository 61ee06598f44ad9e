"""The lanes of a worker process, one for each queue: in each at most one piece of work at a time.

A wake-up that finds its lane busy ends at once, so that a full lane never takes the threads of the others; what it
asked for is done when the lane is free again.
"""

import logging
from collections.abc import Callable
from threading import Lock

from ..publishing import is_stopping

Work = Callable[[], object]  # what it returns is true when there is more to do
logger = logging.getLogger(__name__)


class Lane:
    """One queue of a process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._busy = False
        self._asked: dict[Work, None] = {}

    def run(self, work: Work) -> None:
        """Do `work`, and what is asked for meanwhile; leave it to whoever is at it when the lane is busy.

        Asked for several times, it is done once. Work that has more to do goes on at once, after what others have
        asked for. An error ends that piece of work and no other.
        """
        with self._lock:
            self._asked[work] = None
            if self._busy:
                return
            self._busy = True
        try:
            self._go_on()
        except BaseException:  # such as SystemExit, in a process that may live on
            with self._lock:
                self._busy = False
            raise

    def _go_on(self) -> None:
        following = self._next(None)
        while following:
            more: object = False
            try:
                more = following()
            except Exception:
                logger.exception("%s fails; its rows are tried again", getattr(following, "__name__", following))
            if more:
                with self._lock:
                    self._asked[following] = None
            following = self._next(following)

    def _next(self, last: Work | None) -> Work | None:
        """Take what was asked for first, that which was done last only after all else."""
        with self._lock:
            if is_stopping():
                self._asked.clear()
            work = min(self._asked, key=lambda one: one == last, default=None)
            if work is None:
                self._busy = False
            else:
                del self._asked[work]
            return work
