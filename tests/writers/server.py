"""A web server of several processes in front of a newsroom of its own, to be killed."""

import http.client
import os
import random
import sqlite3
import sys
import time
from pathlib import Path

from tests.own import ROOT, own_newsroom
from tests.torture.parts import Part, children, kill
from tests.torture.servers import free_port

WRITERS = ("anna", "berta", "carl")
PASSWORD = "correct horse battery"
PEOPLE = f"""
from django.contrib.auth.models import Group, User
from django.contrib.auth.hashers import make_password
from articles.models import Article
for name in {WRITERS!r}:
    user = User.objects.create(username=name, is_staff=True, password=make_password({PASSWORD!r}))
    user.groups.add(Group.objects.get(name="Editor"))
"""


class Server:
    """`folder`: everything it writes."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random, self.port = folder, random.Random(seed), free_port()
        own_newsroom(folder).python(PEOPLE)
        environment = {
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "DATA_DIR": str(folder),
            "DEMO": "1",
            "LOG_LEVEL": "WARNING",
            "PORT": str(self.port),
        }
        command = [sys.executable, "-m", "gunicorn", "newsroom.wsgi:application", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--config", str(ROOT / "gunicorn.conf.py"), "--workers", "3", "--log-level", "warning"]
        self.part = Part("web", command, environment, folder / "web.log", options={"cwd": ROOT})
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.part.start()
        deadline = time.monotonic() + 60
        while not self.answers():
            if time.monotonic() > deadline:
                raise RuntimeError(f"the server does not answer:\n{self.part.log.read_text()[-3000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status in (200, 503)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def kill_process(self) -> None:
        """Kill one of its processes by SIGKILL; the server starts another."""
        found = children(self.part.pid or 0)
        if found:
            kill(self.random.choice(found).pid)

    def kill(self) -> None:
        """Kill all of it."""
        self.part.kill()
        self.part.bury()

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Return what stands in the database."""
        with sqlite3.connect(self.folder / "db.sqlite3", timeout=30) as base:
            return base.execute(statement, values).fetchall()

    def stop(self) -> None:
        self.part.stop()
