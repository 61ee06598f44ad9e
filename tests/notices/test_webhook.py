"""Troubles posted to an address of the outlet's: once each, tried again while it refuses, never led elsewhere."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from articles.models import Trouble
from articles.notices import send_hooks
from articles.watching import look
from articles.watching.checks import mail
from tests.builders import make_newsroom

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Chat(BaseHTTPRequestHandler):
    """Keeps what is posted; answers with the status that the test has set."""

    status = 200
    posted: list[dict[str, Any]] = []
    asked: list[str] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Chat.asked.append(self.path)
        if Chat.status == 200:
            Chat.posted.append(json.loads(body))
        self.send_response(Chat.status)
        if Chat.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def do_GET(self) -> None:
        Chat.asked.append(f"GET {self.path}")
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture(autouse=True)
def chat(settings: Any) -> Iterator[type[Chat]]:
    make_newsroom()
    Chat.status, Chat.posted, Chat.asked = 200, [], []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Chat)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.ALARM_WEBHOOK = f"http://127.0.0.1:{server.server_address[1]}/hooks/secret-word"
    yield Chat
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def row() -> Trouble:
    return Trouble.objects.create(kind="late", figures={"number": 7}, began_at=NOW, seen_at=NOW)


def test_the_begin_and_the_end_are_posted_once_each(row: Trouble, chat: type[Chat]) -> None:
    assert [send_hooks(NOW), send_hooks(NOW)] == [1, 0]
    Trouble.objects.update(ended_at=NOW + HOUR)
    assert [send_hooks(NOW + HOUR), send_hooks(NOW + HOUR)] == [1, 0]
    begun, over = chat.posted
    assert (begun["state"], begun["trouble"], over["state"]) == ("begun", "late", "over")
    assert begun["says"] == "Pages that have waited for more than a minute: 7." and begun["do"]
    assert "Tern Herald" in begun["text"] and begun["says"] in begun["text"]
    assert (over["began_at"], over["ended_at"]) == (NOW.isoformat(), (NOW + HOUR).isoformat())


def test_one_that_was_over_before_it_was_told_is_told_whole(row: Trouble, chat: type[Chat]) -> None:
    Trouble.objects.update(ended_at=NOW)
    assert send_hooks(NOW) == 2
    assert [one["state"] for one in chat.posted] == ["begun", "over"]


@pytest.mark.parametrize("status", [500, 404, 302])
def test_a_refusal_is_told_on_the_desk_and_in_the_log_and_tried_again(
    row: Trouble, chat: type[Chat], status: int, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    chat.status = status
    assert send_hooks(NOW) == 0
    row.refresh_from_db()
    assert (row.last_error, row.attempts, row.not_before) == (f"HTTP {status}", 1, NOW + timedelta(seconds=30))
    assert f"HTTP {status}" in caplog.text and "secret-word" not in caplog.text
    assert [one.kind.key for one in mail.webhook(NOW)] == ["webhook"]
    assert send_hooks(NOW) == 0  # it is put off
    chat.status = 200
    assert send_hooks(NOW + HOUR) == 1
    assert [one.kind.key for one in mail.webhook(NOW)] == []
    assert set(chat.asked) == {"/hooks/secret-word"}, "nobody is led elsewhere"


def test_a_server_that_is_away_is_told(row: Trouble, settings: Any) -> None:
    settings.ALARM_WEBHOOK = "http://127.0.0.1:1/"
    assert send_hooks(NOW) == 0
    row.refresh_from_db()
    assert row.last_error == "URLError"


def test_without_an_address_nothing_is_posted_nor_made_up_for(row: Trouble, chat: type[Chat], settings: Any) -> None:
    address, settings.ALARM_WEBHOOK = settings.ALARM_WEBHOOK, ""
    assert send_hooks(NOW) == 0
    assert not any(one.kind.key == "webhook" for one in look(NOW))
    settings.ALARM_WEBHOOK = address
    Trouble.objects.update(ended_at=NOW)
    assert send_hooks(NOW + timedelta(days=3)) == 0
    assert chat.posted == []
