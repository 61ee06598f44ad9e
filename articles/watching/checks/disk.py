"""Is there space, and can it be written to?"""

import os
import secrets
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from ..kinds import Finding, found

MEGABYTE = 2**20


def places() -> dict[str, Path]:
    """Return the folders that the newsroom writes to, by the name of the setting; not those that are not made yet."""
    named = {"DATA_DIR": settings.DATA_DIR, "MEDIA_DIR": settings.MEDIA_ROOT, "PAGES_DIR": settings.PAGES_DIR}
    if settings.KEEP_CAMERA_FILES:
        named["CAMERA_DIR"] = settings.CAMERA_DIR
    return {name: Path(folder) for name, folder in named.items() if Path(folder).is_dir()}


def free_megabytes(folder: Path) -> int:
    """Return how many megabytes are free on the disk of a folder, for those who are not root."""
    return shutil.disk_usage(folder).free // MEGABYTE


def disks(at: datetime) -> Iterator[Finding]:
    """Hold the free space of each disk against DISK_FREE_MB."""
    by_disk: dict[int, list[str]] = defaultdict(list)
    free: dict[int, int] = {}
    for name, folder in places().items():
        disk = folder.stat().st_dev
        by_disk[disk].append(name)
        free[disk] = free_megabytes(folder)
    short = {disk: megabytes for disk, megabytes in free.items() if megabytes < settings.DISK_FREE_MB}
    if short:
        names = sorted(name for disk in short for name in by_disk[disk])
        yield found("disk", free=min(short.values()), folders=", ".join(names))


def folders(at: datetime) -> Iterator[Finding]:
    """Write a file to each folder, and remove it. No space left is said by `disks`."""
    broken = sorted(name for name, folder in places().items() if not takes_files(folder))
    if broken:
        yield found("folder", folders=", ".join(broken))


def takes_files(folder: Path) -> bool:
    """Say whether a file can be made in a folder: rights that are asked for say nothing of a disk that is read-only."""
    trial = folder / f".trial-{secrets.token_hex(6)}"
    try:
        os.close(os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        trial.unlink()
    except OSError:
        return False
    return True
