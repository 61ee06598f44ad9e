"""The supervisor: starts web server and worker, refuses a second one, brings back the dead, leaves nothing behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import migrated

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Running:
    process: "subprocess.Popen[str]"
    url: str
    log: Path
    environment: dict[str, str]

    def members(self, word: str = "") -> list[int]:
        """Return the processes of the session that are alive and have `word` in their command line."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
                command = (folder / "cmdline").read_bytes().decode(errors="replace")
                if int(session) == self.process.pid and state != "Z" and word in command:
                    found.append(int(folder.name))
        return found


def answers(url: str) -> bool:
    try:
        return urllib.request.urlopen(f"{url}/admin/login/", timeout=2).status == 200
    except OSError:
        return False


def wait_until(condition: object, seconds: float = 40.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def migrated_before(django_db_setup: None, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    """Let the newsroom find its database as an earlier start left it."""
    migrated.lend(pytestconfig, tmp_path / "data" / "db.sqlite3")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """Start the newsroom in a session of its own, as a terminal would, without the demo's articles."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DEBUG": "1",
        "PORT": str(port),
        "LOG_LEVEL": "ERROR",
        "DATA_DIR": str(tmp_path / "data"),
        "WEB_PROCESSES": "1",
    }
    log = tmp_path / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "newsroom.run"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
            text=True,
        )
    started = Running(process, f"http://127.0.0.1:{port}", log, environment)
    try:
        assert wait_until(lambda: process.poll() is not None or "Stop with Ctrl-C" in log.read_text()), log.read_text()
        assert process.poll() is None, log.read_text()
        yield started
    finally:
        for member in started.members():
            with contextlib.suppress(ProcessLookupError):
                os.kill(member, signal.SIGKILL)
        process.wait()


def test_ctrl_c_ends_everything(running: Running) -> None:
    assert answers(running.url)
    assert running.members("gunicorn") and wait_until(lambda: len(running.members("celery")) == 2)
    os.killpg(running.process.pid, signal.SIGINT)
    assert wait_until(lambda: running.process.poll() is not None)
    assert running.process.returncode == 0
    assert running.members() == []


@pytest.mark.usefixtures("migrated_before")
def test_a_second_newsroom_in_the_same_folder_is_refused(running: Running) -> None:
    for port, message in ((running.environment["PORT"], "is taken"), ("0", "PORT is '0'")):
        again = run_again(running, PORT=port)
        assert again.returncode == 1
        assert message in again.stderr
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    again = run_again(running, PORT=str(free))
    assert "already runs from" in again.stderr
    assert answers(running.url)


@pytest.mark.usefixtures("migrated_before")
def test_a_dead_worker_is_started_again_and_a_killed_supervisor_takes_all_with_it(running: Running) -> None:
    """The beat inside is a process of its own: neither outlives the other, or there would be two beats, or none."""
    for killed in (min, max):
        assert wait_until(lambda: len(running.members("celery")) == 2)
        before = set(running.members("celery"))
        time.sleep(5)  # the worker looks after its beat from when it is ready
        os.kill(killed(before), signal.SIGKILL)
        assert wait_until(lambda: len(now := running.members("celery")) == 2 and not before & set(now))  # noqa: B023
    assert "The worker ended unexpectedly; starting it again." in running.log.read_text()
    running.process.kill()
    assert wait_until(lambda: running.members() == [], 10.0)


def run_again(running: Running, **values: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "newsroom.run"],
        cwd=ROOT,
        env=running.environment | values,
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
