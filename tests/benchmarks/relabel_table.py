"""What the benchmarks of relabelling share: archives in processes of their own, asked in turn, and the table's rows."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

ROUNDS = 5
HEAD = "| archive | what | samples | figure | spread | limit |\n|---|---|---:|---:|---:|---:|"


class Archive:
    """An archive that answers commands: `tests.benchmarks.relabel_rounds` in a process of its own."""

    def __init__(self, size: int, url: str) -> None:
        self.size = size
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.relabel_rounds", str(size)],
            env=os.environ | {"DATABASE_URL": url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def send(self, command: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{command}\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"The process of the archive of {self.size:,} has ended.")
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, command: str) -> dict[str, Any]:
        self.send(command)
        return self.answer()

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def row(archive: str, what: str, figures: Sequence[float], unit: str, limit: str = "", samples: int = 0) -> None:
    """Print a row: the median of the figures and their spread; `samples`: of how many a single figure was taken."""
    middle, spread = statistics.median(figures), f"{min(figures):,.2f} to {max(figures):,.2f}" if figures[1:] else ""
    print(f"| {archive} | {what} | {samples or len(figures)} | {middle:,.2f} {unit} | {spread} | {limit} |", flush=True)


def rounds(archives: Sequence[Archive]) -> dict[int, list[dict[str, Any]]]:
    """Add the organization in each archive, in turn, and take it back; so several times. Return the answers by size."""
    found: dict[int, list[dict[str, Any]]] = {archive.size: [] for archive in archives}
    for archive in archives:
        archive.ask("add"), archive.ask("back")  # what is loaded once is loaded now
    for _ in range(ROUNDS):
        for archive in archives:
            found[archive.size].append(archive.ask("add"))
            archive.ask("back")
    return found


def seconds(times: dict[str, Any]) -> float:
    """Return the seconds of work on one core: of the process and of its server."""
    return float(times["cpu"] + times["server"])


def rows_of(found: dict[int, list[dict[str, Any]]]) -> None:
    """Print the rows of the rounds, and what ten times the archive costs more."""
    for size, answers in found.items():
        for key, what, limit in (
            ("compile", "compile the new version", ""),
            ("impact", f"impact preview ({answers[0]['impact']['changed']} editions change)", "2"),
            ("apply", "apply: find the candidates, start the batch", ""),
        ):
            row(f"{size:,}", what, [seconds(one[key]) for one in answers], "s", limit)
        done = [one["relabel"] for one in answers]
        what = f"relabel ({done[0]['changed']} of {done[0]['examined']} changed)"
        row(f"{size:,}", what, [one["changed"] / seconds(one) for one in done], "changed/s", "300")
        row(f"{size:,}", "the same by the clock, without pauses", [one["changed"] / one["wall"] for one in done], "/s")
        if any(one["server"] for one in done):
            row(
                f"{size:,}",
                "the same by the worker's own CPU time",
                [one["changed"] / one["cpu"] for one in done],
                "/s",
            )
    small, large = (found[size] for size in sorted(found))
    for key, what, limit in (("relabel", "relabel", "1.3"), ("impact", "impact preview", "")):
        ratios = [seconds(b[key]) / seconds(a[key]) for a, b in zip(small, large, strict=True)]
        row(f"{max(found):,} / {min(found):,}", f"time of the {what}", ratios, "times", limit)


def full_rows(archive: Archive) -> None:
    """Print how fast the whole archive is examined."""
    done = [archive.ask("full")["relabel"] for _ in range(ROUNDS)]
    what = f"full relabel ({done[0]['changed']} changed)"
    row(f"{archive.size:,}", what, [one["examined"] / seconds(one) for one in done], "examined/s", "1,500")


def closing(archives: Sequence[Archive], work: Callable[[], None]) -> None:
    """Wait until the archives are ready, do the work, end their processes."""
    try:
        for archive in archives:
            archive.answer()
        work()
    finally:
        for archive in archives:
            archive.close()
