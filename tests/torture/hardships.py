"""Hardships: disks that are full or go read-only, clocks that are put forward and back by hours, in a newsroom at work.

    python -m tests.torture.hardships [--seed N] [--rounds 40] [--acts 5] [--database sqlite|postgresql]
        [--kinds disk-full,disk-read-only,…] [--migrated FILE] [--write PAGE]

Without `--database` both, with half of the rounds each. Exit status 1 when something was lost, doubled or untrue.
Without root and loop devices, or where `--kinds` says so, the clocks alone. `--migrated`: a migrated SQLite database to
begin with. `--acts`: so many in each state of a hardship.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.writers.told import commit, write

from . import disks
from .newsroom import ROOT

CLOCKS = ("clock-forward", "clock-back")
KINDS = {
    "sqlite": ("disk-full", "disk-read-only", *CLOCKS),
    "postgresql": ("disk-full", "disk-read-only", "database-full", "database-read-only", *CLOCKS),
}
MARK = "tests.torture.hardships"


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.torture.hardships")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--acts", type=int, default=5)
    parser.add_argument("--database", choices=tuple(KINDS), default=None)
    parser.add_argument("--kinds", default="")
    parser.add_argument("--migrated", type=Path, default=None)
    parser.add_argument("--write", type=Path, default=None, help="the page that takes the result")
    told = parser.parse_args()
    seed = told.seed if told.seed is not None else random.SystemRandom().randrange(1_000_000)
    chosen = [told.database] if told.database else list(KINDS)
    asked = set(told.kinds.split(",")) if told.kinds else {kind for kinds in KINDS.values() for kind in kinds}
    if not disks.can_be_made():
        print("No disk of one's own can be made here: the clocks alone.")
        asked &= set(CLOCKS)
    results = {}
    for number, database in enumerate(chosen):
        rounds = told.rounds // len(chosen) + (number < told.rounds % len(chosen))
        kinds = plan(database, asked, rounds, seed)
        results[database] = suffer(database, [str(seed), str(told.acts), ",".join(kinds), str(told.migrated or "")])
        print(database, json.dumps(results[database]["figures"], ensure_ascii=False), flush=True)
    broken = [f"{database}: {one}" for database, result in results.items() for one in result["problems"]]
    if told.write:
        write(told.write, MARK, page_of(seed, results))
    print(*broken, f"Seed {seed}: {len(broken)} problems.", sep="\n")
    sys.exit(1 if broken else 0)


def plan(database: str, asked: set[str], rounds: int, seed: int) -> list[str]:
    """Draw the hardships: each kind at least once, as far as there are rounds, in an order by chance."""
    kinds, chance = [kind for kind in KINDS[database] if kind in asked], random.Random(f"{seed}-{database}")
    drawn = [kind for _ in range(rounds // len(kinds) + 1) for kind in chance.sample(kinds, len(kinds))]
    return drawn[:rounds]


def suffer(database: str, words: list[str]) -> dict[str, Any]:
    """Let a newsroom suffer in a process of its own; return figures and problems."""
    place = Path(tempfile.mkdtemp(prefix="hardships-"))
    place.chmod(0o755)
    command = [sys.executable, "-m", "tests.torture.suffering", str(place), database, *words]
    environment = {"PATH": os.environ["PATH"]}
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout[-3000:]}\n{done.stderr[-6000:]}")
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found
    finally:
        for folder in ("disk", "database"):
            disks.run("umount", "--lazy", str(place / folder), accepted=(0, 1, 32))
        shutil.rmtree(place, ignore_errors=True)


def page_of(seed: int, results: dict[str, dict[str, Any]]) -> str:
    """Return the result as the page has it."""
    broken = [f"- {database}: {one}" for database, result in results.items() for one in result["problems"]]
    ended = f"**{len(broken)} problems**" if broken else "Nothing was lost, doubled or untrue"
    lines = [
        f"`python -m {MARK} --seed {seed}` at commit {commit()}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC. {ended}.",
        "",
    ]
    lines += ["| | " + " | ".join(results) + " |", "|---" * (len(results) + 1) + "|"]
    for name in dict.fromkeys(name for result in results.values() for name in result["figures"]):
        cells = [cell(result["figures"].get(name, "—")) for result in results.values()]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join([*lines, *(["", *broken] if broken else [])])


def cell(figure: Any) -> str:
    """Return a figure as a cell of a table."""
    return ", ".join(f"{key} {value}" for key, value in figure.items()) if isinstance(figure, dict) else str(figure)


if __name__ == "__main__":
    main()
