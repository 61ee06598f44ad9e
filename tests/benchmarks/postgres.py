"""A PostgreSQL server of the benchmarks' own, with its archives in data/bench/postgresql: started for a measurement and
stopped after it. It syncs nothing to the disk, so that making the archives and copying them takes less time.

`python -m tests.benchmarks.postgres 20000` makes an archive there, once.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.archive import WRITTEN
from tests.benchmarks.running import need_room

FOLDER = Path(__file__).resolve().parents[2] / "data" / "bench" / "postgresql"
EACH = 9_000  # bytes of an article with its edition, release, index rows
USER = "postgres"  # PostgreSQL refuses to run as root
SETTINGS = "fsync=off shared_buffers=256MB max_wal_size=4GB maintenance_work_mem=256MB autovacuum=off".split()
SETTINGS.append("max_parallel_workers_per_gather=0")  # the processor time of others is not seen


def binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs, None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    program = str(found[-1]) if found else shutil.which("initdb")
    return Path(program).resolve().parent if program else None


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs."""
    folder = binaries()
    assert folder is not None
    as_user = {"user": USER, "group": pwd.getpwnam(USER).pw_gid} if os.getuid() == 0 else {}
    subprocess.run([str(folder / program), *arguments], cwd="/", stdout=subprocess.DEVNULL, check=True, **as_user)  # type: ignore[call-overload]


@contextmanager
def server() -> Iterator[str]:
    """Start the server, made when it is not there; yield the beginning of its databases' URLs."""
    data = FOLDER / "data"
    if not FOLDER.exists():
        FOLDER.mkdir(parents=True)
        if os.getuid() == 0:
            shutil.chown(FOLDER, USER)
        run("initdb", f"--pgdata={data}", "--username=newsroom", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = " ".join(f"-c {setting}" for setting in (*SETTINGS, "listen_addresses=127.0.0.1"))
    started = f"--options=-p {port} -k {FOLDER} {settings}"
    run("pg_ctl", f"--pgdata={data}", "--wait", f"--log={FOLDER / 'log'}", started, "start")
    try:
        yield f"postgres://newsroom@127.0.0.1:{port}"
    finally:
        run("pg_ctl", f"--pgdata={data}", "--wait", "--mode=fast", "stop")


def execute(url: str, statement: str) -> list[tuple[object, ...]]:
    """Execute a statement in the server's own database; return its rows."""
    import psycopg

    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


def names(url: str) -> set[str]:
    """Return the names of the server's databases."""
    return {str(row[0]) for row in execute(url, "SELECT datname FROM pg_database")}


@contextmanager
def copy_of(url: str, size: int) -> Iterator[str]:
    """Copy an archive for as long as it is needed; yield the copy's URL."""
    copy = f"archive_{size}_copy"
    execute(url, f"DROP DATABASE IF EXISTS {copy}")
    execute(url, f"CREATE DATABASE {copy} TEMPLATE archive_{size} STRATEGY file_copy")
    try:
        yield f"{url}/{copy}"
    finally:
        execute(url, f"DROP DATABASE {copy} WITH (FORCE)")


def make(size: int) -> None:
    """Make the archive of a size, unless it is there; a larger one goes on from that of the articles written."""
    if binaries() is None:
        print("PostgreSQL is not installed: no archive there.", file=sys.stderr)
        return
    with server() as url:
        if f"archive_{size}" in names(url):
            return
        need_room(FOLDER, 2 * size * EACH)  # the benchmarks work in a copy of it
        execute(url, f"DROP DATABASE IF EXISTS archive_{size}_making")
        begun = f"archive_{WRITTEN}"
        begin = f"TEMPLATE {begun} STRATEGY file_copy" if size > WRITTEN and begun in names(url) else ""
        execute(url, f"CREATE DATABASE archive_{size}_making {begin}")
        environment = os.environ | {"DATABASE_URL": f"{url}/archive_{size}_making"}
        subprocess.run([sys.executable, "-m", "tests.benchmarks.archive", str(size)], env=environment, check=True)
        execute(url, f"ALTER DATABASE archive_{size}_making RENAME TO archive_{size}")


if __name__ == "__main__":
    make(int(sys.argv[1]))
