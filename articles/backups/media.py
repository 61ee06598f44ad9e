"""Media files by hash: each content once in the folder of backups, however many backups name it.

An object is named after its SHA-256. Where it is encrypted, the name tells nobody what it holds: it is made of the
hash, the newsroom's secret and the recipients, so that other recipients get objects that they can open.
"""

import hmac
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ..models.rendition import FOLDER
from ..sealing import ENDING, Recipients, seal
from . import folder
from .errors import BackupError

Known = tuple[str, str]  # SHA-256 of the content, name of the object


@dataclass
class Media:
    """What a backup knows of a folder of photos: `files`, name → hash and object; `added`: bytes of new objects.
    `listed`: yields the folder's files."""

    folder: Path
    keys: Sequence[str]
    recipients: Recipients
    listed: Callable[[], Iterator[tuple[Path, str]]]
    files: dict[str, Known] = field(default_factory=dict)
    added: int = 0
    _seen: dict[str, tuple[int, int]] = field(default_factory=dict)

    def look(self, alive: Callable[[], None]) -> None:
        """Store every file that was not looked at in the same state before; forget none that is gone by now.

        Called before the snapshot, for the long part, and after it, for what came in between. `alive` is called
        between two files, and may raise.
        """
        for path, name in self.listed():
            alive()
            try:
                found = path.stat()
                state = (found.st_size, found.st_mtime_ns)
                if self._seen.get(name) != state:
                    self.files[name] = self._store(path.read_bytes())
                    self._seen[name] = state
            except FileNotFoundError:  # erased meanwhile
                continue

    def _store(self, data: bytes) -> Known:
        digest = sha256(data).hexdigest()
        name = self._name(digest)
        target = folder.object_path(self.folder, name)
        if not (target.exists() and target.stat().st_size >= len(data)):
            new = folder.aside(self.folder)
            new.write_bytes(data)
            if self.recipients:
                sealed = folder.aside(self.folder)
                seal(new, sealed, self.recipients)
                new.unlink()
                new = sealed
            self.added += new.stat().st_size
            folder.place(new, target)
        return digest, name

    def _name(self, digest: str) -> str:
        if not self.recipients:
            return digest
        text = "\n".join([digest, *sorted(self.keys)])
        return hmac.new(settings.SECRET_KEY.encode(), text.encode(), "sha256").hexdigest()


def media_files() -> Iterator[tuple[Path, str]]:
    """Yield each file of the media folder with its name there, but those with a dot in front, and what is made of
    photos: a worker makes it again of what came back."""
    root = Path(settings.MEDIA_ROOT)
    for here, inner, names in os.walk(root):
        passed_over = {FOLDER} if Path(here) == root else set()
        inner[:] = sorted(name for name in inner if not name.startswith(".") and name not in passed_over)
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(here, name)
                yield path, path.relative_to(root).as_posix()


def camera_files() -> Iterator[tuple[Path, str]]:
    """Yield each camera's own file, encrypted as it lies there, with its name."""
    root = Path(settings.CAMERA_DIR)
    for path in sorted(root.glob(f"[!.]*{ENDING}")):
        yield path, path.name


def put_back(root: Path, name: str, data: bytes, digest: str) -> None:
    """Write a file where it belongs, below `root`. Raises BackupError when it is not the one that was kept."""
    if sha256(data).hexdigest() != digest:
        raise BackupError(_("The media file %(name)s is not what was backed up.") % {"name": name})
    root = root.resolve()
    target = (root / name).resolve()
    if not target.is_relative_to(root):
        raise BackupError(_("The backup names a media file outside its folder: %(name)s.") % {"name": name})
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
