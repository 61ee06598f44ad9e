"""A newsroom in a process of its own, on an SQLite file of its own: for what a test must not do to others."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.migrated import lend_usual

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Own:
    """`folder`: everything that it writes."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The variables that its processes are started with."""
        own = {name: value for name, value in os.environ.items() if name == "OWN_DISK"}
        return own | {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(self.folder), "DEMO": "1"}

    def run(self, *command: str) -> str:
        """Run a program of Python inside the newsroom to its end, and return what it printed."""
        started = [sys.executable, *command]
        done = subprocess.run(started, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def python(self, script: str) -> str:
        """Run a script inside the newsroom, and return what it printed."""
        return self.run("manage.py", "shell", "--no-imports", "--command", script)


def own_newsroom(folder: Path, *, furnished: bool = True) -> Own:
    """Make one; `furnished`: with registers and people."""
    made = Own(folder)
    lend_usual(folder / "db.sqlite3")
    made.run("manage.py", "migrate", "--no-input", "--verbosity", "0")
    if furnished:
        made.run("-m", "tests.torture.load", "setup")
    return made
