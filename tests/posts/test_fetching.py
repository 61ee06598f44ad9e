"""Another server is asked over TLS only, from the list only, at public addresses only, within seconds and bytes."""

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from articles.publishing import fetching
from articles.publishing.fetching import FetchError, fetch, is_public, public_address

ALLOWED = frozenset({"tern.example", "also.example"})


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer by the path."""
        kind = self.path.partition("?")[0]
        asked.append(f"{self.headers['Host']}{self.path}")
        leads = {
            "/on": "https://also.example/ok",
            "/round": "/round",
            "/out": "https://evil.example/",
            "/plain": "http://tern.example/ok",
        }
        if kind in leads:
            self.answer(302, b"", Location=leads[kind])
        elif kind == "/large":
            self.answer(200, b"x" * 5000)
        elif kind == "/missing":
            self.answer(404, b"no")
        elif kind == "/zip":
            self.answer(200, b"x", **{"Content-Encoding": "gzip"})
        elif kind == "/hang":
            release.wait(20)
        else:
            self.answer(200, b'{"title": "Dunes"}', **{"Content-Type": "application/json"})

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


asked: list[str] = []
release = threading.Event()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A server on this machine that stands for every host; only how it is reached is another way than outside."""
    asked.clear()
    release.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    class Here(http.client.HTTPConnection):
        def connect(self) -> None:
            self.host, named = "127.0.0.1", self.host
            super().connect()
            self.host = named

    monkeypatch.setattr(fetching, "connection", lambda host: Here(host, server.server_port, timeout=0.5))
    yield
    release.set()
    server.shutdown()
    server.server_close()
    thread.join()


def get(path: str, host: str = "tern.example", most: int = 1000) -> bytes:
    return fetch(f"https://{host}{path}", ALLOWED.__contains__, most=most).body


def test_an_answer_is_read_and_a_redirect_within_the_list_followed(site: None) -> None:
    assert get("/ok") == get("/on") == b'{"title": "Dunes"}'
    assert [one.partition(":")[0] for one in asked] == ["tern.example", "tern.example", "also.example"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/out", "host"),
        ("/plain", "host"),
        ("/round", "redirects"),
        ("/large", "large"),
        ("/missing", "status"),
        ("/zip", "unread"),
        ("/hang", "slow"),
    ],
)
def test_what_is_no_answer_is_refused_for_its_reason(site: None, path: str, reason: str) -> None:
    with pytest.raises(FetchError) as error:
        get(path)
    assert error.value.reason == reason
    assert not [one for one in asked if one.startswith("evil.example")]


@pytest.mark.parametrize("url", ["https://evil.example/", "http://tern.example/", "https://a@tern.example/",
                                 "https://tern.example:8443/", "https://[/", "file:///etc/passwd"])  # fmt: skip
def test_nobody_off_the_list_is_asked(site: None, url: str) -> None:
    with pytest.raises(FetchError) as error:
        fetch(url, ALLOWED.__contains__, most=1000)
    assert error.value.reason == "host" and asked == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.5.5", "169.254.169.254", "0.0.0.0", "100.64.0.1",
     "224.0.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "fec0::1", "::ffff:127.0.0.1", "2002:7f00:1::",
     "64:ff9b::7f00:1", "no address"],
)  # fmt: skip
def test_a_machine_that_is_not_on_the_public_net_is_none(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are() -> None:
    assert is_public("93.184.215.14") and is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_a_name_that_leads_to_this_machine_is_not_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    mixed = [(2, 1, 6, "", ("93.184.215.14", 443)), (2, 1, 6, "", ("127.0.0.1", 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_kwargs: mixed)
    with pytest.raises(FetchError) as error:
        public_address("tern.example", 443)
    assert error.value.reason == "private"

    def never(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("connected")

    monkeypatch.setattr("socket.create_connection", never)
    with pytest.raises(FetchError) as error:
        fetch("https://tern.example/", ALLOWED.__contains__, most=1000)
    assert error.value.reason == "private"


def test_only_the_certificate_of_the_host_opens_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(fetching, "public_address", lambda host, port: "127.0.0.1")
    monkeypatch.setattr(
        fetching, "connection", lambda host: fetching.PublicConnection(host, server.server_port, timeout=1)
    )
    with pytest.raises(FetchError) as error:  # it speaks no TLS at all
        fetch("https://tern.example/", ALLOWED.__contains__, most=1000)
    assert error.value.reason == "certificate"
    server.shutdown()
    server.server_close()
    thread.join()
