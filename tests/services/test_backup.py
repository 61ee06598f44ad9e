"""A restore drill on PostgreSQL, under load."""

from pathlib import Path

from tests.backups.drill import restored_under_load
from tests.services.conftest import Newsroom, database


def test_a_backup_under_load_brings_back_all_that_was_answered(own_newsroom: Newsroom, tmp_path: Path) -> None:
    old = own_newsroom.environment
    with database() as url:
        new = old | {"DATABASE_URL": url, "DATA_DIR": str(tmp_path / "new")}
        restored_under_load(old, new, tmp_path / "drill")
