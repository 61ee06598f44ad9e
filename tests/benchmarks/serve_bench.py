"""What a page costs that the application has to render: `python -m tests.benchmarks.serve_bench` prints a table.

In one process and in turn, each request through all middleware: the page as readers get it while none is stored; a
bare view that returns the same bytes, rendered by Django's engine from contexts held in memory; the stored page sent
by the application; a page that waits to be stored, asked for again. The bare view of an article has a template in one
piece (serve_bare.html), which is given what pages have in common as ready text, and, taken by itself, our own template.
Times are CPU time. Beside them, where nginx and wrk are installed, the same file sent by nginx. Nothing is
asserted. Works in a copy of the archive of 20,000.
"""

import io
import re
import shutil
import socket
import statistics
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.running import copy_archive, enter, folder

ROUNDS, REQUESTS = 9, 40
KINDS = ("article page", "the same, a bare view of our template", "archive, a month", "front page")


def hold(paths: list[str]) -> dict[str, bytes]:
    """Build pages, and hold what their templates were given; return their bytes."""
    from django.utils import timezone

    from articles.reader import visit
    from articles.reader.pages import build
    from tests.benchmarks.serve_bare import held

    rendered, bodies = visit.rendered, {}
    for path in paths:

        def noting(template: str, context: dict[str, Any], path: str = path) -> Any:
            held[path] = template, context
            return rendered(template, context)

        visit.rendered = noting
        try:
            bodies[path] = build(path, timezone.now()).body
        finally:
            visit.rendered = rendered
    return bodies


def call(application: Callable[..., Any], path: str) -> bytes:
    """Send a request through the application and return the body."""
    answered: list[str] = []
    environment = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
    }  # fmt: skip
    response = application(environment, lambda status, headers, error=None: answered.append(status))
    body = b"".join(response)
    response.close()
    if not answered[0].startswith("200"):
        raise SystemExit(f"{path} answers {answered[0]}")
    return body


def measure(paths: list[str], *, in_one_piece: bool = False) -> dict[str, list[float]]:
    """Return, for each side, the milliseconds of a request in each round."""
    from django.core.wsgi import get_wsgi_application
    from django.test.utils import override_settings
    from django.utils import timezone

    from articles.baking import bake_paths
    from articles.pagemap import touch
    from tests.benchmarks import serve_bare

    application = get_wsgi_application()
    bodies = hold(paths)
    serve_bare.plain.clear()
    for path in paths if in_one_piece else ():
        serve_bare.hold_plain(path, timezone.now())
    bake_paths(paths, timezone.now())
    sides = {
        "rendered": {"SERVE_STORED_PAGES": False},
        "bare view": {"ROOT_URLCONF": "tests.benchmarks.serve_bare"},
        "stored": {},
    }
    took: dict[str, list[float]] = {side: [] for side in [*sides, "again"]}

    def ask(side: str, number: int) -> None:
        if call(application, paths[0]) != bodies[paths[0]]:
            raise SystemExit(f"{side}: {paths[0]} has other bytes")
        begun = time.process_time()
        for turn in range(REQUESTS):
            call(application, paths[turn % len(paths)])
        if number:
            took[side].append((time.process_time() - begun) / REQUESTS * 1000)

    for number in range(ROUNDS + 1):
        for side, settings in sides.items():
            with override_settings(**settings):
                ask(side, number)
    touch(paths, timezone.now())
    for number in range(ROUNDS + 1):
        ask("again", number)
    return took


def through_nginx(pages: Path, path: str) -> str:
    """Return a row about nginx sending the stored file; "" where nginx or wrk is missing."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not (nginx and shutil.which("wrk")):
        return ""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    configuration = pages.parent / "nginx.conf"
    configuration.write_text(
        f"daemon off; pid {pages.parent}/nginx.pid; error_log stderr crit; worker_processes 1; user root;\n"
        "events {} http { access_log off; "
        f"server {{ listen 127.0.0.1:{port}; root {pages}; index index.html; }} }}\n"
    )
    process = subprocess.Popen([nginx, "-c", str(configuration)], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        address = f"http://127.0.0.1:{port}{path}"
        run = subprocess.run(["wrk", "-t1", "-c8", "-d3s", address], capture_output=True, text=True, check=True)
    finally:
        process.terminate()
        process.wait()
    found = re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)
    failed = "Non-2xx" in run.stdout
    if not found or failed:
        return ""
    return f"\nnginx sends the stored article page {float(found[1]):,.0f} times a second (wrk)."


def middle(figures: list[float]) -> str:
    return f"{statistics.median(figures):.2f} ({min(figures):.2f}–{max(figures):.2f})"


def main() -> None:
    """Print the table."""
    with folder() as data:
        copy_archive(20_000, data / "db.sqlite3")
        enter(data, DATABASE_URL=f"sqlite:///{data / 'db.sqlite3'}")
        from django.core.management import call_command
        from django.utils import timezone

        from articles.pagemap.whole import article_pages

        call_command("migrate", verbosity=0)
        articles = list(article_pages("en", timezone.now()))
        some = articles[:: len(articles) // REQUESTS][:REQUESTS]
        sets = (some, some, ["/en/archive/2019/03/"], ["/en/"])
        print("| ms of CPU | rendered | bare view, same bytes | ratio | stored, sent by the app | waiting, again |")
        print("|---|---:|---:|---:|---:|---:|")
        for number, (kind, paths) in enumerate(zip(KINDS, sets, strict=True)):
            took = measure(paths, in_one_piece=number == 0)
            ratio = statistics.median(a / b for a, b in zip(took["bare view"], took["rendered"], strict=True))
            ours, bare, stored, again = (middle(took[side]) for side in ("rendered", "bare view", "stored", "again"))
            print(f"| {kind} | {ours} | {bare} | {ratio:.2f} | {stored} | {again} |", flush=True)
        print(through_nginx(data / "pages", articles[0]))
    print(
        f"\nMedian and spread of {ROUNDS} rounds of {REQUESTS} requests; the ratio is one of speeds, bare time by ours."
    )


if __name__ == "__main__":
    main()
