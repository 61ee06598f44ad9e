"""A backup back into an empty newsroom: database, media, templates; then every table is counted."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext as _

from ..models import Article, Backup, Rendition, Site, rights
from ..sealing import ENDING, read_identities, unseal
from . import archive, folder, programs
from .counting import count_rows
from .errors import BackupError, BackupRefused, keys_refused
from .media import put_back
from .snapshot import sqlite_name

Tell = Callable[[str], None]


@dataclass(frozen=True)
class RestoredBackup:
    """What came back: `rows` and `tables` counted, `media` files; `head`: that of the record, by the manifest."""

    manifest: archive.Manifest
    rows: int
    tables: int
    media: int

    @property
    def head(self) -> dict[str, Any]:
        return dict(self.manifest["head"])


def unpacked(file: Path, identity: Path | None, room: Path) -> archive.Manifest:
    """Decrypt an archive, hold it against its note and its own hashes, and lay its members into `room`."""
    if not file.is_file():
        raise BackupRefused(_("There is no file %(file)s.") % {"file": file})
    note = folder.read_note(file.parent, file.name)
    if note and folder.digest_of(file) != note["sha256"]:
        raise BackupError(_("%(file)s is not as it was written.") % {"file": file.name})
    packed = file
    if file.name.endswith(ENDING):
        if identity is None:
            raise BackupRefused(_("%(file)s is encrypted: say --key FILE.") % {"file": file.name})
        packed = room / "archive"
        with keys_refused():
            unseal(file, packed, read_identities(identity))
    return archive.extract(packed, room / "members")


def restore(file: Path, room: Path, *, identity: Path | None, overwrite: bool, tell: Tell) -> RestoredBackup:
    """Put a backup in the place of an empty newsroom. `room`: an empty folder for what is decrypted.

    Raises BackupRefused, with nothing changed, where the database holds a newsroom and `overwrite` is false, is of the
    other kind, or is not this role's to alter; BackupError for a backup that is not whole, and when what was restored
    counts otherwise.
    """
    if not rights.may_alter(connection):
        raise BackupRefused(_("The role of DATABASE_URL may not alter the tables: restore as the role that owns them."))
    if not overwrite and has_content():
        raise BackupRefused(_("The database holds a newsroom. Say --overwrite to put the backup in its place."))
    manifest = unpacked(file, identity, room)
    if manifest["vendor"] != connection.vendor:
        raise BackupRefused(
            _("The backup is of %(theirs)s, and DATABASE_URL names %(ours)s.")
            % {"theirs": manifest["vendor"], "ours": connection.vendor}
        )
    number = restore_media(file.parent, manifest, room, identity, tell)
    restore_templates(room / "members" / archive.TEMPLATES)
    tell(_("The database is put back."))
    database = room / "members" / manifest["database"]
    if connection.vendor == "sqlite":
        restore_sqlite(database)
    else:
        restore_postgresql(database)
    compare_rows(manifest)
    forget_renditions(manifest)
    finish_row(manifest, file)
    return RestoredBackup(manifest, sum(manifest["rows"].values()), len(manifest["rows"]), number)


def has_content() -> bool:
    """Say whether the database holds anything that a person made."""
    there = set(connection.introspection.table_names())
    models = [model for model in (Article, User, Site) if model._meta.db_table in there]
    return any(model.objects.exists() for model in models)


def restore_sqlite(database: Path) -> None:
    """Lay the copy over the database, through SQLite's own backup call: whole or not at all."""
    connection.close()
    if not sqlite_name().startswith("file::memory:"):
        Path(str(connection.settings_dict["NAME"])).parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(sqlite_name(), uri=True)) as target:
        source.backup(target)


def restore_postgresql(database: Path) -> None:
    """Drop what is there and read the dump, which is one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")
    connection.close()
    arguments = "--clean --if-exists --single-transaction --exit-on-error --no-owner --no-privileges --no-comments"
    programs.run("pg_restore", [*arguments.split(), str(database)])


def restore_media(place: Path, manifest: archive.Manifest, room: Path, identity: Path | None, tell: Tell) -> int:
    """Bring back every media file, and the cameras' own; return how many. Raises BackupError, naming all that are
    missing, before anything was changed."""
    # (root, name, SHA-256, object); a backup of an earlier version names no camera's file
    files = [(Path(settings.MEDIA_ROOT), name, *known) for name, known in manifest["media"].items()]
    files += [(Path(settings.CAMERA_DIR), name, *known) for name, known in manifest.get("camera", {}).items()]
    missing = [name for _root, name, _hash, known in files if not folder.object_path(place, known).exists()]
    if missing:
        raise BackupError(
            _("Beside the backup, %(folder)s lacks media files: %(names)s.")
            % {"folder": folder.MEDIA, "names": ", ".join(missing[:10])}
        )
    tell(_("Media files: %(count)d.") % {"count": len(files)})
    Path(settings.CAMERA_DIR).mkdir(parents=True, exist_ok=True, mode=0o700)
    with keys_refused():
        keys = read_identities(identity) if identity else []
        for root, name, digest, known in files:
            path = folder.object_path(place, known)
            if known != digest:  # only an encrypted object has a name of its own
                unseal(path, room / "object", keys)
                path = room / "object"
            put_back(root, name, path.read_bytes(), digest)
    return len(files)


def restore_templates(found: Path) -> None:
    """Bring back the outlet's own templates, over those that are there."""
    if found.is_dir():
        shutil.copytree(found, settings.TEMPLATES_DIR, dirs_exist_ok=True)


def compare_rows(manifest: archive.Manifest) -> None:
    """Count every table; raise BackupError, naming each that differs from the manifest."""
    with connection.cursor() as cursor:
        found = count_rows(cursor, connection.vendor)
    wanted: dict[str, int] = manifest["rows"]
    wrong = [
        f"{name}: {found.get(name, 0)} ≠ {wanted.get(name, 0)}"
        for name in sorted(found.keys() | wanted.keys())
        if found.get(name) != wanted.get(name)
    ]
    if wrong:
        raise BackupError(_("Tables differ from the backup: %(tables)s.") % {"tables": "; ".join(wrong)})


def forget_renditions(manifest: archive.Manifest) -> None:
    """Let the renditions of photos be made again: no backup holds their files, and an older one not even the rows."""
    if Rendition._meta.db_table in manifest["rows"]:
        Rendition.objects.all().delete()


def finish_row(manifest: archive.Manifest, file: Path) -> None:
    """Write down in the row that was begun when the snapshot was taken that this backup is whole: it has been read."""
    if Backup._meta.db_table in manifest["rows"]:
        begun = datetime.fromisoformat(manifest["begun_at"]).astimezone(UTC)
        Backup.objects.filter(begun_at=begun, ended_at=None).update(
            ended_at=begun, name=file.name, size=file.stat().st_size, verified=True, rows=sum(manifest["rows"].values())
        )
