"""A line on the terminal that says how far a long command has come."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

EVERY = 0.5  # seconds between two lines


def progress_on(stream: TextIO = sys.stderr, clock: Callable[[], float] = time.monotonic) -> "Progress | None":
    """Return a progress line for a terminal; None where the stream is none."""
    return Progress(stream, clock) if stream.isatty() else None


class Progress:
    """Called with how many are done, of how many; rewrites one line."""

    def __init__(self, stream: TextIO, clock: Callable[[], float]) -> None:
        self._stream, self._clock = stream, clock
        self._begun: tuple[float, int] | None = None
        self._told = float("-inf")

    def __call__(self, done: int, total: int) -> None:
        now = self._clock()
        if self._begun is None:
            self._begun = (now, done)
        if now - self._told < EVERY and done < total:
            return
        self._told = now
        self._stream.write(f"\r\x1b[K{line(done, total, done - self._begun[1], now - self._begun[0])}")
        if done >= total:
            self._stream.write("\n")
        self._stream.flush()


def line(done: int, total: int, lately: int, seconds: float) -> str:
    """Return the text: `line(500, 2000, 400, 4.0) == "500 of 2,000 pages, 100/s, 0:15 left"`."""
    text = f"{done:,} of {total:,} pages"
    if lately <= 0 or seconds <= 0:
        return text
    minutes, rest = divmod(round((total - done) * seconds / lately), 60)
    return f"{text}, {lately / seconds:.0f}/s, {minutes}:{rest:02} left"
