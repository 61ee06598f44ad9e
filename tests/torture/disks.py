"""A disk of one's own in a file: it can be full, or go read-only under those who write to it, as a faulty one does.

Needs root, a loop device and ext4's programs. A disk of memory would not do: none becomes read-only while somebody has
a file of it open to write.
"""

import errno
import os
import shutil
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path

PATH = "/usr/sbin:/sbin"


@cache
def can_be_made() -> bool:
    """Say whether this machine lets us have such a disk."""
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4", path=f"{os.environ['PATH']}:{PATH}"):
        return False
    place = Path(tempfile.mkdtemp(prefix="loop-disk-"))
    try:
        LoopDisk(place / "disk", 8).take_away()
    except subprocess.CalledProcessError:
        return False
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return True


def run(*command: str, accepted: tuple[int, ...] = (0,)) -> int:
    """Run a program of the system; raise CalledProcessError when it ends otherwise than accepted."""
    environment = os.environ | {"PATH": f"{os.environ['PATH']}:{PATH}"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    if done.returncode not in accepted:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done.returncode


class LoopDisk:
    """`folder` lies on it."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder, self.image = folder, folder.with_name(f"{folder.name}.img")
        self.filler = folder / "filler"
        with self.image.open("wb") as file:
            file.truncate(megabytes * 2**20)
        run("mkfs.ext4", "-q", "-m", "0", str(self.image))
        folder.mkdir()
        self.mount()
        (folder / "lost+found").rmdir()

    def mount(self) -> None:
        run("mount", "-o", "loop", str(self.image), str(self.folder))

    def fill(self) -> None:
        """Write until it refuses."""
        with self.filler.open("ab", buffering=0) as file:
            for size in (2**20, 2**12, 2**9):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError as error:
                    assert error.errno == errno.ENOSPC

    def clear(self) -> None:
        self.filler.unlink()
        os.sync()  # or it is there again when the disk goes read-only soon after

    def fail(self) -> None:
        """Let it go read-only at once, whoever has a file open: ext4 does so by itself after a fault."""
        run("mount", "-o", "remount,abort", str(self.folder))

    def mend(self) -> None:
        """Take it away, check it, and bring it back; nobody may have a file of it open."""
        self.unmount()
        run("e2fsck", "-p", "-f", str(self.image), accepted=(0, 1))
        self.mount()

    def unmount(self) -> None:
        for _ in range(50):
            if run("umount", str(self.folder), accepted=(0, 32)) == 0:
                return
            time.sleep(0.1)
        run("umount", str(self.folder))

    def take_away(self) -> None:
        """Remove it with all that is on it, whoever has a file open."""
        run("umount", "--lazy", str(self.folder), accepted=(0, 32))
        self.image.unlink(missing_ok=True)
