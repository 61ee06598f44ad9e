"""A keeper's file of 5,001 lines in an archive of 200,000 articles: from the upload to the archive that follows.

    python -m tests.benchmarks.lists_archive [SIZE]

One line is a body that 500 articles name. An editor in a process of its own saves all the while. The archive is made by
`tests.benchmarks.archive`, copied, and left as it was; nothing is printed where it is not there.
"""

import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.archive import FOLDER
from tests.benchmarks.copies import NAME
from tests.benchmarks.relabel_table import Archive, closing
from tests.benchmarks.running import copy_archive, enter, folder

KEY = "ru-foreign-agents"
WHOLE, SAVE = 600, 300  # seconds, and milliseconds of an editor's save at the 99th percentile
AT_ONCE = 20  # saves between two looks whether all is done


def main(size: int) -> None:
    """Print a row for each step, and how long the editor waited."""
    if not (FOLDER / f"{size}.sqlite3").exists():
        return
    with folder() as data:
        copy_archive(size, data / "db.sqlite3")
        url = f"sqlite:///{data}/db.sqlite3"
        enter(data, DATABASE_URL=url)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        print(f"| 5,001 lines, {size:,} articles | limit | took |\n|---|---:|---:|", flush=True)
        editor, taken = Archive(size, url), []

        def beside() -> None:
            over, thread = saving(editor, taken)
            try:
                way(data)
            finally:
                over.set()
                thread.join()

        closing([editor], beside)
        told(taken)


def saving(editor: Archive, taken: list[float]) -> tuple[threading.Event, threading.Thread]:
    """Let the editor save until it is over; the seconds of each save are added to the list."""
    over = threading.Event()

    def save() -> None:
        while not over.is_set():
            taken.extend(editor.ask(f"save {AT_ONCE}")["taken"])

    thread = threading.Thread(target=save)
    thread.start()
    return over, thread


def told(taken: list[float]) -> None:
    quantiles = statistics.quantiles(taken, n=100)
    for name, seconds, limit in (
        ("median", statistics.median(taken), ""),
        ("99th percentile", quantiles[98], f"{SAVE} ms"),
        ("longest", max(taken), ""),
    ):
        print(f"| an editor's save meanwhile, of {len(taken):,}: {name} | {limit} | {seconds * 1000:.0f} ms |")


def way(data: Path) -> None:
    """Go the whole way: upload, names counted, accepted, stored, compiled, applied, relabelled."""
    from django.utils import timezone

    from articles.interchange import keeper
    from articles.models import Batch, ListFile, Register
    from articles.publishing.relabel import apply_version, work_batches
    from articles.registers import compile_version
    from tests.benchmarks.lists_bench import large
    from tests.builders import make_user
    from tests.lists.made import agent

    by, register = make_user("Legal"), Register.objects.get(key=KEY)
    content = large(agent(5001, NAME, "05.02.2021", type="Юридические лица", reg="АГ-5001"))
    whole = step("taken and compared", lambda: keeper.take(content, "a.xlsx", register, by=by, at=timezone.now()))
    file = ListFile.objects.get(state="waiting")
    whole += step("all names counted in the archive", lambda: keeper.count_some(file, seconds=300))

    def store() -> None:
        keeper.accept_all(file, by=by, at=timezone.now())
        plans = keeper.plan_of_file(file, at=timezone.now())
        keeper.store_file(file, plans.seen, by=by, at=timezone.now())

    whole += step("accepted, planned, stored", store)
    whole += step("compiled", lambda: compile_version(timezone.now()))
    version = compile_version(timezone.now())
    whole += step("applied", lambda: apply_version(version, by=None, at=timezone.now()))

    def relabel() -> None:
        while work_batches(timezone.now, seconds=3600):
            pass

    whole += step("relabelled, with its pauses", relabel)
    batch = Batch.objects.latest("pk")
    print(f"| editions that the relabel looked at, and changed | | {batch.examined:,}, {batch.changed:,} |")
    print(f"| from the upload to the relabelled archive | {WHOLE} s | {whole:.0f} s |", flush=True)


def step(name: str, act: Callable[[], Any]) -> float:
    """Do the act, print its row, return how many seconds it took."""
    began, cpu = time.monotonic(), time.process_time()
    act()
    took, worked = time.monotonic() - began, time.process_time() - cpu
    print(f"| {name} | | {took:.1f} s ({worked:.1f} s of processor time) |", flush=True)
    return took


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 200_000)
