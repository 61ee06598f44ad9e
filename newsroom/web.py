"""The web server's worker: one request at a time, each with a limit, so that none can hold the newsroom up.

A request that takes longer than gunicorn's `timeout` ends with its process, which is replaced: a thread could not be
ended. Such a worker must not wait for those who connect and say nothing, as browsers do to be quick later.
"""

import contextlib
import select
import socket
from typing import Any

from gunicorn.workers.sync import SyncWorker

SILENCE = 0.5  # seconds that a connection may be silent before its request; a browser then opens another
PAUSE = 10.0  # seconds between two pieces of a request, or of an answer that is taken
PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>This took too long</title></head>
<body>
<h1>This took too long</h1>
<p>The request was stopped. Look whether what you sent was stored before you send it again.</p>
<h1 lang="ru">Это заняло слишком много времени</h1>
<p lang="ru">Запрос остановлен. Прежде чем отправлять ещё раз, посмотрите, не сохранено ли отправленное.</p>
</body>
</html>
""".encode()
HEAD = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
    b"Connection: close\r\nContent-Length: %d\r\n\r\n"
)


class Worker(SyncWorker):
    """gunicorn's synchronous worker, impatient with the silent."""

    def init_process(self) -> None:
        """Have the system keep connections to itself until something is sent on them, where it can."""
        defer = getattr(socket, "TCP_DEFER_ACCEPT", None)
        for listener in self.sockets:
            if defer is not None and listener.sock.family != socket.AF_UNIX:
                listener.sock.setsockopt(socket.IPPROTO_TCP, defer, int(PAUSE))
        super().init_process()

    def handle(self, listener: Any, client: socket.socket, addr: Any) -> None:
        """Answer one request, of one who sends it."""
        if not select.select([client], [], [], SILENCE)[0]:
            client.close()
            return
        client.settimeout(PAUSE)
        super().handle(listener, client, addr)

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Say to whom a request was stopped what has happened; the process ends behind it."""
        if not isinstance(exc, SystemExit):
            super().handle_error(req, client, addr, exc)
            return
        self.alive = False
        self.log.error("Stopped after %d s: %s", self.cfg.timeout, getattr(req, "path", "?"))
        with contextlib.suppress(OSError):
            client.sendall(HEAD % len(PAGE) + PAGE)
