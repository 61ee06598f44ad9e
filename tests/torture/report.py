"""Writes the result of a torture into its page, between two lines that mark the place."""

import os
import platform
import subprocess
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
BEGIN, END = "<!-- result -->", "<!-- end of the result -->"
NAMES = {"sqlite": "SQLite, messages in a folder, one worker", "postgresql": "PostgreSQL and Redis, two workers"}


def write(page: Path, seed: int, results: list[dict[str, Any]]) -> None:
    """Put the result in place of the last one."""
    text = page.read_text()
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    parts = [introduction(seed, results), *map(told, results)]
    page.write_text(before + BEGIN + "\n\n" + "\n\n".join(parts) + "\n\n" + END + after)


def introduction(seed: int, results: list[dict[str, Any]]) -> str:
    """Say what was done where, and in one sentence how it ended."""
    kills = sum(len(result["killed"]) for result in results)
    broken = sum(len(result["problems"]) for result in results)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    lines = [
        f"`make torture` with seed {seed} at commit {commit.stdout.strip() or 'unknown'}, "
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, on {os.cpu_count()} cores "
        f"({platform.system()}, Python {platform.python_version()}): {kills} kills. ",
        "Every invariant holds." if not broken else f"**{broken} problems**, listed below.",
    ]
    return "".join(lines)


def told(result: dict[str, Any]) -> str:
    """Tell of one newsroom: figures, victims with the ids of their processes, problems."""
    figures = result["figures"]
    rows = [("kills", len(result["killed"])), ("flushes of Redis", result["flushes"])]
    rows = [row for row in rows if row[1] or row[0] == "kills"]
    for name, value in figures.items():
        said = ", ".join(f"{key} {number}" for key, number in value.items()) if isinstance(value, dict) else value
        rows.append((name, said))
    lines = [f"### {NAMES[result['database']]}", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in rows]
    lines += ["", "| killed | times | process ids |", "|---|---|---|"]
    for victim, times in sorted(Counter(kill["victim"] for kill in result["killed"]).items()):
        pids = " ".join(str(kill["pid"]) for kill in result["killed"] if kill["victim"] == victim)
        lines.append(f"| {victim} | {times} | {pids} |")
    if result["problems"]:
        lines += ["", *(f"- {problem}" for problem in result["problems"][:40])]
    return "\n".join(lines)
