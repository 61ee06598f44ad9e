"""Runs the newsroom on this machine until Ctrl-C: `python -m newsroom.run`.

Migrates, fills the demo newsroom when DEMO is on, then keeps two processes alive: the web server and one worker
with the beat inside. Each stands in a process group of its own, so that Ctrl-C reaches only this supervisor
and nothing is left behind.
"""

import contextlib
import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from newsroom import port
from newsroom.env import WrongValue

PATIENCE = 2.0  # seconds that children have to end after SIGTERM, before SIGKILL
DEATHS = 5  # so many in a row within QUICK seconds each, and the supervisor gives up
QUICK = 10.0
ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
CONFIGURATION = ROOT / "gunicorn.conf.py"


class Stopped(Exception):
    """Ctrl-C was pressed, the terminal was closed, or the process was told to end."""


@dataclass
class Child:
    """A process that is started again when it dies."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        """Start the process, at the head of a group of its own."""
        self.started = time.monotonic()
        self.process = spawn(self.command)

    def is_dead(self) -> bool:
        """Say whether the process has ended by itself."""
        return self.process is not None and self.process.poll() is not None


def main() -> None:
    """Prepare, start, announce, watch; stop everything at the end, whatever the end is."""
    try:
        from newsroom import settings
    except WrongValue as error:
        sys.exit(f"Settings: {error}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    taken = port.problem(settings.BIND_ADDRESS, settings.PORT)
    if taken:
        sys.exit(taken)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise_stopped)
    _adopt_orphans()
    children = [Child("web server", web_command()), Child("worker", worker_command())]
    try:
        with only_one(settings.DATA_DIR / "run.lock"):
            step("migrate", "--no-input", "--verbosity", "0")
            logins = step("demo") if settings.DEMO else ""
            for child in children:
                child.start()
            wait_for_answer(f"http://{settings.BIND_ADDRESS}:{settings.PORT}/healthz", children)
            announce(settings.SITE_URL, logins)
            watch(children)
    except Stopped:
        print("\nStopping the newsroom.", flush=True)
    finally:
        stop([child.process for child in children if child.process])


def web_command() -> list[str]:
    """Return the command of the web server."""
    from newsroom import settings

    host = f"[{settings.BIND_ADDRESS}]" if ":" in settings.BIND_ADDRESS else settings.BIND_ADDRESS
    return [
        *(sys.executable, "-m", "gunicorn", "newsroom.wsgi:application", "--bind", f"{host}:{settings.PORT}"),
        *("--config", str(CONFIGURATION), "--workers", str(settings.WEB_PROCESSES), "--graceful-timeout", "1"),
        *("--log-level", "warning"),
    ]


def worker_command() -> list[str]:
    """Return the command of the worker with the beat inside; it takes from every queue."""
    return [
        *(sys.executable, "-m", "celery", "--app", "newsroom", "--quiet", "worker", "--beat"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"),
    ]


def spawn(command: list[str], **streams: int) -> "subprocess.Popen[bytes]":
    """Start `command` in a new process group; on Linux it ends with this process, even a killed one."""
    return subprocess.Popen(command, process_group=0, preexec_fn=_die_with_parent(), **streams)  # type: ignore[call-overload]


def step(*arguments: str) -> str:
    """Run one management command to its end and return what it printed; end with its code if it fails."""
    process = spawn([*MANAGE, *arguments], stdout=subprocess.PIPE)
    try:
        printed, _ = process.communicate()
    except Stopped:
        stop([process])
        raise
    if process.returncode:
        sys.stdout.buffer.write(printed)
        sys.exit(f"`manage.py {' '.join(arguments)}` failed; nothing was started.")
    return printed.decode()


@contextlib.contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Hold the lock of a data folder: two beats and two workers on one embedded broker help nobody."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.exit(f"The newsroom already runs from {lock.parent}. Stop it first, or set another DATA_DIR.")
        yield


def wait_for_answer(url: str, children: list[Child]) -> None:
    """Return when the web server answers anything at all; give up after a minute or when it dies."""
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  (our own http address)
            return
        except urllib.error.HTTPError:  # it answers; how well is for its page of jobs to say
            return
        except OSError:
            pass
        if children[0].is_dead():
            break
        time.sleep(0.2)
    sys.exit("The web server did not start; the lines above say why.")


def announce(site_url: str, logins: str) -> None:
    """Print the addresses and who may log in."""
    print(f"\nThe newsroom is running.\n\n  Site   {site_url}/\n  Admin  {site_url}/admin/\n")
    print(f"{logins.rstrip()}\n\nStop with Ctrl-C." if logins else "Stop with Ctrl-C.", flush=True)


def watch(children: list[Child]) -> NoReturn:
    """Start a dead child again, for ever; give up on one that dies at once, again and again."""
    while True:
        time.sleep(0.5)
        for child in filter(Child.is_dead, children):
            quick = time.monotonic() - child.started < QUICK
            child.quick_deaths = child.quick_deaths + 1 if quick else 0
            if child.quick_deaths >= DEATHS:
                sys.exit(f"The {child.name} ended {DEATHS} times in a row; giving up.")
            print(f"The {child.name} ended unexpectedly; starting it again.", file=sys.stderr, flush=True)
            # A worker that was killed leaves its beat behind, which would go on beside the next one's.
            _signal_groups([child.process] if child.process else [], signal.SIGKILL)
            child.start()


def stop(processes: "list[subprocess.Popen[bytes]]") -> None:
    """End the groups of `processes`: SIGTERM, then SIGKILL for what is left after PATIENCE."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    _signal_groups(processes, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))
    _signal_groups(processes, signal.SIGKILL)
    for process in processes:
        process.wait()
    with contextlib.suppress(ChildProcessError):  # raised when none is left
        while os.waitpid(-1, 0):
            pass


def _signal_groups(processes: "list[subprocess.Popen[bytes]]", number: int) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def _raise_stopped(number: int, frame: object) -> None:
    raise Stopped


def _adopt_orphans() -> None:
    """Have the children of ended children handed to this process, on Linux, so that none remains as a zombie."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(36, 1)  # 36 is PR_SET_CHILD_SUBREAPER


def _die_with_parent() -> Callable[[], object] | None:
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(1, signal.SIGTERM)  # 1 is PR_SET_PDEATHSIG


if __name__ == "__main__":
    main()
