"""A newsroom of an earlier commit, taken over by this one; for both databases."""

import json
from pathlib import Path

from tests.backups.drill import Environment, done, script

DUMPED = Path(__file__).resolve().parent / "dumped"
FOUND = """
import json
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from articles.baking import tick, verify
from articles.models import Release
at = timezone.now()
tick(at)
executor = MigrationExecutor(connection)
live = Release.objects.live(at)
print(json.dumps({
    "pending": len(executor.migration_plan(executor.loader.graph.leaf_nodes())),
    "pages": [str(one) for one in verify(timezone.now())],
    "live": sorted(live.values_list("edition__slug", flat=True)),
}))
"""


def taken_over(environment: Environment, name: str) -> None:
    """Restore the dump with its old tables, migrate, verify its record and each of its pages."""
    dumped = json.loads((DUMPED / "dumped.json").read_text())[name]
    archive = str(DUMPED / f"{name}.tar.gz")
    told = done(environment, "manage.py", "restore", archive, "--verify", "--head", dumped["head"])
    assert "as in the backup" in told and "record is whole" in told
    assert json.loads(script(environment, FOUND)) == {"pending": 0, "pages": [], "live": dumped["live"]}
