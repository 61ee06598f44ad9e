"""The stored pages: plain files that any web server can serve. Knows nothing of how they are made.

`/en/archive/` lies in `en/archive/index.html`, `/en/feed.xml` in `en/feed.xml`. A file is written aside and
moved into place, so that a reader never sees half of one; the unfinished ones lie in `.aside/`. Beside a page its
compressed copy may lie (`index.html.gz`), beside a photo a folder of what is made of it (`media/ab.jpg`, `media/ab/`);
neither outlives it.
"""

import gzip
import os
import re
import secrets
import shutil
import zlib
from collections.abc import Iterator, Mapping
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
MEDIA = re.compile(r"/media/[\w-]+\.jpg", re.ASCII)


def put(path: str, body: bytes, content_type: str) -> str:
    """Store `body` at the address `path` and return its SHA-256 in hexadecimal digits.

    `content_type` is for stores that keep one; a web server in front of files goes by their names. Raises
    OSError when the disk refuses, ValueError for an address with no place here; what was stored before stands.
    """
    aside = write_aside(body)
    try:
        place(aside, path)
    except BaseException:
        discard(aside)
        raise
    return digest(body)


def digest(body: bytes) -> str:
    """Return the SHA-256 by which a stored page is known."""
    return sha256(body).hexdigest()


def write_aside(body: bytes) -> str:
    """Write a file that nobody sees yet and return where, for `place`; the caller discards it if it is not placed."""
    aside = f"{_root()}/{ASIDE}/{secrets.token_hex(8)}"
    try:
        try:
            _write(aside, body)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(aside), exist_ok=True)
            _write(aside, body)
    except OSError:
        discard(aside)
        raise
    return aside


def discard(aside: str) -> None:
    """Remove a file written aside, if it is still there."""
    with suppress(FileNotFoundError):
        os.unlink(aside)


def stamp(body: bytes) -> int:
    """Return the time of modification that a file with these bytes bears: a checksum of them, no time.

    A web server makes the ETag of this time, in whole seconds, and the length: a corrected digit stored within the
    same second would leave it as it was, and the reader with the old page.
    """
    return zlib.crc32(body) & 0x7FFFFFFF  # what every file system can keep


def place(aside: str, path: str) -> None:
    """Move a file written aside to its address, in one step; the compressed copy of the file before goes first."""
    file = _file(path)
    for _ in range(TRIES):
        # There may be no folder yet, or a drop may remove the empty one in between.
        try:
            discard(file + PACKED)
            os.replace(aside, file)
        except FileNotFoundError:
            with suppress(FileNotFoundError, FileExistsError):  # of several folders it may remove the first again
                os.makedirs(os.path.dirname(file), exist_ok=True)
        else:
            return
    raise FileNotFoundError(file)


def drop(path: str) -> None:
    """Remove the file at `path`, if there is one, its compressed copy, and the folders that it leaves empty."""
    file = _file(path)
    discard(file + PACKED)
    discard(file)
    if MEDIA.fullmatch(path):
        shutil.rmtree(_folder_beside(path), ignore_errors=True)
    for folder in Path(file).parents:
        if folder == Path(_root()):
            break
        try:
            folder.rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            break


def in_the_way(path: str) -> str:
    """Return what hinders a page from being stored at `path`, below the store's folder: a folder where its file or its
    compressed copy belongs, a file where a folder does; empty if nothing does."""
    return _in_the_way(_file(path)).removeprefix(f"{_root()}/")


def clear_way(path: str) -> None:
    """Remove whatever stands in the way of the page at `path`, a folder with all that lies in it.

    Raises OSError when it may not be removed.
    """
    while found := _in_the_way(_file(path)):
        if os.path.isdir(found):
            shutil.rmtree(found)
        else:
            os.unlink(found)


def _in_the_way(file: str) -> str:
    for entry in (file, file + PACKED):
        if os.path.isdir(entry) and not os.path.islink(entry):
            return entry
    if os.path.isfile(file):
        return ""
    inner = Path(file).relative_to(_root()).parents
    folders = (Path(_root(), folder) for folder in reversed(inner))
    return next((str(one) for one in folders if os.path.lexists(one) and not one.is_dir()), "")


def drop_copy(path: str) -> None:
    """Remove the compressed copy of the page at `path`, if there is one."""
    discard(_file(path) + PACKED)


def page_of_copy(path: str) -> str:
    """Return the address whose compressed copy lies at an address of `stored_paths`; empty if it is no such copy."""
    page = path.removesuffix(PACKED)
    return "" if page == path else page.removesuffix(INDEX) if page.endswith(f"/{INDEX}") else page


def get(path: str) -> bytes | None:
    """Return the file at `path`; None while there is none, or none that can be read."""
    return _read(_file(path))


