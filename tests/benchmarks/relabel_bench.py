"""What a change of the registers costs in an archive of 20,000 and of 200,000 editions.

`python -m tests.benchmarks.relabel_bench [SIZE …]`; each archive is made by tests.benchmarks.archive and left as it was
(the work is done in a transaction that is taken back at the end, or on SQLite in a copy). Nothing is asserted.
"""

import os
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.archive import FOLDER, NAME, point_django_at

SIZES = (20_000, 200_000)


def measure(size: int) -> None:
    """Measure one archive in this process and print a row for each figure."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from articles.models import Designation, Name, Organization, Register
    from articles.publishing.relabel import apply_version, impact_of, relabel_all, work_batches
    from articles.registers import compile_version

    call_command("migrate", verbosity=0)
    now = timezone.now()
    organization = Organization.objects.create(key="bench-pelican")
    Name.objects.create(organization=organization, text=NAME, language="en", strength="strong")
    Designation.objects.create(organization=organization, register=Register.objects.earliest("pk"))
    begun = time.process_time()
    version = compile_version(now)
    row(size, "compile the new register version", time.process_time() - begun, "s of CPU")
    begun = time.process_time()
    impact = impact_of(version, now)
    row(
        size,
        f"impact preview ({sum(impact.changed.values())} editions change)",
        time.process_time() - begun,
        "s of CPU",
    )
    begun = time.process_time()
    batch = apply_version(version, by=None, at=now)
    row(size, "apply: find the candidates and start the batch", time.process_time() - begun, "s of CPU")
    rested: list[float] = []
    sleep = time.sleep
    time.sleep = lambda seconds: rested.append(seconds)  # the pauses for editors are not work
    begun = time.process_time()
    while work_batches(timezone.now, seconds=3600):
        pass
    taken = time.process_time() - begun
    batch.refresh_from_db()
    row(size, f"relabel ({batch.changed} of {batch.examined} changed)", batch.changed / taken, "changed editions/s")
    row(size, "time of that relabel", taken, "s of CPU")
    if size <= 20_000:
        batch = relabel_all(by=None, at=timezone.now() + timedelta(seconds=1))
        begun = time.process_time()
        while work_batches(timezone.now, seconds=3600):
            pass
        taken = time.process_time() - begun
        batch.refresh_from_db()
        row(size, f"full relabel ({batch.changed} changed)", batch.examined / taken, "editions examined/s")
    time.sleep = sleep
    connection.close()


def row(size: int, what: str, figure: float, unit: str) -> None:
    print(f"| {size:,} | {what} | {figure:,.2f} {unit} |", flush=True)


def measure_copy(size: int) -> None:
    """Measure a copy of the archive's SQLite file in a process of its own."""
    source, copy = FOLDER / f"{size}.sqlite3", FOLDER / f"{size}.copy.sqlite3"
    if not source.exists():
        print(f"| {size:,} | no archive: make bench-data | |")
        return
    shutil.copyfile(source, copy)
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{copy}"}
    try:
        subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.relabel_bench", f"={size}"], env=environment, check=True
        )
    finally:
        for file in FOLDER.glob(f"{copy.name}*"):
            Path(file).unlink()


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1].startswith("="):
        point_django_at(int(sys.argv[1][1:]))
        measure(int(sys.argv[1][1:]))
    else:
        print("| archive | what | figure |\n|---|---|---|")
        for each in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
            measure_copy(each)
