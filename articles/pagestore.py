"""The stored pages: plain files that any web server can serve. Knows nothing of how they are made.

`/en/archive/` lies in `en/archive/index.html`, `/en/feed.xml` in `en/feed.xml`. A file is written aside and
moved into place, so that a reader never sees half of one; the unfinished ones lie in `.aside/`. Beside a page its
compressed copy may lie (`index.html.gz`), which never outlives it.
"""

import gzip
import os
import re
import secrets
import zlib
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from django.conf import settings

ASIDE = ".aside"
INDEX = "index.html"
PACKED = ".gz"
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
    aside = folder / secrets.token_hex(8)
    try:
        try:
            aside.write_bytes(body)
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(body)
        os.utime(aside, (stamp(body), stamp(body)))
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return aside


def stamp(body: bytes) -> int:
    """Return the time of modification that a file with these bytes bears: a checksum of them, no time.

    A web server makes the ETag of this time, in whole seconds, and the length: a corrected digit stored within the
    same second would leave it as it was, and the reader with the old page.
    """
    return zlib.crc32(body) & 0x7FFFFFFF  # what every file system can keep


def place(aside: Path, path: str) -> None:
    """Move a file written aside to its address, in one step; the compressed copy of the file before goes first."""
    file = _file(path)
    for _ in range(TRIES):
        # There may be no folder yet, or a drop may remove the empty one in between.
        with suppress(FileNotFoundError):
            _packed(file).unlink(missing_ok=True)
            os.replace(aside, file)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
    raise FileNotFoundError(str(file))


def drop(path: str) -> None:
    """Remove the file at `path`, if there is one, its compressed copy, and the folders that it leaves empty."""
    file = _file(path)
    _packed(file).unlink(missing_ok=True)
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


def is_packable(path: str) -> bool:
    """True for the address of a page or a feed, which may have a compressed copy; false for a photo."""
    return path.endswith(("/", ".xml"))


def place_packed(aside: Path, path: str) -> None:
    """Move a compressed copy written aside to the page at `path`.

    The caller has to see to it that the page is not replaced or dropped meanwhile. Without the page no copy is
    placed.
    """
    file = _file(path)
    if file.is_file():
        os.replace(aside, _packed(file))


def get_unpacked(path: str) -> bytes | None:
    """Return what the compressed copy of the page at `path` holds, nothing if it is damaged; None without a copy."""
    try:
        return gzip.decompress(_packed(_file(path)).read_bytes())
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        return b""


def holds(path: str, body: bytes) -> bool:
    """True if the file at `path` holds these bytes, and its compressed copy, if there is one, too."""
    return get(path) == body and get_unpacked(path) in (None, body)


def stored_paths() -> Iterator[str]:
    """Yield the address of every file, in the order of names; also of those that nobody here has put.

    A compressed copy has none, unless it lies there without its page.
    """
    root = _root()
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name != ASIDE)
        copies = {name + PACKED for name in files if name == INDEX or name.endswith(".xml")}
        for name in sorted(set(files) - copies):
            path = "/" + Path(folder, name).relative_to(root).as_posix()
            yield path.removesuffix(INDEX) if name == INDEX else path


def clear_aside(before: float) -> int:
    """Remove what killed processes left unfinished before `before` (seconds since 1970); return how many."""
    count = 0
    for file in (_root() / ASIDE).glob("*"):
        with suppress(FileNotFoundError):
            if file.stat().st_ctime < before:
                file.unlink()
                count += 1
    return count


def _root() -> Path:
    return Path(settings.PAGES_DIR)


def _packed(file: Path) -> Path:
    return file.with_name(file.name + PACKED)


def _file(path: str) -> Path:
    if not ADDRESS.fullmatch(path):
        raise ValueError(f"{path!r} cannot be stored.")
    return _root() / (path[1:] + INDEX if path.endswith("/") else path[1:])
