"""The newsroom of an earlier commit becomes one of this, on PostgreSQL."""

from pathlib import Path

from tests.own import Own
from tests.services.conftest import database
from tests.upgrade.again import taken_over


def test_a_newsroom_of_an_earlier_version_is_taken_over(tmp_path: Path) -> None:
    with database() as url:
        taken_over(Own(tmp_path).environment | {"DATABASE_URL": url}, "postgresql")
