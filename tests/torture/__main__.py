"""The torture: a newsroom under load whose processes are killed, then its invariants.

    python -m tests.torture [--seed N] [--kills 200] [--gap 4.5] [--database sqlite|postgresql] [--write PAGE]

Without `--database` both are tortured, with half of the kills each. Exit status 1 when an invariant is broken.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from . import report
from .journal import read
from .killer import Killer
from .newsroom import ROOT, Newsroom
from .parts import Part, adopt_orphans

GAP = 4.5  # seconds from one kill to the next, on average


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.torture")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--gap", type=float, default=GAP, help="seconds from one kill to the next, on average")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default=None)
    parser.add_argument("--kept", type=Path, default=None, help="where logs and journals stay")
    parser.add_argument("--write", type=Path, default=None, help="the page that takes the result")
    told = parser.parse_args()
    seed = told.seed if told.seed is not None else random.SystemRandom().randrange(1_000_000)
    adopt_orphans()
    chosen = [told.database] if told.database else ["sqlite", "postgresql"]
    kept = told.kept or Path(tempfile.mkdtemp(prefix="torture-kept-"))
    results = []
    for number, database in enumerate(chosen):
        kills = told.kills // len(chosen) + (1 if number < told.kills % len(chosen) else 0)
        results.append(torture(database, seed, kills, kills * told.gap, kept / database))
    broken = [problem for result in results for problem in result["problems"]]
    if told.write:
        report.write(told.write, seed, results)
    if broken:
        print(f"\nSeed {seed}: {len(broken)} problems. Logs and journals: {kept}")
        sys.exit(1)
    print(f"\nSeed {seed}: every invariant holds. Logs and journals: {kept}")


def torture(database: str, seed: int, kills: int, seconds: float, kept: Path) -> dict[str, object]:
    """Torture one newsroom and return the figures and what was wrong."""
    kept.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="torture-"))
    folder.chmod(0o755)
    newsroom = Newsroom(folder, kept, seed, grown=database == "postgresql")
    began = time.monotonic()

    def tell(text: str) -> None:
        print(f"{database} {time.monotonic() - began:6.1f} s  {text}", flush=True)

    try:
        newsroom.start()
        tell("the newsroom runs")
        killer = Killer(newsroom, kept, seed)
        killer.run(kills, seconds, tell)
        newsroom.end_load()
        tell("the load has ended")
        found = check(newsroom, killer, kept)
    finally:
        newsroom.stop()
        shutil.rmtree(folder, ignore_errors=True)
    found["figures"]["seconds of load"] = round(seconds)
    deadlocks = (kept / "postgres.log").read_text().count("deadlock detected") if database == "postgresql" else 0
    if deadlocks:
        found["problems"].append(f"{deadlocks} deadlocks")
    tell(f"checked: {len(found['problems'])} problems; {json.dumps(found['figures'])}")
    for problem in found["problems"]:
        print(f"  {problem}", flush=True)
    lines = list(read(kept / "kills.jsonl"))
    killed = [line for line in lines if line["what"] == "kill"]
    flushes = sum(line["what"] == "flush" for line in lines)
    return {"database": database, "killed": killed, "flushes": flushes, **found}


def check(newsroom: Newsroom, killer: Killer, kept: Path) -> dict[str, Any]:
    """Check what is left, starting again meanwhile whoever ends: a worker does whose beat was killed last."""
    log = kept / "check.log"
    part = Part("check", newsroom.program("check", str(kept)), newsroom.environment, log, options={"cwd": ROOT})
    part.start()
    while part.pid is not None:
        killer.watch()
    if part.process is None or part.process.returncode:
        raise RuntimeError(f"the check failed:\n{log.read_text()[-4000:]}")
    found: dict[str, Any] = json.loads(log.read_text().splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
