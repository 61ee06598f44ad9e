"""Ten interruptions of a writer in Chromium; `python -m tests.writers.chromium --seed N` draws the same kinds."""

import os
import random
import subprocess
import sys

from tests.own import ROOT


def test_nothing_is_lost_and_no_conflict_is_false() -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    done = subprocess.run(
        [sys.executable, "-m", "tests.writers.chromium", "--seed", str(seed), "--interruptions", "10"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp")},
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )
    assert done.returncode == 0, f"seed {seed}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
