"""A restore drill on SQLite, under load: nothing that was answered before the backup began is missing."""

from pathlib import Path

from tests.backups.drill import restored_under_load
from tests.own import own_newsroom


def test_a_backup_under_load_brings_back_all_that_was_answered(tmp_path: Path) -> None:
    old = own_newsroom(tmp_path / "old").environment
    restored_under_load(old, old | {"DATA_DIR": str(tmp_path / "new")}, tmp_path)
