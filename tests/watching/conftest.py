"""A house in which all is well, for tests that make one trouble."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from articles.baking import beat
from articles.baking.runs import PLANNER
from articles.models import Backup, Register, rights
from articles.watching.checks import clock, database
from tests.builders import NOW, make_newsroom


@pytest.fixture(autouse=True)
def each_trial_anew() -> Iterator[None]:
    """Let no trial of another test hold."""
    database.forget()
    yield
    database.forget()


@pytest.fixture
def house(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make a newsroom whose jobs have just beaten; called again, it heals what a test has broken."""
    for name in ("DATA_DIR", "MEDIA_ROOT", "PAGES_DIR"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        setattr(settings, name, folder)
    settings.DISK_FREE_MB = 0
    monkeypatch.setattr(clock, "server_clock", lambda: NOW)
    monkeypatch.setattr(rights, "owned_tables", lambda connection: 0)  # tests run as who owns everything
    make_newsroom()

    def well() -> None:
        for job in ("tick", PLANNER, "alarm"):
            beat(job, NOW, {})
        Backup.objects.all().delete()
        hour_ago = NOW - timedelta(hours=1)
        Backup.objects.create(begun_at=hour_ago, ended_at=hour_ago, name="house.backup", verified=True)
        Register.objects.update(checked_at=NOW - timedelta(days=1))

    well()
    return well
