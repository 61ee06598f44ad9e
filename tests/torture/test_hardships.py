"""Full and failing disks and wrong clocks, a few of each on both databases: nothing is lost, doubled or untrue.

A failure prints the seed, which `python -m tests.torture.hardships --seed N` takes. Where no disk of one's own can be
made (root, loop devices and ext4's programs are needed) the clocks alone are put wrong.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.migrated import lend
from tests.own import ROOT

SEED = 11  # `make torture` draws others
KINDS = {"sqlite": "disk-read-only,clock-back", "postgresql": "database-read-only,clock-forward"}


@pytest.mark.parametrize("database", KINDS)
def test_nothing_is_lost_doubled_or_untrue(database: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    migrated = tmp_path / "migrated.sqlite3"
    kinds, rounds = KINDS[database], str(KINDS[database].count(",") + 1)
    words = ["--database", database, "--seed", str(SEED), "--kinds", kinds, "--rounds", rounds, "--acts", "2"]
    if lend(pytestconfig, migrated):
        words += ["--migrated", str(migrated)]
    command = [sys.executable, "-m", "tests.torture.hardships", *words]
    environment = {"PATH": os.environ["PATH"]}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"seed {SEED}\n{run.stdout[-9000:]}\n{run.stderr[-3000:]}"
