"""A file of JSON lines to which one process appends, each line on the disk before it goes on.

A line that a kill has cut off is passed over by the reader, and closed by the next writer.
"""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Journal:
    """Lines `{"t": seconds since 1970, …}`; `synced=False` leaves it to the system when they reach the disk."""

    def __init__(self, path: Path, *, synced: bool = True) -> None:
        self._synced = synced
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_RDWR)
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")

    def write(self, **values: Any) -> None:
        """Append one line with the time of now, unless `t` is given."""
        line = json.dumps({"t": time.time()} | values, ensure_ascii=False, separators=(",", ":"))
        os.write(self._file, line.encode() + b"\n")
        if self._synced:
            os.fsync(self._file)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the whole lines of a journal; nothing when there is no such file."""
    if not path.exists():
        return
    for line in path.read_bytes().split(b"\n"):
        try:
            yield json.loads(line)
        except ValueError:
            continue


class Tail:
    """Reads what was appended to the journals of a folder since it was last asked."""

    def __init__(self, folder: Path, pattern: str) -> None:
        self._folder, self._pattern = folder, pattern
        self._read: dict[Path, int] = {}

    def news(self) -> Iterator[dict[str, Any]]:
        """Yield the new whole lines."""
        for path in sorted(self._folder.glob(self._pattern)):
            start = self._read.get(path, 0)
            with path.open("rb") as file:
                file.seek(start)
                text = file.read()
            end = text.rfind(b"\n") + 1
            self._read[path] = start + end
            for line in text[:end].splitlines():
                try:
                    yield json.loads(line)
                except ValueError:
                    continue
