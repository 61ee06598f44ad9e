"""What each web process counts: how long requests take, how they are answered, logins that were refused.

A process keeps its counts in memory and leaves a copy of them, a second after they have changed, in a small file, from
which the process that is asked for figures adds up those of the others. The library's own way, files that are mapped
into memory, ends a process with SIGBUS once their disk is full; a copy that cannot be written is only late.
"""

import json
import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from prometheus_client import CollectorRegistry, Counter, Histogram

DELAY = 1.0  # seconds
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
OWN = CollectorRegistry()
SECONDS = Histogram("newsroom_request_seconds", "Time of an answer, by view", ["view"], buckets=BUCKETS, registry=OWN)
ANSWERS = Counter("newsroom_answers", "Answers, by the first digit of their status", ["status"], registry=OWN)
REFUSED = Counter("newsroom_logins_refused", "Logins that were refused", registry=OWN)

Sample = tuple[str, tuple[tuple[str, str], ...]]  # name and labels
_waiting = threading.Lock()  # held while a copy is to be written


def timed(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count each answer and its time under the name of its view, never under its address (middleware)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        SECONDS.labels(match.view_name if match and match.view_name else "none").observe(time.perf_counter() - begun)
        ANSWERS.labels(f"{response.status_code // 100}xx").inc()
        keep_soon()
        return response

    return middleware


def count_refused(sender: Any, **_: Any) -> None:
    """Count a login that was refused; whose is not kept (receiver)."""
    REFUSED.inc()
    keep_soon()


user_login_failed.connect(count_refused, dispatch_uid="newsroom-logins-refused")


def folder() -> Path:
    """Return where the copies lie."""
    return Path(settings.DATA_DIR, "figures")


def keep_soon() -> None:
    """Have a copy written in a moment, one for all that is counted until then."""
    if _waiting.acquire(blocking=False):
        timer = threading.Timer(DELAY, _keep_and_let_go)
        timer.daemon = True
        timer.start()


def _keep_and_let_go() -> None:
    _waiting.release()
    keep()


def keep() -> None:
    """Write this process's copy; a disk that refuses makes it late."""
    place = folder() / f"{os.getpid()}.json"
    aside = place.with_suffix(f".{threading.get_ident()}.part")
    with suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        try:
            aside.write_text(json.dumps([[name, labels, value] for (name, labels), value in own().items()]))
            os.replace(aside, place)
        finally:
            aside.unlink(missing_ok=True)


def own() -> dict[Sample, float]:
    """Return what this process has counted, without the moments at which it began."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in OWN.collect()
        for sample in family.samples
        if not sample.name.endswith("_created")
    }


def added() -> dict[Sample, float]:
    """Return what all processes of this machine have counted since the web server began."""
    sums: dict[Sample, float] = defaultdict(float, own())
    for name, labels, value in _others():
        sums[name, tuple((str(key), str(text)) for key, text in labels)] += value
    return dict(sums)


def _others() -> Iterable[tuple[str, list[list[str]], float]]:
    for file in folder().glob("*.json"):
        if file.stem != str(os.getpid()):
            with suppress(OSError, ValueError):
                yield from json.loads(file.read_text())
