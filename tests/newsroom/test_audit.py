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

    def do_GET(self) -> None:
        Index.asked.append(self.path)
        name = self.path.split("/")[1]
        self.send_response(200 if Index.knows else 404)
        self.end_headers()
        if Index.knows:
            self.wfile.write(json.dumps({"vulnerabilities": Index.faults.get(name, [])}).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def index() -> Iterator[str]:
    Index.faults, Index.asked, Index.knows = {}, [], True
    server = ThreadingHTTPServer(("127.0.0.1", 0), Index)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def audit(index: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": os.environ["PATH"], "AUDIT_INDEX": index}
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
