"""Ask Lighthouse, in a Chromium of its own: for tests/lighthouse and the benchmark of the same name."""

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# Fetched by .ci/lighthouse, which `make test` and `make bench` begin with.
MODULES = next(
    (folder for folder in (ROOT / ".lighthouse").glob("*/node_modules") if (folder / "lighthouse").is_dir()), None
)
ARGUMENTS = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"
STARTS_IN = 60.0  # seconds


@contextmanager
def listening(chromium: str) -> Iterator[int]:
    """Start a Chromium; give the port that it listens on."""
    with tempfile.TemporaryDirectory(prefix="lighthouse-", ignore_cleanup_errors=True) as folder:
        given = [chromium, *ARGUMENTS.split(), "--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"]
        # Debian's command is a script that waits for the browser: a signal to it alone leaves the browser behind.
        browser = subprocess.Popen(given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            yield port_of(Path(folder) / "DevToolsActivePort")
        finally:
            os.killpg(browser.pid, signal.SIGTERM)
            browser.wait(30)


def port_of(file: Path) -> int:
    """Return the port that Chromium writes down once it listens."""
    until = time.monotonic() + STARTS_IN
    while time.monotonic() < until:
        if file.exists() and (lines := file.read_text().splitlines()):
            return int(lines[0])
        time.sleep(0.05)
    raise TimeoutError(f"Chromium did not listen within {STARTS_IN} s")


def asked(
    port: int,
    pages: Sequence[str],
    categories: Sequence[str],
    *,
    skipped: Mapping[str, Sequence[str]],
    times: int = 1,
) -> list[dict[str, Any]]:
    """Return what Lighthouse says of each page (full addresses), `times` of each. `skipped`: what it is not to look
    at, by page."""
    wanted = {
        "modules": str(MODULES),
        "port": port,
        "pages": [*pages],
        "categories": [*categories],
        "skipped": {page: [*audits] for page, audits in skipped.items()},
        "times": times,
    }
    command = ["node", str(HERE / "run.mjs"), json.dumps(wanted)]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=480)
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines() if line.startswith("{")]
