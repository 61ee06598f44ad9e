"""How the tests are shared by processes, and the database that each begins with."""

import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db.migrations.loader import MigrationLoader

from tests import migrated, workers


@pytest.mark.parametrize(
    ("nodeid", "scope"),
    [
        ("tests/reader/test_lists.py::test_one", "tests/reader/test_lists.py"),
        ("tests/reader/test_lists.py::test_one[/en/::2]", "tests/reader/test_lists.py"),
        ("tests/services/test_busy.py::test_one", "tests/services"),
        ("tests/services/test_grown.py::test_one", "tests/services"),
    ],
)
def test_a_process_takes_whole_files(nodeid: str, scope: str) -> None:
    assert workers.scope_of(nodeid) == scope


def test_the_files_that_are_named_are_there() -> None:
    for name in (*workers.TOGETHER, *workers.FIRST):
        assert (migrated.ROOT / name).exists(), name


def test_only_among_processes_the_longest_come_first() -> None:
    items = [
        SimpleNamespace(nodeid=f"tests/{name}") for name in ("archive/a", "test_demo.py::b", "torture/c", "search/d")
    ]
    before = list(items)
    workers.put_longest_first(SimpleNamespace(), items)  # type: ignore[arg-type]
    assert items == before
    workers.put_longest_first(SimpleNamespace(workerinput={}), items)  # type: ignore[arg-type]
    assert items == [before[2], before[1], before[0], before[3]]


@pytest.mark.django_db
def test_a_lent_database_has_every_migration(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    assert migrated.lend(pytestconfig, tmp_path / "lent.sqlite3")
    with closing(sqlite3.connect(tmp_path / "lent.sqlite3")) as lent:
        assert set(lent.execute("SELECT app, name FROM django_migrations")) == set(
            MigrationLoader(None).disk_migrations
        )
        triggers = lent.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
        roles = lent.execute("SELECT count(*) FROM auth_group").fetchone()
    assert triggers[0] > 0 and roles[0] == 5


def test_another_state_of_the_code_has_another_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("articles/models", "newsroom"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "requirements.txt").write_text("Django")
    (tmp_path / "articles" / "models" / "triggers.py").write_text("one")
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    first = migrated.state.__wrapped__()
    (tmp_path / "articles" / "models" / "triggers.py").write_text("two")
    assert migrated.state.__wrapped__() != first
