"""The embedded broker: Kombu's folder of messages, in which nothing is ever seen half-written.

Kombu opens a message under its final name and locks it afterwards, and it reads without a lock: a reader that comes in
between takes an empty file, and the worker ends over it. Here a file is written aside and renamed.
"""

import os
import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Puts messages and bindings whole; passes over what a crash or a full disk has left in pieces."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]
        # Sorts by time as Kombu's own names do, and ends as its reader expects.
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        write_whole(Path(self.data_folder_out, name), dumps(payload))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        while True:
            try:
                return super()._get(queue)
            except ValueError:  # no JSON: the file is gone already, and a wake-up may be lost
                continue

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        table = self.get_table(exchange)
        if bound not in table:
            self.control_folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._exchange_file(exchange), dumps([bound, *table]))

    def get_table(self, exchange: str) -> list[Any]:
        try:
            return super().get_table(exchange)
        except ValueError:
            return []


class Transport(filesystem.Transport):
    """Kombu's transport over the channel above."""

    Channel = Channel


def write_whole(path: Path, text: str) -> None:
    """Write a file of which others see all or nothing; raises ChannelError when it cannot be written."""
    aside = path.with_name(f"{path.name}.{uuid.uuid4()}.part")  # matches no queue's name
    try:
        aside.write_text(text, encoding="utf-8")
        os.replace(aside, path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise ChannelError(f"Cannot write {path}") from error
