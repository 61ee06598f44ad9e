"""A real nginx with the configuration of deploy/, before the running site or before an application that echoes."""

import http.client
import json
import os
import re
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.conftest import NGINX

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = ROOT / "deploy" / "nginx.conf"
# What an operator changes, and nothing else.
APPLICATION, LISTEN, PAGES = "server 127.0.0.1:8000;", "listen 80;", "root /srv/newsroom/data/pages;"
MAIN = """
daemon off;
{user}
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What came back over the wire: nothing is unpacked, no redirect is followed."""

    status: int
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class Server:
    """An HTTP server on a port of this machine. `asked_from`: the address from which it is asked."""

    port: int
    asked_from: str = "127.0.0.1"

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """Send one request with the path as it is; `headers` with underscores for hyphens."""
        source = (self.asked_from, 0)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20, source_address=source)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body=body, headers=named)
            got = connection.getresponse()
            return Answer(got.status, got.read(), {name.lower(): value for name, value in got.getheaders()})
        finally:
            connection.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.fixture
def pages(settings: object, tmp_path: Path) -> Path:
    """Return the folder of the page store."""
    settings.PAGES_DIR = tmp_path / "pages"  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    settings.SERVE_STORED_PAGES = False  # type: ignore[attr-defined]
    (tmp_path / "pages").mkdir()
    return tmp_path / "pages"


@pytest.fixture
def start(pages: Path, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Return a function that starts nginx before an application on a port, with the site's file as it is or edited;
    all are ended after the test."""
    running = []

    def start_before(application: int, edit: Callable[[str], str] = str) -> Server:
        folder, port = tmp_path / f"nginx-{len(running)}", free_port()
        folder.mkdir()
        text = SITE.read_text()
        for written, meant in (
            (APPLICATION, f"server 127.0.0.1:{application};"),
            (LISTEN, f"listen 127.0.0.1:{port};"),
            (PAGES, f"root {pages};"),
        ):
            assert text.count(written) == 1, written
            text = text.replace(written, meant)
        # Its logs go where the test looks; what is written into them is left to it.
        text = re.sub(r"\b(error_log|access_log) /\S+", rf"\1 {folder}/site.log", text)
        (folder / "site.conf").write_text(edit(text))
        # Folders of tests are closed to all but their owner; only root has to name one.
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
        with (folder / "output").open("w") as output:
            command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
            running.append(subprocess.Popen(command, stdout=output, stderr=output))
        wait_for(port, running[-1], folder / "error.log")
        return Server(port)

    yield start_before
    for process in running:
        process.terminate()
    for process in running:
        process.wait(10)


def wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(log.read_text())


class Echo(BaseHTTPRequestHandler):
    """Answers with what it was asked, and a status that nginx never gives by itself."""

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        asked = {"method": self.command, "path": self.path, "body": self.rfile.read(length).decode()}
        text = json.dumps(asked | {"headers": {name.lower(): value for name, value in self.headers.items()}}).encode()
        self.send_response(299)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = do_PUT = answer

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def echo() -> Iterator[Server]:
    """Return an application that tells what it was asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield Server(server.server_address[1])
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def before_echo(start: Callable[[int], Server], echo: Server) -> Server:
    return start(echo.port)


@pytest.fixture
def before_nothing(start: Callable[[int], Server]) -> Server:
    """Return an nginx whose application is down."""
    return start(free_port())


@pytest.fixture
def application(live_server: LiveServer) -> Server:
    """Return the site itself, asked past nginx."""
    return Server(int(urlsplit(live_server.url).port or 0))


@pytest.fixture
def before_site(start: Callable[[int], Server], application: Server) -> Server:
    return start(application.port)
