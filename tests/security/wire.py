"""The newsroom as it stands in the world: gunicorn, and nginx before it where there is one, asked byte by byte."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.conftest import NGINX
from tests.nginx.conftest import APPLICATION, LISTEN, MAIN, PAGES, ROOT, SITE, free_port, wait_for
from tests.own import Own

LIMIT = 5  # seconds that a request may take, the least that can be set


@dataclass(frozen=True)
class Answered:
    """What came back on a connection until it was closed, or nothing more came."""

    data: bytes
    seconds: float

    @property
    def statuses(self) -> list[int]:
        return [int(status) for status in re.findall(rb"^HTTP/1\.[01] (\d{3}) ", self.data, re.MULTILINE)]


@dataclass(frozen=True)
class Door:
    """A port that is asked. `log`: what the application says."""

    port: int
    log: Path

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def send(self, data: bytes, *, patience: float = 3) -> Answered:
        """Send bytes on a connection of their own; `patience`: seconds of silence after which no more is expected."""
        begun, got = time.monotonic(), b""
        with self.connect() as connection, suppress(OSError):
            connection.settimeout(patience)
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(data)
            while piece := connection.recv(65536):
                got += piece
        return Answered(got, time.monotonic() - begun)

    def ask(self, path: str, *headers: str, method: str = "GET", body: bytes = b"") -> Answered:
        """Send one honest request."""
        length = [f"Content-Length: {len(body)}"] if body else []
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: close", *length, *headers]
        return self.send("\r\n".join([*lines, "", ""]).encode() + body, patience=10)

    def lines(self) -> list[dict[str, Any]]:
        """Return what the application has written to its log."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]


@contextmanager
def gunicorn(own: Own) -> Iterator[Door]:
    """Start the web processes as they are started everywhere, with short patience."""
    port, log = free_port(), own.folder / "web.log"
    more = {"REQUEST_SECONDS": str(LIMIT), "BEHIND_PROXY": "1", "LOG_FORMAT": "json", "SECOND_FACTOR_ROLES": "none"}
    command = [sys.executable, "-m", "gunicorn", "newsroom.wsgi:application", "--workers", "2"]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=own.environment | more,
            process_group=0,
            stderr=output,
        )
    try:
        deadline = time.monotonic() + 60
        door = Door(port, log)
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(OSError):
                if door.ask("/healthz").statuses == [200]:
                    break
            time.sleep(0.1)
        yield door
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def nginx(folder: Path, application: Door) -> Iterator[Door]:
    """Start nginx with the file of deploy/ before the application."""
    port = free_port()
    folder.mkdir()
    (folder / "pages").mkdir()
    text = SITE.read_text().replace(APPLICATION, f"server 127.0.0.1:{application.port};")
    text = text.replace(LISTEN, f"listen 127.0.0.1:{port};").replace(PAGES, f"root {folder}/pages;")
    text = re.sub(r"\b(error_log|access_log) /\S+", rf"\1 {folder}/site.log", text)
    (folder / "site.conf").write_text(text)
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user="user root;" if os.geteuid() == 0 else ""))
    command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    process = subprocess.Popen(command)
    try:
        wait_for(port, process, folder / "error.log")
        yield Door(port, application.log)
    finally:
        process.terminate()
        process.wait(10)
