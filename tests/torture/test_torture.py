"""Ten kills under load, five for each kind of newsroom: afterwards every invariant of `tests.torture` holds.

A failure prints the seed, whom it killed, and what is wrong; `make torture ARGS="--seed N"` draws the same victims.
"""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
KILLS, GAP = 5, 5.5  # seconds from one kill to the next


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nothing_is_lost_doubled_early_or_unmarked(database: str, tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    words = ("--database", database, "--seed", str(seed), "--kills", str(KILLS), "--gap", str(GAP))
    run = subprocess.run(
        [sys.executable, "-m", "tests.torture", *words, "--kept", str(tmp_path)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )
    assert run.returncode == 0, f"seed {seed}\n{run.stdout[-9000:]}\n{run.stderr[-3000:]}"
