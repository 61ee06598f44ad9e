"""The nginx of a Debian server as deploy/newsroom-server writes it: TLS, other hosts, limits, no addresses in logs."""

import http.client
import os
import re
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import NGINX
from tests.deploy.conftest import render
from tests.nginx.conftest import MAIN, free_port, wait_for

READER = "127.0.0.7"  # an address of the loopback that nothing else has
HOST = "tern.example"


@dataclass(frozen=True)
class Rendered:
    """A running server; `folder`: its logs."""

    folder: Path
    plain: int
    secure: int

    def ask(self, path: str, *, method: str = "GET", host: str = HOST, body: bytes | None = None) -> int:
        """Ask over TLS, and return the status."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.secure, timeout=20, source_address=(READER, 0), context=context
        )
        connection.sock = context.wrap_socket(
            socket.create_connection(("127.0.0.1", self.secure), 20, (READER, 0)), server_hostname=host
        )
        return answer(connection, path, method=method, host=host, body=body)[0]

    def ask_plainly(self, path: str, *, host: str = HOST) -> tuple[int, str]:
        """Ask without TLS, and return the status and where it leads."""
        connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=20, source_address=(READER, 0))
        return answer(connection, path, host=host)

    def logs(self) -> str:
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


def answer(
    connection: http.client.HTTPConnection, path: str, *, host: str, method: str = "GET", body: bytes | None = None
) -> tuple[int, str]:
    try:
        connection.request(method, path, body=body, headers={"Host": host, "Referer": "https://elsewhere.example/"})
        got = connection.getresponse()
        got.read()
        return got.status, got.headers.get("Location", "")
    finally:
        connection.close()


@pytest.fixture
def rendered(tmp_path: Path) -> Iterator[Callable[[int], Rendered]]:
    """Return a function that starts the rendered nginx before an application on a port."""
    running = []
    folder, plain, secure = tmp_path / "nginx", free_port(), free_port()
    folder.mkdir()
    (folder / "pages").mkdir()
    (folder / "acme").mkdir()
    names = ["-subj", f"/CN={HOST}", "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    subprocess.run(made, check=True, capture_output=True)
    render(folder / "root", folder)

    def started(application: int) -> Rendered:
        moved = [
            ("/etc/nginx/newsroom-site.conf", f"{folder}/root/etc/nginx/newsroom-site.conf"),
            ("/var/log/newsroom/nginx-", f"{folder}/"),
            ("/var/lib/newsroom/pages", f"{folder}/pages"),
            ("/var/www/newsroom-acme", f"{folder}/acme"),
            ("server 127.0.0.1:8000;", f"server 127.0.0.1:{application};"),
        ]
        files = [path for path in (folder / "root/etc/nginx").rglob("*") if path.is_file()]
        for path in files:
            text = re.sub(r"\n *listen \[::\]:[^\n]*", "", path.read_text())
            text = re.sub(r"listen 80\b", f"listen 127.0.0.1:{plain}", text)
            text = re.sub(r"listen 443\b", f"listen 127.0.0.1:{secure}", text)
            for written, meant in moved:
                text = text.replace(written, meant)
            path.write_text(text)
        user = "user root;" if os.geteuid() == 0 else ""
        included = "".join(f"include {path};\n    " for path in files if path.name != "newsroom-site.conf")
        main = MAIN.format(folder=folder, user=user).replace(f"include {folder}/site.conf;", included)
        # As Debian's own nginx.conf has it: what a server does not say for itself goes there.
        (folder / "nginx.conf").write_text(main)
        command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        subprocess.run([*command, "-t", "-q"], check=True)
        running.append(subprocess.Popen(command))
        wait_for(secure, running[0], folder / "error.log")
        return Rendered(folder, plain, secure)

    yield started
    for process in running:
        process.terminate()
        process.wait(10)


def test_no_log_holds_the_address_of_a_reader_whatever_goes_wrong(rendered: Callable[[int], Rendered]) -> None:
    server = rendered(free_port())  # the application is down
    assert server.ask("/en/?q=dunes") == 503
    assert server.ask("/preview/a-token-that-is-a-key/") == 503
    assert server.ask_plainly("/.well-known/acme-challenge/none")[0] == 404
    assert server.ask("/admin/login/", method="POST", body=b"x" * 70_000) == 413
    assert 429 in [server.ask("/admin/login/") for _ in range(40)]
    for host in ("other.example", "127.0.0.1"):
        with suppress(OSError, http.client.HTTPException):
            server.ask_plainly("/", host=host)
        with suppress(OSError, http.client.HTTPException):
            server.ask("/", host=host)
    logs = server.logs()
    assert '"GET /en/" 503' in logs and '"GET /preview/-" 503' in logs
    assert READER not in logs and "dunes" not in logs and "a-token" not in logs and "elsewhere" not in logs


def test_a_host_that_is_not_ours_gets_no_answer(rendered: Callable[[int], Rendered], echo: object) -> None:
    server = rendered(echo.port)  # type: ignore[attr-defined]
    assert server.ask("/admin/") == 299
    with pytest.raises(ssl.SSLError):
        server.ask("/", host="other.example")
    with pytest.raises(http.client.RemoteDisconnected):
        server.ask_plainly("/", host="other.example")


def test_a_plain_request_is_led_to_https(rendered: Callable[[int], Rendered]) -> None:
    server = rendered(free_port())
    assert server.ask_plainly("/en/?page=2") == (301, f"https://{HOST}/en/?page=2")
