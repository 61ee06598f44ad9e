"""The newsroom of an earlier commit becomes one of this: its tables, its record, its pages. On SQLite."""

from pathlib import Path

from tests.own import Own
from tests.upgrade.again import DUMPED, taken_over


def test_a_newsroom_of_an_earlier_version_is_taken_over(tmp_path: Path) -> None:
    taken_over(Own(tmp_path).environment, "sqlite")


def test_the_dump_is_small() -> None:
    assert 0 < sum(path.stat().st_size for path in DUMPED.rglob("*") if path.is_file()) < 1_000_000
