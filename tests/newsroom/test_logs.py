"""The log: lines of JSON with the number of the request, nobody's address, no secret, and calm during an outage."""

import io
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from newsroom.logs import CalmHandler, JsonLines, PlainLines, calm
from newsroom.logs.cut import cut
from tests.builders import make_newsroom
from tests.security.addresses import filled, patterns, places

ROOT = Path(__file__).resolve().parent.parent.parent
NUMBER = "0123456789abcdef-A_b"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("asked by 203.0.113.9.", "asked by …."),
        ("from [2001:db8::7]:443 and 2001:db8:0:1:2:3:4:5", "from […]:443 and …"),
        ("203.0.113.9:443 and 2001:db8::7: broken", "…:443 and …: broken"),
        ("ip=::ffff:203.0.113.9: broken", "ip=…: broken"),
        (
            "login refused, from 203.0.113.0/24, from 2001:db8:7::/48",
            "login refused, from 203.0.113.0/24, from 2001:db8:7::/48",
        ),
        ("from 203.0.113.9/24, from 203.0.113.0/2400, 203.0.113.0", "from …/24, from …/2400, …"),
        ("Listening at: http://127.0.0.1:8000, [::1]:8000", "Listening at: http://127.0.0.1:8000, [::1]:8000"),
        ("at 12:30:45, version 1.2.3, ratio 1:2", "at 12:30:45, version 1.2.3, ratio 1:2"),
        ("Not Found: /preview/Ab0_-cd/", "Not Found: /preview/…"),
        ("GET /en/?q=name&x=1 HTTP/1.1", "GET /en/?… HTTP/1.1"),
        ("GET /media/a.jpg?preview=Ab0_cd", "GET /media/a.jpg?…"),
        (
            "/admin/password/reset/key/1-abc-def/ and /admin/reset/MQ/abc-def/",
            "/admin/password/reset/key/… and /admin/reset/…",
        ),
        ("/admin/email/confirm/Mw:1abc/", "/admin/email/confirm/…"),
        ("Why? Because; what?now", "Why? Because; what?now"),
    ],
)
def test_what_names_somebody_or_opens_something_is_cut(text: str, told: str) -> None:
    assert cut(text) == told


def test_no_address_of_ours_that_holds_a_secret_is_left_whole() -> None:
    secret = re.compile("token|key>|uidb")
    addresses = [pattern for pattern, _name in patterns() if secret.search(pattern)]
    assert len(addresses) >= 3
    for pattern in addresses:
        address = filled(pattern, *["s3cret" for _place in range(places(pattern))])
        assert "s3cret" not in cut(f"Not Found: {address}"), pattern


def stream() -> tuple[logging.Logger, io.StringIO]:
    """Return a logger of its own, and what it writes."""
    text = io.StringIO()
    handler = CalmHandler(text)
    handler.setFormatter(JsonLines())
    logger = logging.Logger("articles.trial")
    logger.addHandler(handler)
    return logger, text


def lines(text: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.getvalue().splitlines()]


def test_an_event_is_one_line_of_json_with_its_error() -> None:
    logger, text = stream()
    try:
        raise RuntimeError("asked by 203.0.113.9\nover two lines")
    except RuntimeError:
        logger.exception("Asked: %s", "«что»\nnews")
    (told,) = lines(text)
    assert (told["level"], told["logger"], told["message"]) == ("ERROR", "articles.trial", "Asked: «что»\nnews")
    assert told["at"].endswith("+00:00") and "Traceback" in told["error"] and "203." not in told["error"]


def test_people_read_lines_and_the_traceback_beneath() -> None:
    record = logging.LogRecord("a.b", logging.WARNING, "", 0, "asked %s", ("203.0.113.9",), None)
    assert PlainLines().format(record).endswith(" WARNING a.b: asked …")


def away() -> OperationalError:
    error = OperationalError("connection refused")
    error.__cause__ = Exception()
    return error


