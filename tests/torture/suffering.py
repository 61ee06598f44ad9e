"""One newsroom that suffers: its disks and its server, then what it lives through, in this process.

    python -m tests.torture.suffering FOLDER sqlite|postgresql SEED NUMBER KIND,KIND… [MIGRATED]

Prints `{"problems": [...], "figures": {...}}`. Called by `tests.torture.hardships`.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .disks import LoopDisk, can_be_made
from .newsroom import wait_for
from .parts import Part
from .servers import OWNER, Postgres

NEWSROOM_MEGABYTES, DATABASE_MEGABYTES = 96, 320


@dataclass
class House:
    """`disk` has what the newsroom writes, on SQLite its database, too; `database` that of the server. None: no disk of
    one's own can be made."""

    place: Path
    disk: LoopDisk | None
    database: LoopDisk | None
    server: Part | None

    @property
    def kept(self) -> Path:
        """The folder of the journals, on none of these disks."""
        return self.place / "kept"


@contextmanager
def house(place: Path, database: str, migrated: Path | None) -> Iterator[House]:
    """Make the disks and the server; set this process's environment to be one of its own."""
    made = House(place, disk_at(place / "disk", NEWSROOM_MEGABYTES), None, None)
    data = place / "disk" / "data"
    data.mkdir()
    made.kept.mkdir()
    os.environ |= {"ENV_FILE": os.devnull, "DATA_DIR": str(data), "DEMO": "1", "LOG_LEVEL": "ERROR"}
    os.environ |= {"EMAIL_URL": f"file://{made.kept}/mail", "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    if database == "postgresql":
        made.database = disk_at(place / "database", DATABASE_MEGABYTES)
        postgres = Postgres(place / "database" / "server")
        log, options = made.kept / "postgres.log", {"cwd": "/", **OWNER}
        made.server = Part("postgres", postgres.command, os.environ, log, answers=postgres.answers, options=options)
        made.server.start()
        wait_for(made.server)
        postgres.create()
        os.environ["DATABASE_URL"] = postgres.url
    elif migrated:
        shutil.copyfile(migrated, data / "db.sqlite3")
    try:
        yield made
    finally:
        if made.server:
            made.server.stop()


def disk_at(folder: Path, megabytes: int) -> LoopDisk | None:
    """Make a disk, or a folder where none can be made."""
    if can_be_made():
        return LoopDisk(folder, megabytes)
    folder.mkdir()
    return None


def main() -> None:
    place, database, seed, number, kinds, migrated = sys.argv[1:]
    with house(Path(place), database, Path(migrated) if migrated else None) as made:
        import django

        django.setup()

        from django.core.management import call_command

        from .endured import Story
        from .load import setup

        call_command("migrate", interactive=False, verbosity=0)
        setup()

        print(json.dumps(Story(made, int(seed), int(number)).told(kinds.split(",")), ensure_ascii=False))


if __name__ == "__main__":
    main()
