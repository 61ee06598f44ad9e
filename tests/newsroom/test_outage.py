"""A database that is full, read-only or away: the desk says so, nothing typed is lost, what is public stays public."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, IntegrityError, InterfaceError, InternalError, OperationalError

from articles.outage import is_outage, outage_of
from tests.newsroom.refused import SCRIPT, TOLD
from tests.newsroom.test_busy import raised
from tests.own import own_newsroom

SIZE = "64m"


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a small disk of memory where we may mount one, else a folder."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(tmp_path)]
    mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0
    if mounted:
        monkeypatch.setenv("OWN_DISK", "1")
    yield tmp_path
    if mounted:
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def test_sqlite_refuses_and_nothing_is_lost(disk: Path) -> None:
    assert own_newsroom(disk).python(SCRIPT).splitlines() == TOLD


def error(kind: type[Exception], cause: Exception | None) -> Exception:
    made = kind("refused")
    made.__cause__ = cause
    return made


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (raised(OperationalError, sqlite_errorname="SQLITE_FULL"), "full"),
        (raised(OperationalError, sqlstate="53100"), "full"),
        (OSError(28, "No space left on device"), "full"),
        (raised(OperationalError, sqlite_errorname="SQLITE_READONLY_DBMOVED"), "read_only"),
        (raised(InternalError, sqlstate="25006"), "read_only"),
        (OSError(30, "Read-only file system"), "read_only"),
        (raised(OperationalError, sqlite_errorname="SQLITE_CANTOPEN"), "away"),
        (raised(OperationalError, sqlite_errorname="SQLITE_IOERR_READ"), "away"),
        (raised(OperationalError, sqlstate="57P01"), "away"),
        (raised(OperationalError, sqlstate="08006"), "away"),
        (error(OperationalError, Exception("connection refused")), "away"),
        (error(InterfaceError, Exception("the connection is closed")), "away"),
        (error(OperationalError, OSError(30, "Read-only file system")), "read_only"),
        (error(ValueError, raised(OperationalError, sqlite_errorname="SQLITE_FULL")), "full"),
        (raised(OperationalError, sqlite_errorname="SQLITE_BUSY"), ""),
        (raised(OperationalError, sqlstate="40001"), ""),
        (raised(IntegrityError, sqlstate="23505"), ""),
        (raised(DataError, sqlstate="22003"), ""),
        (raised(OperationalError, sqlite_errorname="SQLITE_ERROR"), ""),  # no such table
        (FileNotFoundError(2, "No such file"), ""),
        (ValueError("another"), ""),
    ],
)
def test_what_a_driver_says_is_understood(one: Exception, why: str) -> None:
    assert outage_of(one) == why


@pytest.mark.parametrize(("name", "outage"), [("ConnectionError", True), ("RedisClusterDown", False)])
def test_a_broker_that_is_away_is_an_outage_for_the_log(name: str, outage: bool) -> None:
    kind: Any = type(name, (Exception,), {})
    assert is_outage(kind("refused")) == outage
    assert outage_of(kind("refused")) == ""