def test_an_outage_is_told_once_a_minute_with_how_often(monkeypatch: pytest.MonkeyPatch) -> None:
    logger, text = stream()
    now = [0.0]
    monkeypatch.setattr(calm.time, "monotonic", lambda: now[0])
    for second in range(130):
        now[0] = float(second)
        logger.error("Page %s fails", second, exc_info=away())
        logger.error("Another fails", exc_info=away())
    now[0] = 1000.0
    logger.info("well again")
    told = [one["message"] for one in lines(text)]
    assert told.count("Another fails") == 3
    assert told[:2] == ["Page 0 fails", "Another fails"]
    assert "Another fails (and 59 times more within 60 s)" in told
    assert "Page 129 fails (and 9 times more within 880 s)" in told
    assert told[-1] == "well again"


def test_what_is_no_outage_is_always_written() -> None:
    logger, text = stream()
    for number in range(3):
        logger.error("The page cannot be stored", exc_info=RuntimeError(str(number)))
        logger.warning("Not Found: /en/")
    assert len(lines(text)) == 6


def test_a_service_that_is_looked_for_each_second_is_told_of_once() -> None:
    logger, text = stream()
    logger.name = "celery.worker.consumer"
    for number in range(5):
        logger.error("Cannot connect, attempt %d", number)
    assert [one["message"] for one in lines(text)] == ["Cannot connect, attempt 0"]


@pytest.mark.django_db
def test_a_request_has_a_number_in_its_answer_and_in_its_lines(caplog: pytest.LogCaptureFixture) -> None:
    make_newsroom()
    given = Client().get("/en/nothing/", headers={"X-Request-ID": NUMBER})
    (record,) = [one for one in caplog.records if one.name == "django.request"]
    assert given["X-Request-ID"] == json.loads(JsonLines().format(record))["request"] == NUMBER
    own = {Client().get("/robots.txt", headers={"X-Request-ID": bad})["X-Request-ID"] for bad in ("", "a b", "x" * 65)}
    assert len(own) == 3 and all(len(number) == 32 for number in own)


def test_gunicorn_writes_the_same_lines_of_requests_and_of_errors(tmp_path: Path) -> None:
    """A process as documented, with its log of requests asked for, before an application that fails where asked."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(tmp_path),
        "SITE_URL": "http://news.example",
        "EMAIL_URL": "none:",
        "SECRET_KEY": "".join(map(chr, range(40, 100))),
    }
    command = [sys.executable, "-m", "gunicorn", "tests.newsroom.slow:application", "--access-logfile", "-"]
    command += ["--workers", "1", "--bind", f"127.0.0.1:{port}"]
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, process_group=0, stdout=output, stderr=output)
    try:
        wait_for(port, process)
        headers = {
            "X-Forwarded-For": "203.0.113.9",
            "User-Agent": "198.51.100.7",
            "Referer": "http://news.example/?a=b",
        }
        path = f"http://127.0.0.1:{port}/preview/{'s' * 43}/?preview=secret"
        urllib.request.urlopen(urllib.request.Request(path, headers=headers), timeout=10).close()
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/fail?preview=secret", timeout=10)
        with socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.77", 0)) as broken:
            broken.sendall(b"GET /preview/ssssss HTTP/9.9\r\n\r\n")
            broken.recv(1000)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
    told = [json.loads(line) for line in log.read_text().splitlines()]
    access = [one["message"] for one in told if one["logger"] == "gunicorn.access"]
    assert any(one.startswith("GET /preview/… 200 ") for one in access)
    errors = [one for one in told if one["logger"] == "gunicorn.error" and one["level"] in ("WARNING", "ERROR")]
    assert any("Error handling request GET /fail?…" in one["message"] and one["error"] for one in errors)
    assert any("Invalid request from ip=…" in one["message"] for one in errors)
    for secret in ("203.0.113.9", "198.51.100.7", "127.0.0.77", "ssss", "secret"):
        assert secret not in log.read_text()


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
    raise AssertionError("gunicorn does not answer")
