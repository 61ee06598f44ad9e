"""The programs of PostgreSQL that read and write a whole database, and how they are told which."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from psycopg.conninfo import make_conninfo

from .errors import BackupError, BackupRefused

INSTALLED = Path("/usr/lib/postgresql")
OURS = {"password", "cursor_factory", "context", "prepare_threshold"}  # no part of an address, or not to be seen there


def program(name: str) -> str:
    """Return where `name` (pg_dump, pg_restore) lies: of the server's own version, else on PATH, else the newest.

    Raises BackupRefused when there is none.
    """
    fitting = INSTALLED / str(connection.pg_version // 10_000) / "bin" / name  # type: ignore[attr-defined]
    if fitting.exists():
        return str(fitting)
    on_path = shutil.which(name)
    if on_path:
        return on_path
    others = sorted(INSTALLED.glob(f"*/bin/{name}"), key=lambda path: path.parts[-3].zfill(4))
    if others:
        return str(others[-1])
    raise BackupRefused(
        _(
            "The program %(name)s is not installed: neither on PATH nor below %(folder)s. On Debian: apt install "
            "postgresql-client."
        )
        % {"name": name, "folder": INSTALLED}
    )


def run(name: str, arguments: Sequence[str]) -> None:
    """Run a program on the newsroom's database; raise BackupError with its own words when it fails."""
    parameters: dict[str, Any] = connection.get_connection_params()
    address = make_conninfo(**{key: value for key, value in parameters.items() if key not in OURS and value})
    secret = {"PGPASSWORD": str(parameters["password"])} if parameters.get("password") else {}
    command = [program(name), "--no-password", f"--dbname={address}", *arguments]
    done = subprocess.run(  # noqa: S603
        command, env=os.environ | secret, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        raise BackupError(
            _("%(name)s has failed: %(error)s")
            % {"name": name, "error": done.stderr.strip()[-2000:] or done.returncode}
        )
