"""Take a backup: media, the database at one moment, media once more; all of it aside, and the archive's name last."""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from ..models import Backup
from ..sealing import read_recipients, seal
from . import archive, folder
from .errors import BackupError, BackupRefused, keys_refused
from .media import Media, camera_files, media_files
from .retention import Keep, thin_out
from .snapshot import Snapshot, take_snapshot

Clock = Callable[[], datetime]
HOOK_SECONDS = 6 * 3600


@dataclass(frozen=True)
class Way:
    """Where backups go and how: a folder, the public keys they are encrypted with, the command after each, how many
    are kept. `plain`: whether they may lie there unencrypted."""

    folder: Path | None
    keys: Sequence[str]
    plain: bool
    hook: str
    keep: Keep

    @classmethod
    def of_settings(cls) -> "Way":
        """Return that of the settings."""
        return cls(
            settings.BACKUP_DIR,
            settings.BACKUP_RECIPIENTS,
            settings.BACKUP_PLAIN,
            settings.BACKUP_HOOK,
            Keep(*settings.BACKUP_KEEP),
        )


def take(way: Way, clock: Clock, *, stopping: Callable[[], bool] = lambda: False) -> Backup:
    """Take a backup and return its row; one that has failed is a row, too.

    Raises BackupRefused or BackupBusy, without a row, where none can be begun; BackupError when it fails. `stopping`:
    says whether the process is to end soon.
    """
    place = checked(way)
    with keys_refused():
        recipients = read_recipients(way.keys)
    with folder.locked(place):
        begun_at = clock()
        # Nobody else holds the folder: whoever began and did not end is dead.
        Backup.objects.filter(ended_at=None, error="").update(error=_("Interrupted."), ended_at=begun_at)
        backup = Backup.objects.create(begun_at=begun_at)
        media = Media(place, way.keys, recipients, media_files)
        camera = Media(place, way.keys, recipients, camera_files)

        def alive() -> None:
            if stopping():
                raise BackupError(_("The process was told to end."))

        try:
            with scratch() as room:
                write(backup, way, room, (media, camera), alive)
            thin_out(place, way.keep)
            backup.sent = send(way.hook, place / backup.name, place) if way.hook else None
        except Exception as error:
            backup.end(clock(), error=str(error)[:2000])
            if isinstance(error, BackupError):
                raise
            raise BackupError(str(error)) from error
        backup.end(clock(), error="" if backup.sent is not False else _("The command after the backup has failed."))
    return backup


def checked(way: Way) -> Path:
    """Return the folder; raise BackupRefused without one, and for what would lie there readable to anybody."""
    if way.folder is None:
        raise BackupRefused(_("No folder for backups is named: set BACKUP_DIR, or say --to FOLDER."))
    inside = [Path(one).resolve() for one in (settings.MEDIA_ROOT, settings.PAGES_DIR, settings.CAMERA_DIR)]
    if any(way.folder.resolve().is_relative_to(one) for one in inside):
        raise BackupRefused(
            _("The folder for backups lies inside the media, the stored pages or the cameras' files: choose another.")
        )
    if settings.PRODUCTION and not way.keys and not way.plain:
        raise BackupRefused(
            _(
                "A backup holds every draft, password hash and key. Name who may read it in BACKUP_RECIPIENTS "
                "(manage.py backup --new-key FILE makes a key), or say BACKUP_PLAIN=1 if the folder is encrypted "
                "by itself."
            )
        )
    return way.folder


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder beside the database, for what is not encrypted yet; nobody else may enter it."""
    room = Path(tempfile.mkdtemp(prefix=".backup-", dir=settings.DATA_DIR))
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def write(backup: Backup, way: Way, room: Path, kept: tuple[Media, Media], alive: Callable[[], None]) -> None:
    """Write all files of a backup; the row gets what is in them. `kept`: the media, and the cameras' own files."""
    assert way.folder is not None
    media, camera = kept
    for one in kept:
        one.look(alive)
    snapshot = take_snapshot(room)
    for one in kept:
        one.look(alive)
    packed = room / "archive"
    archive.write(packed, manifest_of(backup, snapshot, media, camera), archive.members(snapshot.file))
    snapshot.file.unlink()
    archive.check(packed)
    alive()
    new = folder.aside(way.folder)
    if media.recipients:
        seal(packed, new, media.recipients)
    else:
        shutil.copyfile(packed, new)
    name = folder.new_name(way.folder, backup.begun_at, sealed=bool(media.recipients))
    digest = folder.digest_of(new)
    objects = sorted({known for one in kept for _digest, known in one.files.values()})
    backup.size, backup.added = new.stat().st_size, media.added + camera.added
    folder.write_note(way.folder, name, {"sha256": digest, "size": backup.size, "objects": objects})
    folder.place(new, way.folder / name)
    backup.name, backup.rows = name, sum(snapshot.rows.values())
    backup.detail = {"tables": snapshot.rows, "media": len(media.files) + len(camera.files), "head": snapshot.head}
    backup.verified = folder.digest_of(way.folder / name) == digest and all(
        folder.object_path(way.folder, one).exists() for one in objects
    )
    if not backup.verified:
        raise BackupError(_("What was written to %(folder)s reads otherwise.") % {"folder": way.folder})


def manifest_of(backup: Backup, snapshot: Snapshot, media: Media, camera: Media) -> archive.Manifest:
    """Return the manifest of a backup."""
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "begun_at": backup.begun_at.isoformat(),
        "vendor": snapshot.vendor,
        "database": snapshot.file.name,
        "migrations": sorted(name for app, name in applied if app == "articles"),
        "rows": snapshot.rows,
        "head": snapshot.head,
        "media": media.files,
        "camera": camera.files,
        "secret_key": archive.key_mark(),
    }


def send(hook: str, file: Path, place: Path) -> bool:
    """Run the command after a backup with the archive and the folder; say whether it went well.

    What it prints goes where ours goes.
    """
    command = [*shlex.split(hook), os.fspath(file), os.fspath(place)]
    try:
        return subprocess.run(command, check=False, timeout=HOOK_SECONDS).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
