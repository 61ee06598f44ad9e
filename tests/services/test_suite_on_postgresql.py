"""What asks the database in ways of its own passes on PostgreSQL, too: acts, search, the plans of lists."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Any test runs there (`TEST_DATABASE_URL=… pytest tests/baking`); here, for the time, what writes, locks and searches.
PLACES = (
    "search/test_filings.py search/test_queries.py search/test_search.py search/test_counts.py search/test_invented.py "
    "shown/test_plans.py publishing/test_publish.py publishing/test_announce.py publishing/test_relabel.py "
    "publishing/test_record.py publishing/test_record_erase.py publishing/test_uses.py"
).split()


def test_what_depends_on_the_database_passes_on_postgresql(postgres_url: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-x"]
    command += [f"tests/{place}" for place in PLACES]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TEST_", "PYTEST_"))}
    run = subprocess.run(
        command,
        cwd=ROOT,
        env=environment | {"TEST_DATABASE_URL": postgres_url},
        capture_output=True,
        text=True,
        timeout=2000,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-6000:]
