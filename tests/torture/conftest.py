"""A disk that is full: a tiny file system of memory where we may mount one, else a disk that says so."""

import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles import pagestore

KIBIBYTES = 512
MOUNT = ("mount", "-t", "tmpfs", "-o", f"size={KIBIBYTES}k", "tmpfs")


class Disk:
    """`folder` lies on it; `fill` leaves no byte free, `clear` frees it again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.filler = folder / "filler"

    def fill(self) -> None:
        """Write until the disk refuses."""
        with self.filler.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 512)
            except OSError as error:
                assert error.errno == errno.ENOSPC

    def clear(self) -> None:
        self.filler.unlink()


class PretendedDisk(Disk):
    """For those who may not mount: writing into the page store fails as on a full disk."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(folder)
        self.full = False
        write = pagestore._write

        def refuse(file: str, body: bytes) -> None:
            if self.full:
                Path(file).touch()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), file)
            write(file, body)

        monkeypatch.setattr(pagestore, "_write", refuse)

    def fill(self) -> None:
        self.full = True

    def clear(self) -> None:
        self.full = False


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run([*MOUNT, str(folder)], capture_output=True, check=False)
    if not mounted or mounted.returncode:
        yield PretendedDisk(folder, monkeypatch)
        return
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
