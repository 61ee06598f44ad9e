"""What more processes bring: `python -m tests.benchmarks.grow_bench` prints a table for docs/how-to/grow.md.

Works in copies of the archive of 20,000, on SQLite and, where it is installed, on PostgreSQL. Eight readers at once ask
1, 2 and 4 web processes for pages that no store holds: questions to the search. Then 1, 2 and 4 processes store
4,000 pages. Times are by the clock, readers and servers share the machine, so what counts is each column's ratio to its
first row. Memory is what the processes have for themselves, without what they share. Nothing is asserted.
"""

import contextlib
import io
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote_plus

from tests.benchmarks import postgres
from tests.benchmarks.running import ROOT, copy_archive, enter, folder, processes, wait_for

SIZE = 20_000
PROCESSES = (1, 2, 4)
READERS, SECONDS, PAGES = 8, 8.0, 4_000
WORDS = ("harbour", "council", "pelican", "ferry", "school", "strike", "market", "bridge", "nothing-has-this")


class Reader(threading.Thread):
    """Asks until it is told to stop; `took`: seconds of each answer."""

    def __init__(self, port: int, number: int) -> None:
        super().__init__(daemon=True)
        self.port, self.number, self.took, self.stop = port, number, list[float](), threading.Event()

    def run(self) -> None:
        count = self.number
        while not self.stop.is_set():
            count += 1
            query = quote_plus(f"{WORDS[count % len(WORDS)]} {WORDS[count // 3 % len(WORDS)]}")
            begun = time.perf_counter()
            connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
            connection.request("GET", f"/en/search/?q={query}")
            answer = connection.getresponse()
            answer.read()
            connection.close()
            if answer.status != 200:
                raise SystemExit(f"search answers {answer.status}")
            self.took.append(time.perf_counter() - begun)


def answers(port: int) -> bool:
    """Say whether the server has begun to answer."""
    with contextlib.suppress(OSError):
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 600
    return False


def memory(log: Path) -> float:
    """Return how many MB the web processes have for themselves, on average."""
    workers = subprocess.run(["pgrep", "-f", f"gunicorn.*{log}"], capture_output=True, text=True, check=True).stdout
    sizes = []
    for pid in workers.split():
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        sizes.append(sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024)
    return statistics.mean(sorted(sizes)[1:] or sizes)  # the smallest is the one that starts the others


def web(data: Path, number: int, port: int) -> tuple[float, float, float]:
    """Return answers a second, the 95th percentile of their milliseconds, and the MB of a process."""
    log = data / f"web-{number}.log"
    command = [sys.executable, "-m", "gunicorn", "newsroom.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    with processes(log, [*command, "--workers", str(number), "--error-logfile", str(log)]):
        wait_for(lambda: answers(port), "the web server")
        readers = [Reader(port, one) for one in range(READERS)]
        for one in readers:
            one.start()
        time.sleep(2)  # each process has loaded what it needs
        before = [len(one.took) for one in readers]
        time.sleep(SECONDS)
        took = [seconds for one, begun in zip(readers, before, strict=True) for seconds in one.took[begun:]]
        megabytes = memory(log)
        for one in readers:
            one.stop.set()
        for one in readers:
            one.join()
    return len(took) / SECONDS, statistics.quantiles(took, n=20)[-1] * 1000, megabytes


def bake(number: int) -> float:
    """Return how many article pages a second so many processes store."""
    from django.utils import timezone

    from articles.pagemap import touch
    from articles.pagemap.whole import article_pages

    touch(list(article_pages("en", timezone.now()))[:PAGES], timezone.now())
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "manage.py", "bake", f"--jobs={number}"], cwd=ROOT, stdout=subprocess.DEVNULL, check=True
    )
    return PAGES / (time.perf_counter() - begun)


@contextlib.contextmanager
def sqlite(data: Path) -> Iterator[str]:
    copy_archive(SIZE, data / "db.sqlite3")
    yield f"sqlite:///{data / 'db.sqlite3'}"


@contextlib.contextmanager
def on_postgresql() -> Iterator[str]:
    with postgres.server() as url, postgres.copy_of(url, SIZE) as copy:
        yield copy


def measure(name: str) -> None:
    """Print the rows of one database."""
    with folder() as data, sqlite(data) if name == "SQLite" else on_postgresql() as url:
        environment = enter(data, DATABASE_URL=url)
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        call_command("bake", verbosity=0, stdout=io.StringIO())
        connection.close()
        for number in PROCESSES:
            rate, late, megabytes = web(data, number, int(environment["PORT"]))
            print(
                f"| {name}, {number} | {rate:.0f} | {late:.0f} ms | {megabytes:.0f} MB | {bake(number):.0f} |",
                flush=True,
            )


def main(chosen: list[str]) -> None:
    """Print the table; each database in a process of its own, which Django needs."""
    if chosen:
        measure(chosen[0])
        return
    print(
        "| processes | searches/s, 8 readers | p95 | memory of one | pages stored/s |\n|---|---:|---:|---:|---:|",
        flush=True,
    )
    for name in ("SQLite", *(["PostgreSQL"] if postgres.binaries() else [])):
        subprocess.run([sys.executable, "-m", "tests.benchmarks.grow_bench", name], cwd=ROOT, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
