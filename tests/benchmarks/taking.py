"""The time that a piece of work takes: of this process, of PostgreSQL's for it, by the clock."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Answer = dict[str, Any]


def server_seconds() -> float:
    """Return the CPU time of PostgreSQL's process for this connection; 0 for SQLite, which works in ours."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(Path(f"/proc/{cursor.fetchone()[0]}/schedstat").read_text().split()[0]) / 1e9


def timed(work: Callable[[], Any]) -> tuple[Answer, Any]:
    """Do the work; return its times {cpu, server, wall} in seconds, and what it returns."""
    server, cpu, wall = server_seconds(), time.process_time(), time.monotonic()
    found = work()
    times = {"cpu": time.process_time() - cpu, "wall": time.monotonic() - wall}
    return times | {"server": server_seconds() - server}, found


def milliseconds(work: Callable[[], Any], times: int) -> float:
    """Return the milliseconds of work on one core, the server's too, of one of so many times."""
    taken, _found = timed(lambda: [work() for _ in range(times)])
    return float(taken["cpu"] + taken["server"]) / times * 1000


def bare_view() -> float:
    """Return the milliseconds of a view that renders the front page's bytes from memory, without a database: how fast
    the machine is that day, beside which other figures are read."""
    from django.test import Client
    from django.test.utils import override_settings

    from tests.benchmarks.serve_bench import hold

    hold(["/en/"])
    client = Client(headers={"host": "127.0.0.1"})
    with override_settings(ROOT_URLCONF="tests.benchmarks.serve_bare"):
        return statistics.median([milliseconds(lambda: client.get("/en/"), 1) for _ in range(21)][1:])
