"""`make audit`: known faults of what is pinned are named; where nobody says, that is said, not that all is well."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


class Index(BaseHTTPRequestHandler):
    """Answers as a package index does; `faults`: by name, `asked`: the paths."""

    faults: dict[str, list[dict[str, Any]]] = {}
    asked: list[str] = []
    knows = True
    body: bytes | None = None
    waits = threading.Event()

    def do_GET(self) -> None:
        Index.asked.append(self.path)
        name = self.path.split("/")[1]
        if Index.body == b"":
            Index.waits.wait(20)
            return
        self.send_response(200 if Index.knows else 404)
        self.send_header("Content-Length", "1000000") if Index.body == b"{" else None
        self.end_headers()
        if Index.body is not None:
            self.wfile.write(Index.body)
        elif Index.knows:
            self.wfile.write(json.dumps({"vulnerabilities": Index.faults.get(name, [])}).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def index() -> Iterator[str]:
    Index.faults, Index.asked, Index.knows, Index.body = {}, [], True, None
    Index.waits.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    Index.waits.set()
    server.shutdown()
    thread.join()
    server.server_close()


def audit(index: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "AUDIT_INDEX": index, "AUDIT_SECONDS": "0.5"}
    command = [sys.executable, str(ROOT / ".ci" / "audit")]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_each_pin_is_asked_for_and_nothing_is_known(index: str) -> None:
    run = audit(index)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.endswith("0 known faults.\n")
    version = next(line for line in (ROOT / "requirements.txt").read_text().splitlines() if line.startswith("Django=="))
    assert f"/Django/{version.removeprefix('Django==')}/json" in Index.asked
    assert any(path.startswith("/psycopg/") for path in Index.asked)


def test_a_known_fault_is_named_with_what_mends_it(index: str) -> None:
    Index.faults["pillow"] = [
        {"id": "TEST-1", "fixed_in": ["99.0"], "summary": "A picture opens a door.", "withdrawn": None},
        {"id": "TEST-2", "fixed_in": [], "summary": "Taken back.", "withdrawn": "2026-01-01"},
    ]
    run = audit(index)
    assert run.returncode == 1
    assert "TEST-1, mended in 99.0. A picture opens a door." in run.stdout and "TEST-2" not in run.stdout


def test_where_nobody_says_it_is_not_said_that_all_is_well(index: str) -> None:
    Index.knows = False
    for address in (index, "http://127.0.0.1:1"):
        run = audit(address)
        assert (run.returncode, run.stdout) == (2, "")
        assert run.stderr.startswith("NOT AUDITED: ")
    assert len(Index.asked) == 1


GARBAGE = (
    *(b"<html>Sign in to the network</html>", b"[]", b"null", b"{}", b'{"vulnerabilities": null}', b"\xff\xfe"),
    *(b'{"vulnerabilities": ["PYSEC-1"]}', b'{"vulnerabilities": [{"summary": "no id"}]}', b"{", b""),
)


@pytest.mark.parametrize("body", GARBAGE, ids=[repr(one) for one in GARBAGE])
def test_an_answer_that_says_nothing_is_no_good_news(index: str, body: bytes) -> None:
    """Whatever a proxy, another service or half an answer says; the last one never answers at all."""
    Index.body = body
    run = audit(index)
    assert (run.returncode, run.stdout) == (2, ""), run.stderr
    assert run.stderr.startswith("NOT AUDITED: ") and run.stderr.count("\n") == 1
