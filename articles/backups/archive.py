"""The archive: one compressed tar of the manifest, the database, the settings with the keys, the outlet's templates.

manifest.json     what is in it: format, moment, rows of each table, head of the record, SHA-256 of each member,
                  each media file with its hash and object
database.sqlite3  or database.dump, of PostgreSQL
settings.env      the environment variables that the newsroom was started with, SECRET_KEY among them
templates/…       what lay in TEMPLATES_DIR
"""

import gzip
import io
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from .errors import BackupError
from .folder import digest_of

FORMAT = 1
MANIFEST, SETTINGS, TEMPLATES = "manifest.json", "settings.env", "templates"
LEVEL = 4  # of gzip: half the time of the usual one, for a twentieth more

Manifest = dict[str, Any]


def members(database: Path) -> dict[str, Path | bytes]:
    """Return what goes into an archive beside the manifest: name → file or bytes."""
    found: dict[str, Path | bytes] = {database.name: database, SETTINGS: settings_text().encode()}
    folder = Path(settings.TEMPLATES_DIR)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file():
            found[f"{TEMPLATES}/{path.relative_to(folder).as_posix()}"] = path
    return found


def settings_text() -> str:
    """Return the variables that the newsroom was started with, as a file of settings, the key always among them."""
    given = {"SECRET_KEY": settings.SECRET_KEY} | settings.GIVEN
    return "".join(f'{name}="{value}"\n' for name, value in sorted(given.items()))


def key_mark() -> str:
    """Return a mark by which the secret key is known again, and which tells nothing of it."""
    return sha256(f"newsroom backup {settings.SECRET_KEY}".encode()).hexdigest()[:16]


def write(target: Path, about: Manifest, contents: dict[str, Path | bytes]) -> None:
    """Write an archive; `about`: the manifest without format and hashes."""
    hashes = {
        name: sha256(one).hexdigest() if isinstance(one, bytes) else digest_of(one) for name, one in contents.items()
    }
    manifest = json.dumps({"format": FORMAT, **about, "members": hashes}).encode()
    with gzip.open(target, "wb", compresslevel=LEVEL) as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
        for name, one in {MANIFEST: manifest, **contents}.items():
            entry = tarfile.TarInfo(name)
            entry.mode = 0o600
            if isinstance(one, bytes):
                entry.size = len(one)
                tar.addfile(entry, io.BytesIO(one))
            else:
                with one.open("rb") as stream:
                    entry.size = one.stat().st_size
                    tar.addfile(entry, stream)


@contextmanager
def opened(file: Path) -> Iterator[tuple[Manifest, tarfile.TarFile]]:
    """Yield the manifest of an archive and its tar, to be read once from there on. Raises BackupError."""
    try:
        with tarfile.open(file, mode="r|gz") as tar:
            first = tar.next()
            stream = tar.extractfile(first) if first and first.name == MANIFEST else None
            if stream is None:
                raise BackupError(_("%(file)s is no backup of a newsroom.") % {"file": file.name})
            manifest: Manifest = json.load(stream)
            if manifest.get("format") != FORMAT:
                raise BackupError(
                    _("%(file)s has the format %(format)s, which this version does not read.")
                    % {"file": file.name, "format": manifest.get("format")}
                )
            yield manifest, tar
    except (tarfile.TarError, EOFError, OSError, ValueError, zlib.error) as error:
        raise BackupError(
            _("%(file)s cannot be read to its end: %(error)s") % {"file": file.name, "error": error}
        ) from error


def read(file: Path) -> Manifest:
    """Return the manifest of an archive."""
    with opened(file) as (manifest, _tar):
        return manifest


def extract(file: Path, folder: Path) -> Manifest:
    """Write the members of an archive below `folder`, each held against its hash; return the manifest.

    Raises BackupError for one that is missing, was changed, or is named so that it would lie elsewhere.
    """

    def opened_below(name: str) -> IO[bytes]:
        target = (folder / name).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise BackupError(_("The backup names a file outside its folder: %(name)s.") % {"name": name})
        target.parent.mkdir(parents=True, exist_ok=True)
        return target.open("wb")

    return copy_members(file, opened_below)


def check(file: Path) -> None:
    """Read an archive to its end and hold each member against its hash. Raises BackupError."""
    copy_members(file, lambda name: open(os.devnull, "wb"))  # noqa: SIM115


def copy_members(file: Path, into: Callable[[str], IO[bytes]]) -> Manifest:
    """Copy each member into what `into` opens for its name; return the manifest."""
    with opened(file) as (manifest, tar):
        left = dict(manifest["members"])
        while entry := tar.next():
            stream = tar.extractfile(entry)
            if entry.name not in left or stream is None:
                raise BackupError(_("The backup holds what it does not name: %(name)s.") % {"name": entry.name})
            found = sha256()
            with into(entry.name) as out:
                while part := stream.read(1 << 20):
                    found.update(part)
                    out.write(part)
            if left.pop(entry.name) != found.hexdigest():
                raise BackupError(_("%(name)s in the backup was changed.") % {"name": entry.name})
        if left:
            raise BackupError(_("The backup lacks %(names)s.") % {"names": ", ".join(sorted(left))})
        return manifest
