"""What is said before an upgrade: which migrations run beside the old version, what is to be put right first."""

import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder

from articles.management import upgrading
from articles.management.commands.migrate import checked_once
from articles.models import Backup
from tests.builders import NOW
from tests.own import ROOT, Own

SLUG = models.CharField(max_length=100)


@pytest.mark.parametrize(
    ("operation", "beside"),
    [
        (migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))]), True),
        (migrations.AddField("article", "shelf", models.IntegerField(null=True)), True),
        (migrations.AddField("article", "shelf", models.IntegerField(db_default=0)), True),
        (migrations.AddField("article", "shelf", models.IntegerField(default=0)), False),
        (migrations.AddIndex("article", models.Index(fields=["slug"], name="shelf")), True),
        (migrations.AlterModelOptions("article", {"verbose_name": "text"}), True),
        (migrations.AlterField("photo", "credit", models.CharField("who", max_length=200, blank=True)), True),
        (migrations.AlterField("photo", "credit", models.CharField("who", max_length=300, blank=True)), False),
        (migrations.RemoveField("article", "slug"), False),
        (migrations.RenameField("article", "slug", "name"), False),
        (migrations.DeleteModel("Photo"), False),
        (migrations.RunPython(migrations.RunPython.noop), False),
        (migrations.RunSQL("SELECT 1"), False),
    ],
)
def test_what_the_old_version_cannot_live_beside_is_named(operation: Operation, beside: bool) -> None:
    state = MigrationLoader(None).project_state()
    reasons = upgrading.why_not_beside(operation, "articles", state)
    assert (reasons == []) is beside


@pytest.mark.django_db
def test_a_pending_migration_is_named_with_what_it_does() -> None:
    last = MigrationLoader(None).graph.leaf_nodes("articles")[0]
    MigrationRecorder(connection).record_unapplied(*last)
    assert [one.name for one in upgrading.pending()] == [f"articles.{last[1]}"]


@pytest.mark.django_db
def test_a_backup_of_today_and_room_are_asked_for(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PRODUCTION = False
    first = list(upgrading.problems(NOW))
    assert len(first) == 1 and "manage.py backup" in first[0]
    Backup.objects.create(begun_at=NOW, ended_at=NOW - timedelta(hours=1), verified=True)
    assert list(upgrading.problems(NOW)) == []
    assert len(list(upgrading.problems(NOW + timedelta(days=2)))) == 1
    settings.UNKNOWN = ["BACKUP_FOLDER"]
    monkeypatch.setattr(upgrading, "ROOM", 2**60)
    free, unknown = upgrading.problems(NOW)
    assert "MB free" in free and "BACKUP_FOLDER" in unknown
    settings.PRODUCTION = True
    assert len(list(upgrading.problems(NOW))) == 3


def test_a_folder_that_leads_to_no_newsroom_is_said_to(tmp_path: Path) -> None:
    """As that of a new version does which was not told where the data of the old one lie."""
    command = [sys.executable, "manage.py", "upgrade_check"]
    environment = Own(tmp_path).environment
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 1 and "no newsroom in this database" in told.stderr


@pytest.mark.django_db
def test_the_command_speaks_the_language_of_the_terminal(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PRODUCTION = False
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    out = StringIO()
    with pytest.raises(CommandError, match="right first: 1"):
        call_command("upgrade_check", stdout=out, stderr=StringIO())
    assert "No migration is pending." in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_foreign_keys_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """After each migration SQLite would read the whole database, and nobody could save meanwhile."""
    looked: list[bool] = []
    if connection.vendor != "sqlite":
        return
    monkeypatch.setattr(
        type(connections["default"]), "check_constraints", lambda self, table_names=None: looked.append(True)
    )
    with checked_once(connection):
        for _ in range(2):
            with connection.schema_editor():
                pass
        assert looked == []
    assert looked == [True]
