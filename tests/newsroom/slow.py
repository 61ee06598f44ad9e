"""An application that answers at once, or never: what the web server's worker is tried with."""

import signal
import time
from collections.abc import Callable, Iterable
from typing import Any


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer; fail at /fail; spin for ever at /spin; take no notice of signals at /stuck, as a long call of C does."""
    if environ["PATH_INFO"] == "/fail":
        raise RuntimeError("no such luck")
    while environ["PATH_INFO"] == "/spin":
        time.sleep(0.01)
    if environ["PATH_INFO"] == "/stuck":
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGABRT])
        time.sleep(600)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
