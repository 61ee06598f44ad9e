"""A taken port gives one clear sentence before anything is installed or started."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom import port

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def taken() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_free_port_is_no_problem() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
    assert port.problem("127.0.0.1", number) is None


def test_a_taken_port_is_named_with_a_way_out(taken: int) -> None:
    assert port.problem("127.0.0.1", taken) == (
        f"Port {taken} is taken by another program. Stop that program, or choose another port: "
        f"PORT={taken + 1} make run"
    )


def test_make_run_says_so_first(taken: int) -> None:
    run = subprocess.run(
        ["make", "run", f"PORT={taken}", f"PYTHON={sys.executable}"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert run.returncode != 0
    assert run.stdout == ""
    assert run.stderr.startswith(f"Port {taken} is taken by another program.")


@pytest.mark.parametrize("text", ["", "web", "0", "70000", "-5"])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(SystemExit, match="expected a whole number from 1 to 65535"):
        port.main([text])
