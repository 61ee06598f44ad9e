"""The web server's worker: a request that never ends is stopped, those who say nothing hold nobody up."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT = 5  # seconds, the least that may be set


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Start gunicorn in the newsroom's folder, as documented, before an application that never ends where asked."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DEBUG": "1",
        "REQUEST_SECONDS": str(LIMIT),
        "DATA_DIR": str(tmp_path / "data"),
    }
    command = [sys.executable, "-m", "gunicorn", "tests.newsroom.slow:application", "--workers", "2"]
    process = subprocess.Popen(
        [*command, "--bind", f"127.0.0.1:{port}"], cwd=ROOT, env=environment, process_group=0, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).close()
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def asked(address: str) -> tuple[int, str, float]:
    """Return status, text and seconds of an answer; the status is 0 where the connection was cut."""
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return answer.status, answer.read().decode(), time.monotonic() - begun
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), time.monotonic() - begun
    except OSError:
        return 0, "", time.monotonic() - begun


def test_request_that_never_ends_is_stopped_and_the_others_are_answered(url: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        spinning = pool.submit(asked, f"{url}/spin")
        time.sleep(0.5)
        assert [asked(url)[0] for _ in range(5)] == [200] * 5
        status, text, seconds = spinning.result()
    assert status == 503 and LIMIT - 1 <= seconds < 3 * LIMIT + 5
    assert "This took too long" in text and "слишком много времени" in text
    assert asked(url)[0] == 200


def test_requests_that_no_signal_ends_take_their_processes_with_them(url: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        stuck = [pool.submit(asked, f"{url}/stuck") for _ in range(2)]
        assert [one.result()[0] for one in stuck] == [0, 0]
    assert asked(url)[0] == 200


def test_those_who_connect_and_say_nothing_hold_nobody_up(url: str) -> None:
    host, port = url.removeprefix("http://").split(":")
    silent = [socket.create_connection((host, int(port))) for _ in range(10)]
    try:
        time.sleep(0.5)
        answers = [asked(url) for _ in range(4)]
    finally:
        for connection in silent:
            connection.close()
    assert [status for status, _text, _seconds in answers] == [200] * 4
    assert max(seconds for _status, _text, seconds in answers) < 3
