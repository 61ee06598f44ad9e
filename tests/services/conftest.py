"""A demo newsroom on PostgreSQL and Redis, moved there by two settings and nothing else."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

ROOT = Path(__file__).resolve().parent.parent.parent
ROLES = ROOT / "deploy" / "server" / "roles.sql"


@dataclass(frozen=True)
class Newsroom:
    """`environment`: of its site, whose role may read and write rows; `owner`: of who migrates (`give_roles`)."""

    environment: dict[str, str]
    owner: dict[str, str]

    def as_owner(self) -> "Newsroom":
        """Return the same for what alters tables."""
        return Newsroom(self.owner, self.owner)

    def manage(self, *arguments: str, timeout: float = 240.0) -> str:
        """Run a management command to its end and return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        run = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False
        )
        assert run.returncode == 0, run.stderr
        return run.stdout

    def python(self, script: str) -> str:
        """Run a script inside the newsroom and return what it printed."""
        return self.manage("shell", "--no-imports", "--command", script).strip()

    def worker(self, log: Path) -> "subprocess.Popen[bytes]":
        """Start a worker without a beat: it does what it is sent and nothing else."""
        command = [sys.executable, "-m", "celery", "--app", "newsroom", "worker", "--pool", "threads"]
        with log.open("w") as output:
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=output, stderr=output)


@contextmanager
def database() -> Iterator[str]:
    """Make an empty database on the server, and drop it at the end."""
    server, name = os.environ["TEST_POSTGRES_URL"], f"newsroom_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        for kind in ("site", "owner"):
            connection.execute(f"DROP ROLE IF EXISTS {name}_{kind}")


@contextmanager
def copied(newsroom: Newsroom, data: Path) -> Iterator[Newsroom]:
    """Copy a newsroom's database, for a test that takes something out of it, and drop the copy at the end; `data`: the
    folder of its files, which are not copied."""
    name = urlsplit(newsroom.owner["DATABASE_URL"]).path[1:]

    def of_copy(environment: dict[str, str]) -> dict[str, str]:
        url = urlsplit(environment["DATABASE_URL"])._replace(path=f"/{name}_copy").geturl()
        return environment | {"DATABASE_URL": url, "DATA_DIR": str(data)}

    with psycopg.connect(os.environ["TEST_POSTGRES_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}_copy TEMPLATE {name}")
        try:
            yield Newsroom(of_copy(newsroom.environment), of_copy(newsroom.owner))
        finally:
            connection.execute(f"DROP DATABASE {name}_copy WITH (FORCE)")


def give_roles(url: str) -> tuple[str, str]:
    """Give an empty database the two roles of a Debian server; return the addresses of the site's and the owner's."""
    name = urlsplit(url).path[1:]
    command = ["psql", "--quiet", "--no-psqlrc", f"--dbname={url}", f"--set=site={name}_site"]
    subprocess.run([*command, f"--set=owner={name}_owner", f"--file={ROLES}"], check=True, timeout=60)
    return as_role(url, f"{name}_site"), as_role(url, f"{name}_owner")


def as_role(url: str, role: str) -> str:
    """Return the address with another role, which the server of the tests trusts without a password."""
    parts = urlsplit(url)
    return parts._replace(netloc=f"{role}@{parts.netloc.rpartition('@')[2]}").geturl()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Give the database that the tests of a process share."""
    with database() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Give an empty number of the server, and empty it at the end."""
    url = urlsplit(os.environ["TEST_REDIS_URL"])._replace(path="/7").geturl()
    with redis.Redis.from_url(url) as server:
        server.flushdb()
        yield url
        server.flushdb()


@pytest.fixture(scope="session")
def newsroom(postgres_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """Migrate and fill a demo newsroom on both servers."""
    made = migrated(postgres_url, redis_url, tmp_path_factory.mktemp("data"))
    assert "editor" in made.manage("demo")
    return made


@pytest.fixture
def own_newsroom(redis_url: str, tmp_path: Path) -> Iterator[Newsroom]:
    """Migrate a newsroom without articles, for a test that leaves something of its own in it."""
    with database() as url:
        made = migrated(url, redis_url, tmp_path)
        command = [sys.executable, "-m", "tests.torture.load", "setup"]
        subprocess.run(command, cwd=ROOT, env=made.environment, check=True)
        yield made


def migrated(postgres_url: str, redis_url: str, data: Path) -> Newsroom:
    site, owner = give_roles(postgres_url)
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(data),
        "DEMO": "1",
        "LOG_LEVEL": "WARNING",
        "REDIS_URL": redis_url,
    }
    made = Newsroom(environment | {"DATABASE_URL": site}, environment | {"DATABASE_URL": owner})
    made.as_owner().manage("migrate", "--no-input", "--verbosity", "0")
    return made
