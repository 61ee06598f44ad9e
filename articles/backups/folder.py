"""The folder of backups: what stands in it under its name is whole, as each file is written aside and moved.

newsroom-20260310T021500Z.tar.gz.age   the archive
newsroom-20260310T021500Z.json         its SHA-256, and the objects that it needs
media/ab/ab3f…                         objects: media files, each once, under names made of their content
.aside/                                what is being written
.lock                                  held by whoever writes
"""

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ..sealing import ENDING
from .errors import BackupBusy, BackupRefused

ASIDE, MEDIA = ".aside", "media"
ARCHIVE = re.compile(r"newsroom-(\d{8}T\d{6}Z)(?:-\d+)?\.tar\.gz(?:\.age)?")
STAMP = "%Y%m%dT%H%M%SZ"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder alone, made if it is not there, emptied of what a killed process has left aside.

    Raises BackupBusy while another process holds it, BackupRefused when it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise BackupRefused(
            _("The folder of backups %(folder)s cannot be used: %(error)s")
            % {"folder": folder, "error": error.strerror}
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise BackupBusy(_("Another backup is being taken into %(folder)s.") % {"folder": folder}) from error
        shutil.rmtree(folder / ASIDE, ignore_errors=True)
        (folder / ASIDE).mkdir(mode=0o700)
        yield
    finally:
        os.close(handle)


def new_name(folder: Path, at: datetime, *, sealed: bool) -> str:
    """Return the file name of an archive that was begun at `at`."""
    stem = f"newsroom-{at.astimezone(UTC).strftime(STAMP)}"
    taken = {stem_of(name) for name in archives(folder)}
    numbered = next(one for one in (stem, *(f"{stem}-{number}" for number in range(2, 99))) if one not in taken)
    return f"{numbered}.tar.gz{ENDING if sealed else ''}"


def stem_of(name: str) -> str:
    return name.partition(".")[0]


def archives(folder: Path) -> dict[str, datetime]:
    """Return the archives of a folder with the moments at which they were begun, oldest first."""
    found = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if match := ARCHIVE.fullmatch(path.name):
            found[path.name] = datetime.strptime(match[1], STAMP).replace(tzinfo=UTC)
    return found


def aside(folder: Path) -> Path:
    """Return a place for a file that is not whole yet."""
    return folder / ASIDE / secrets.token_hex(8)


def place(file: Path, target: Path) -> None:
    """Bring a file written aside to the disk and then, in one step, under its name."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.chmod(0o600)
    sync(file)
    os.replace(file, target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file as it is read now."""
    with file.open("rb") as stream:
        found = sha256()
        while part := stream.read(1 << 20):
            found.update(part)
    return found.hexdigest()


def object_path(folder: Path, name: str) -> Path:
    """Return where an object lies."""
    return folder / MEDIA / name[:2] / name


def note_path(folder: Path, archive: str) -> Path:
    """Return where the note of an archive lies."""
    return folder / f"{stem_of(archive)}.json"


def write_note(folder: Path, archive: str, note: dict[str, Any]) -> None:
    """Write the note that stands beside an archive."""
    new = aside(folder)
    new.write_text(json.dumps(note, indent=1))
    place(new, note_path(folder, archive))


def read_note(folder: Path, archive: str) -> dict[str, Any] | None:
    """Return the note beside an archive; None when there is none that can be read."""
    try:
        note: dict[str, Any] = json.loads(note_path(folder, archive).read_text())
    except (OSError, ValueError):
        return None
    return note


def remove(folder: Path, archive: str) -> None:
    """Remove an archive and its note; its objects stay until nobody needs them."""
    for path in (folder / archive, note_path(folder, archive)):
        with suppress(FileNotFoundError):
            path.unlink()
