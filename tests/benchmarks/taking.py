"""The time that a piece of work takes: of this process, of PostgreSQL's for it, by the clock."""

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
