"""Whatever goes wrong on the way of a request, no log that is written holds who asked, nor what opens a preview."""

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsroom.logs import CalmHandler, JsonLines
from tests.builders import make_newsroom
from tests.nginx.conftest import Server, free_port

pytestmark = pytest.mark.django_db(transaction=True)

READER = "127.0.0.77"  # any address of this machine but the one that nginx asks from
TOKEN = "Zx3_fo0Rq9-".ljust(43, "k")
MANY = 200  # requests at once: more than any rate lets through


@pytest.fixture
def application_log() -> Iterator[io.StringIO]:
    """Write all that the application says as it stands in the log of production, whatever its level."""
    text = io.StringIO()
    handler = CalmHandler(text)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.removeHandler(handler)
    root.setLevel(level)


def written(folder: Path) -> str:
    """Return all that nginx has written, under whatever name."""
    return "".join(file.read_text(errors="replace") for file in folder.glob("nginx-*/*") if file.name.count(".log"))


def test_no_log_holds_who_asked(
    start: Callable[[int], Server], application: Server, application_log: io.StringIO, tmp_path: Path
) -> None:
    make_newsroom()
    site, alone = (replace(start(port), asked_from=READER) for port in (application.port, free_port()))
    headers = {"X_Forwarded_For": "203.0.113.9", "User_Agent": "reader"}

    assert site.ask("/en/nothing-here/", **headers).status == 404
    assert site.ask(f"/preview/{TOKEN}/?preview={TOKEN}", **headers).status == 404
    assert site.ask("/admin/", method="POST", body=b"", Content_Length=str(10**9)).status == 413
    assert alone.ask("/admin/", **headers).status == 503
    assert alone.ask(f"/preview/{TOKEN}/").status == 503
    statuses = {alone.ask("/healthz").status for _ in range(MANY)}
    assert 429 in statuses

    said = application_log.getvalue()
    assert "/en/nothing-here/" in said and "/preview/…" in said
    for log in (said, written(tmp_path)):
        for secret in (READER, "203.0.113.9", TOKEN):
            assert secret not in log


def test_where_nginx_may_speak_it_names_who_asked(start: Callable[..., Server], tmp_path: Path) -> None:
    """So what is looked into above is what it writes to, and the lines of deploy/ are what keeps it quiet."""
    server = start(free_port(), edit=lambda site: site.replace(" emerg;", " info;").replace("access_log off;", ""))
    for _ in range(2):  # a line is written behind the answer, and before the next one
        assert replace(server, asked_from=READER).ask("/admin/").status == 503
    assert written(tmp_path).count(READER) >= 2
