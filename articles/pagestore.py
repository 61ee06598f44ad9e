"""The stored pages: plain files that any web server can serve. Knows nothing of how they are made.

`/en/archive/` lies in `en/archive/index.html`, `/en/feed.xml` in `en/feed.xml`. A file is written aside and
moved into place, so that a reader never sees half of one; the unfinished ones lie in `.aside/`.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings

ASIDE = ".aside"
INDEX = "index.html"
# A segment never begins with a dot: no way up, no hidden files.
ADDRESS = re.compile(r"/(?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?", re.ASCII)
TRIES = 5


def put(path: str, body: bytes, content_type: str) -> str:
    """Store `body` at the address `path` and return its SHA-256 in hexadecimal digits.

    `content_type` is for stores that keep one; a web server in front of files goes by their names. Raises
    OSError when the disk refuses, ValueError for an address with no place here; what was stored before stands.
    """
    aside = write_aside(body)
    try:
        place(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    return digest(body)


def digest(body: bytes) -> str:
    """Return the SHA-256 by which a stored page is known."""
    return sha256(body).hexdigest()


def write_aside(body: bytes) -> Path:
    """Write a file that nobody sees yet, for `place`; the caller removes it if it is not placed."""
    folder = _root() / ASIDE
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / secrets.token_hex(8)
    try:
        aside.write_bytes(body)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return aside


def place(aside: Path, path: str) -> None:
    """Move a file written aside to its address, in one step."""
    file = _file(path)
    for _ in range(TRIES):
        file.parent.mkdir(parents=True, exist_ok=True)
        # A drop may remove the empty folder in between.
        with suppress(FileNotFoundError):
            os.replace(aside, file)
            return
    raise FileNotFoundError(str(file))


def drop(path: str) -> None:
    """Remove the file at `path`, if there is one, and the folders that it leaves empty."""
    file = _file(path)
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == _root():
            break
        try:
            folder.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            break


def get(path: str) -> bytes | None:
    """Return the file at `path`; None while there is none."""
    try:
        return _file(path).read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def stored_paths() -> Iterator[str]:
    """Yield the address of every file, in the order of names; also of those that nobody here has put."""
    root = _root()
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != ASIDE)
        for name in sorted(files):
            path = "/" + Path(folder, name).relative_to(root).as_posix()
            yield path.removesuffix(INDEX) if name == INDEX else path


def clear_aside(before: float) -> int:
    """Remove what killed processes left unfinished before `before` (seconds since 1970); return how many."""
    count = 0
    for file in (_root() / ASIDE).glob("*"):
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < before:
                file.unlink()
                count += 1
    return count


def _root() -> Path:
    return Path(settings.PAGES_DIR)


def _file(path: str) -> Path:
    if not ADDRESS.fullmatch(path):
        raise ValueError(f"{path!r} cannot be stored.")
    return _root() / (path[1:] + INDEX if path.endswith("/") else path[1:])