def is_packable(path: str) -> bool:
    """True for the address of a page or a feed, which may have a compressed copy; false for a photo."""
    return path.endswith(("/", ".xml"))


def place_packed(aside: str, path: str) -> None:
    """Move a compressed copy written aside to the page at `path`.

    The caller has to see to it that the page is not replaced or dropped meanwhile. Without the page no copy is
    placed.
    """
    file = _file(path)
    if os.path.isfile(file):
        os.replace(aside, file + PACKED)


def get_unpacked(path: str) -> bytes | None:
    """Return what the compressed copy of the page at `path` holds, nothing if it is damaged; None without a copy."""
    packed = _read(_file(path) + PACKED)
    try:
        return None if packed is None else gzip.decompress(packed)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        return b""


def beside(path: str) -> dict[str, int]:
    """Return the names and sizes, in bytes, of the files beside the photo at `path`."""
    if not MEDIA.fullmatch(path):
        return {}
    with suppress(FileNotFoundError, NotADirectoryError):
        return {one.name: one.stat().st_size for one in os.scandir(_folder_beside(path))}
    return {}


def place_beside(path: str, files: Mapping[str, Path]) -> bool:
    """Lay these files beside the photo at `path`, by their names, and no others; return whether anything has changed.

    Each is the very file of the media folder where the file system can give it a second name, else a copy. The caller
    has to see to it that the photo is not dropped meanwhile. Raises OSError when the disk refuses.
    """
    there, folder = beside(path), _folder_beside(path)
    sizes = {name: file.stat().st_size for name, file in files.items()}
    for name in [name for name, size in there.items() if sizes.get(name) != size]:
        discard(f"{folder}/{name}")
    missing = [name for name, size in sizes.items() if there.get(name) != size]
    if missing:
        os.makedirs(folder, exist_ok=True)
    for name in missing:
        try:
            os.link(files[name], f"{folder}/{name}")
        except FileExistsError:
            continue
        except OSError:  # another disk, or one that knows no second names
            os.replace(write_aside(files[name].read_bytes()), f"{folder}/{name}")
    if not sizes and there:
        with suppress(OSError):
            os.rmdir(folder)
    return bool(missing) or len(there) > len(sizes)


def holds(path: str, body: bytes) -> bool:
    """True if the file at `path` holds these bytes, and its compressed copy, if there is one, too."""
    return get(path) == body and get_unpacked(path) in (None, body)


def stored_paths() -> Iterator[str]:
    """Yield the address of every file, in the order of names; also of those that nobody here has put.

    What lies beside a page, its compressed copy or what is made of a photo, has none, unless it lies there without it.
    """
    for _folder, paths in stored_folders():
        yield from paths


def stored_folders(after: str = "", last: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield each folder from `after` on ("en/archive") with the addresses of its files; of `after` itself those that
    follow the address `last`."""
    root = _root()
    begun = Path(after).parts
    for folder, inner, names in os.walk(root):
        here = Path(folder).relative_to(root).parts
        inner[:] = sorted(name for name in inner if name != ASIDE and (*here, name) >= begun[: len(here) + 1])
        if here == ("media",):
            inner[:] = [name for name in inner if f"{name}.jpg" not in names]
        paths = _addresses("/".join(("", *here)), names) if here >= begun else []
        yield "/".join(here), [path for path in paths if here > begun or path > last]


def clear_aside(before: float) -> int:
    """Remove what killed processes left unfinished before `before` (seconds since 1970); return how many."""
    count = 0
    for file in Path(_root(), ASIDE).glob("*"):
        with suppress(FileNotFoundError):
            if file.stat().st_ctime < before:
                file.unlink()
                count += 1
    return count


def _root() -> str:
    return os.fspath(settings.PAGES_DIR)


def _file(path: str) -> str:
    if not ADDRESS.fullmatch(path):
        raise ValueError(f"{path!r} cannot be stored.")
    return f"{_root()}{path}{INDEX if path[-1] == '/' else ''}"


def _folder_beside(path: str) -> str:
    return _file(path).removesuffix(".jpg")


def _addresses(folder: str, names: list[str]) -> list[str]:
    copies = {name + PACKED for name in names if name == INDEX or name.endswith(".xml")}
    return sorted(f"{folder}/{name}".removesuffix(INDEX if name == INDEX else "") for name in {*names} - copies)


def _write(file: str, body: bytes) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        rest = memoryview(body)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.utime(handle, (stamp(body), stamp(body)))
    finally:
        os.close(handle)


def _read(file: str) -> bytes | None:
    try:
        with open(file, "rb") as opened:
            return opened.read()
    except OSError:  # also one that is not for us to read: what is rendered anew takes its place
        return None
