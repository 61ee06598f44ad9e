"""A whole newsroom in a temporary folder, made by settings alone: servers, web, worker, two beats, desks, a reader."""

import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from .parts import Part
from .servers import OWNER, Postgres, Redis, free_port

ROOT = Path(__file__).resolve().parent.parent.parent
LEASE = "5"  # seconds
COMMANDS = "import json; from newsroom import run; print(json.dumps([run.web_command(), run.worker_command()]))"


class Newsroom:
    """`folder`: everything it writes; `kept`: the journals, the reader's log and the processes' own logs."""

    def __init__(self, folder: Path, kept: Path, seed: int, *, grown: bool) -> None:
        self.folder, self.kept, self.seed, self.grown = folder, kept, seed, grown
        self.port = free_port()
        self.postgres = Postgres(folder / "postgres") if grown else None
        self.redis = Redis(folder / "redis") if grown else None
        self.environment = {
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "DATA_DIR": str(folder / "data"),
            "DEMO": "1",
            "LOG_LEVEL": "WARNING",
            "LEASE_SECONDS": LEASE,
            "PORT": str(self.port),
            "DATABASE_URL": self.postgres.url if self.postgres else f"sqlite:///{folder}/data/db.sqlite3",
            "REDIS_URL": self.redis.url if self.redis else "",
        }
        self.parts: dict[str, Part] = {}

    def run(self, *command: str, timeout: float = 300.0) -> str:
        """Run a program of the newsroom to its end and return what it printed."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return done.stdout

    def part(self, name: str, command: list[str], **more: object) -> Part:
        log = self.kept / f"{name.replace(' ', '-')}.log"
        options = {"cwd": ROOT} | dict(more.pop("options", {}))  # type: ignore[call-overload]
        made = Part(name, command, self.environment, log, options=options, **more)  # type: ignore[arg-type]
        self.parts[name] = made
        return made

    def start(self) -> None:
        """Start the servers, make the newsroom, start its processes."""
        Path(self.environment["DATA_DIR"]).mkdir()
        if self.postgres and self.redis:
            servers = {"cwd": "/", **OWNER}
            self.part("postgres", self.postgres.command, answers=self.postgres.answers, options=servers).start()
            self.part("redis", self.redis.command, answers=self.redis.answers).start()
            wait_for(self.parts["postgres"])
            self.postgres.create()
        self.run("manage.py", "migrate", "--no-input", "--verbosity", "0")
        self.run("-m", "tests.torture.load", "setup")
        web, worker = json.loads(self.run("-c", COMMANDS).splitlines()[-1])
        self.part("web", web, answers=self.answers)
        self.part("worker", worker)
        if self.grown:
            self.part("second worker", [word for word in worker if word != "--beat"])
        beat = [sys.executable, "-m", "celery", "--app", "newsroom", "--quiet", "beat", "--loglevel", "WARNING"]
        self.part("second beat", [*beat, "--schedule", str(self.folder / "second-beat"), "--pidfile", ""])
        for letter in "ab":
            self.part(f"editor {letter}", self.program("load", "editor", str(self.kept), letter, str(self.seed)))
        self.part("legal", self.program("load", "legal", str(self.kept), "z", str(self.seed)))
        self.part("reader", self.program("reader", str(self.kept), str(self.port), str(self.seed)))
        self.parts["web"].start()
        wait_for(self.parts["web"])
        for part in self.parts.values():
            if part.process is None:
                part.start()

    def program(self, name: str, *words: str) -> list[str]:
        return [sys.executable, "-m", f"tests.torture.{name}", *words]

    def answers(self) -> bool:
        """Say whether the web server answers anything at all."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status in (200, 503)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def end_load(self) -> None:
        """Stop the desks and the reader; what serves and works goes on."""
        for name in ("editor a", "editor b", "legal", "reader"):
            self.parts.pop(name).stop()

    def stop(self) -> None:
        """Stop everything, the servers last."""
        for name in ("editor a", "editor b", "legal", "reader", "second beat", "second worker", "worker", "web"):
            if name in self.parts:
                self.parts[name].stop()
        for name in ("redis", "postgres"):
            if name in self.parts:
                self.parts[name].stop()


def wait_for(part: Part, seconds: float = 120.0) -> None:
    """Return when the part answers; raise with the end of its log when it does not."""
    deadline = time.monotonic() + seconds
    while part.answers is not None and not part.answers():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{part.name} does not answer:\n{part.log.read_text()[-3000:]}")
        time.sleep(0.1)
