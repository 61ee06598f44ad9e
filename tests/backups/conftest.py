"""A newsroom whose backups go to a folder of the test; the database's snapshot is a small file."""

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from articles import backups
from articles.backups import taking
from articles.backups.retention import Keep
from articles.backups.snapshot import Snapshot
from articles.models import Backup
from tests.builders import NOW

Take = Callable[..., Backup]


@pytest.fixture
def place(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of backups, of a newsroom with one photo."""
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "media", tmp_path
    settings.PAGES_DIR, settings.TEMPLATES_DIR = tmp_path / "pages", tmp_path / "templates"
    settings.CAMERA_DIR = tmp_path / "camera"
    (tmp_path / "media" / "web").mkdir(parents=True)
    (tmp_path / "media" / "web" / "one.jpg").write_bytes(b"a photo")

    def small(folder: Path) -> Snapshot:
        file = folder / "database.sqlite3"
        sqlite3.connect(file).execute("CREATE TABLE one (number)")
        return Snapshot(file, "sqlite", {"one": 0}, {})

    monkeypatch.setattr(taking, "take_snapshot", small)
    return tmp_path / "backups"


@pytest.fixture
def take(place: Path, db: None) -> Take:
    """Give a function that takes a backup at a moment."""

    def taken(at: datetime = NOW, **way: Any) -> Backup:
        given = {"folder": place, "keys": (), "plain": True, "hook": "", "keep": Keep(7, 4, 12)} | way
        return backups.take(backups.Way(**given), lambda: at)

    return taken
