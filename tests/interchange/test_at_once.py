"""Two imports of the same file at once, in two processes: one waits for the other and finds nothing left to do."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.builders import make_newsroom
from tests.interchange.conftest import entry, file_of

ROOT = Path(__file__).resolve().parents[2]


def address(folder: Path) -> str:
    """Return the address of a database with a newsroom that other processes reach: on SQLite a copy in a file."""
    settings: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(folder / "copy.sqlite3")
        connection.connection.backup(copy)
        copy.close()
        return f"sqlite:///{folder}/copy.sqlite3"
    user = f"{settings['USER']}:{settings['PASSWORD']}@" if settings["USER"] else ""
    return f"postgres://{user}{settings['HOST']}:{settings['PORT'] or 5432}/{settings['NAME']}"


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_at_once_one_waits(tmp_path: Path) -> None:
    make_newsroom()
    connection.ensure_connection()
    file = tmp_path / "list.json"
    file.write_bytes(file_of(*(entry(f"pelicans-{n}", f"Pelican Circle {n}") for n in range(300))))
    environment = os.environ | {"DATABASE_URL": address(tmp_path), "DATA_DIR": str(tmp_path), "DEBUG": "1"}
    command = [sys.executable, "manage.py", "import_register", str(file), "--register", "test-agents", "--partial"]
    runs = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [run.communicate(timeout=120) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    counts = sorted(out.splitlines()[0] for out, _err in said)
    assert counts == ["Added: 0", "Added: 300"]
