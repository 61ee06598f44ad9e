"""The processes of a newsroom under torture: each is started again a moment after it has died."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
prctl = ctypes.CDLL(None).prctl
STARTED: set[int] = set()


class Process(NamedTuple):
    pid: int
    parent: int
    dead: bool
    line: str


def die_with_parent() -> None:
    """End this process by SIGKILL when the one that started it ends, however that comes."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Have the children of killed children handed to this process, which buries them."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


@dataclass
class Part:
    """`answers`: whether it does its work again after a start; None for what nobody has to wait for."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path
    answers: Callable[[], bool] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    restart_at: float | None = None
    starts: int = 0
    orphans: set[int] = field(default_factory=set)

    def start(self) -> None:
        """Start it at the head of a process group of its own."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.environment),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                process_group=0,
                preexec_fn=die_with_parent,
                **self.options,
            )
        STARTED.add(self.process.pid)
        self.restart_at, self.starts = None, self.starts + 1

    @property
    def pid(self) -> int | None:
        """Return the process's id while it lives."""
        return self.process.pid if self.process is not None and self.process.poll() is None else None

    def kill(self) -> int | None:
        """Kill it by SIGKILL, remembering whom it leaves behind; return its id, None if it was dead already."""
        pid = self.pid
        if pid is None or self.process is None:
            return None
        self.orphans = descendants(pid)
        self.process.kill()
        self.process.wait()
        return pid

    def bury(self) -> None:
        """Kill what a dead process has left, as a service manager does, and wait until it is gone."""
        deadline = time.monotonic() + 10
        while (left := self.orphans & living()) and time.monotonic() < deadline:
            for pid in left:
                kill(pid)
            reap()
            time.sleep(0.02)
        self.orphans = set()

    def stop(self, patience: float = 15.0) -> None:
        """End it and what it has started: SIGTERM, then SIGKILL."""
        if self.process is not None and self.pid:
            self.orphans |= descendants(self.process.pid)
            self.process.terminate()
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.bury()
        self.process, self.restart_at = None, None


def kill(pid: int) -> bool:
    """Send SIGKILL; False if the process is gone already."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def processes() -> list[Process]:
    """Return every process that can be seen."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        found.append(Process(int(folder.name), int(parent), state == "Z", line))
    return found


def living() -> set[int]:
    """Return the ids of all processes, also of dead ones that nobody has buried."""
    return {one.pid for one in processes()}


def children(pid: int) -> list[Process]:
    """Return the living children of a process."""
    return [one for one in processes() if one.parent == pid and not one.dead]


def descendants(pid: int) -> set[int]:
    """Return the ids of the children of a process, and of theirs."""
    found: set[int] = set()
    every, waiting = processes(), {pid}
    while waiting:
        waiting = {one.pid for one in every if one.parent in waiting} - found
        found |= waiting
    return found


def reap() -> None:
    """Bury the dead that were adopted; each part waits for its own process itself."""
    for one in processes():
        if one.dead and one.parent == os.getpid() and one.pid not in STARTED:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(one.pid, os.WNOHANG)
