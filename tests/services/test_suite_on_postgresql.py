"""The tests of records, publishing, search, archive and reader once more, on PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WITHOUT_DATABASE = ("footnotes", "starter", "newsroom", "nginx", "browser", "services", "benchmarks")


def test_every_test_that_needs_a_database_passes_on_postgresql(postgres_url: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-x"]
    command += [f"--ignore=tests/{folder}" for folder in WITHOUT_DATABASE]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
    run = subprocess.run(
        [*command, "tests"],
        cwd=ROOT,
        env=environment | {"TEST_DATABASE_URL": postgres_url},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:]
