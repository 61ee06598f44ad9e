"""A restore drill on PostgreSQL, under load: nothing that was answered before the backup began is missing."""

from pathlib import Path

from tests.backups.drill import done, restored_under_load
from tests.own import Own
from tests.services.conftest import database


def test_a_backup_under_load_brings_back_all_that_was_answered(tmp_path: Path) -> None:
    with database() as old_url, database() as new_url:
        old = Own(tmp_path / "old").environment | {"DATABASE_URL": old_url}
        new = Own(tmp_path / "new").environment | {"DATABASE_URL": new_url}
        done(old, "manage.py", "migrate", "--no-input", "--verbosity", "0")
        done(old, "-m", "tests.torture.load", "setup")
        restored_under_load(old, new, tmp_path)
