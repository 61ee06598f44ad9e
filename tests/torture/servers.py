"""A PostgreSQL and a Redis server of our own, in a temporary folder, that may be killed without hurting anybody."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import psycopg
import redis


def free_port() -> int:
    """Return a port of the loopback on which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].split(".")[0]))
    here = shutil.which("initdb")
    return found[-1].parent if found else Path(here).parent if here else None


def are_installed() -> bool:
    """Say whether both servers can be started here."""
    return binaries() is not None and shutil.which("redis-server") is not None


# PostgreSQL refuses to run as root.
OWNER = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


class Postgres:
    """A cluster with PostgreSQL's own durability: nothing that was committed may be lost by a kill."""

    def __init__(self, folder: Path) -> None:
        self.port, self.folder = free_port(), folder
        self.url = f"postgres://newsroom@127.0.0.1:{self.port}/newsroom"
        self.data = folder / "data"
        folder.mkdir()
        if OWNER:
            shutil.chown(folder, "postgres", "postgres")
        programs = binaries()
        assert programs is not None
        self.command = [
            *(str(programs / "postgres"), "-D", str(self.data), "-p", str(self.port), "-k", str(folder)),
            *("-c", "listen_addresses=127.0.0.1", "-c", "restart_after_crash=on"),
        ]
        make = [str(programs / "initdb"), "--pgdata", str(self.data), "--username", "newsroom", "--auth", "trust"]
        make += ["--encoding", "UTF8", "--locale", "C.UTF-8"]
        subprocess.run(make, cwd="/", check=True, capture_output=True, **OWNER)  # type: ignore[call-overload]

    def create(self) -> None:
        """Make the empty database."""
        with psycopg.connect(self.url.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE newsroom")

    def answers(self) -> bool:
        """Say whether the server takes connections and answers."""
        try:
            with psycopg.connect(self.url.rpartition("/")[0] + "/postgres", connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True


class Redis:
    """A server that keeps nothing on disk: a kill loses all messages."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        folder.mkdir()
        self.command = [
            *("redis-server", "--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(folder)),
            *("--save", "", "--appendonly", "no"),
        ]

    def answers(self) -> bool:
        """Say whether the server answers."""
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as server:
                return bool(server.ping())
        except redis.RedisError:
            return False

    def flush(self) -> None:
        """Lose every message and everything cached."""
        with redis.Redis.from_url(self.url, socket_timeout=2) as server:
            server.flushall()
