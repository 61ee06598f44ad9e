"""Attacks byte by byte: requests in requests, lengths that lie, slow ones, other hosts, ways out of a folder, passwords
tried one after another. At gunicorn itself, and behind nginx where there is one."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from urllib.parse import urlencode

import pytest

from tests.conftest import NGINX
from tests.migrated import lend
from tests.own import Own
from tests.security.wire import LIMIT, Door, gunicorn, nginx

DOORS = ("gunicorn", "nginx") if NGINX else ("gunicorn",)
PASSWORD = "correct horse battery"
PEOPLE = f"""
from tests.builders import make_newsroom, make_user
make_newsroom()
user = make_user("Editor")
user.set_password({PASSWORD!r})
user.save()
"""
HEAD = "POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
INSIDE = "GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
CHUNKED = f"0\r\n\r\n{INSIDE}"
# What is said of the length, and the body that goes with it: one server would end the request here, another there.
SMUGGLED = {
    "length, then chunks": (f"Content-Length: {len(CHUNKED)}\r\nTransfer-Encoding: chunked\r\n", CHUNKED),
    "chunks, then length": ("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", f"1\r\nx\r\n{CHUNKED}"),
    "chunks of another name": (f"Transfer-Encoding: xchunked\r\nContent-Length: {len(CHUNKED)}\r\n", CHUNKED),
    "chunks, blank before the colon": (f"Transfer-Encoding : chunked\r\nContent-Length: {len(CHUNKED)}\r\n", CHUNKED),
    "chunks after a tab": (f"Transfer-Encoding:\tchunked\r\nContent-Length: {len(CHUNKED)}\r\n", CHUNKED),
    "chunks twice": ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", CHUNKED),
    "chunks on a folded line": (f"X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: {len(CHUNKED)}\r\n", CHUNKED),
    "folded value": (f"Transfer-Encoding:\r\n chunked\r\nContent-Length: {len(CHUNKED)}\r\n", CHUNKED),
    "two lengths": (f"Content-Length: 0\r\nContent-Length: {len(INSIDE)}\r\n", INSIDE),
    "a list of lengths": (f"Content-Length: 0, {len(INSIDE)}\r\n", INSIDE),
    "length with a sign": (f"Content-Length: +{len(INSIDE)}\r\n", INSIDE),
    "length below nothing": ("Content-Length: -1\r\n", INSIDE),
    "length in another base": (f"Content-Length: 0x{len(INSIDE):x}\r\n", INSIDE),
    "a bare line feed": (f"X: y\nContent-Length: {len(INSIDE)}\r\n", INSIDE),
    "a bare return": (f"X: y\rContent-Length: {len(INSIDE)}\r\n", INSIDE),
    "a null byte": (f"X: y\0\r\nContent-Length: {len(INSIDE)}\r\n", INSIDE),
    "chunk of a size that overflows": ("Transfer-Encoding: chunked\r\n", f"fffffffffffffffff1\r\n{INSIDE}"),
    "chunk with more behind its size": ("Transfer-Encoding: chunked\r\n", f"1;\nx\r\nx\r\n{CHUNKED}"),
}


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[dict[str, Door]]:
    folder = tmp_path_factory.mktemp("wire")
    own = Own(folder / "data")
    if not lend(pytestconfig, own.folder / "db.sqlite3"):
        own.run("manage.py", "migrate", "--no-input", "--verbosity", "0")
    own.python(PEOPLE)
    with ExitStack() as running:
        found = {"gunicorn": running.enter_context(gunicorn(own))}
        if NGINX:
            found["nginx"] = running.enter_context(nginx(folder / "nginx", found["gunicorn"]))
        yield found


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest, doors: dict[str, Door]) -> Iterator[Door]:
    """Give one; behind each test it answers as it did, and nothing that was tried was a failure."""
    found = doors[request.param]
    before = len(found.lines())
    yield found
    assert found.ask("/healthz").statuses == [200]
    said = found.lines()[before:]
    assert [line for line in said if "Traceback" in line.get("error", "") or "Internal" in line["message"]] == []


@pytest.mark.parametrize("how", SMUGGLED)
def test_no_request_is_smuggled_in_another(door: Door, how: str) -> None:
    said, body = SMUGGLED[how]
    got = door.send(f"{HEAD}{said}\r\n{body}".encode("latin-1"), patience=2)
    assert all(status < 500 or status == 501 for status in got.statuses), got.data[:300]  # 501: no such coding
    assert len(got.statuses) <= 2 and got.seconds < LIMIT + 5
    assert not any("/smuggled" in line["message"] for line in door.lines())


@pytest.mark.parametrize(("said", "sent"), [(10**3, 10), (10, 10**3), (10**9, 10), (10**18, 0), (10**30, 0)])
def test_a_length_that_lies_is_answered_or_cut_and_holds_nobody_up(door: Door, said: int, sent: int) -> None:
    request = f"{HEAD}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {said}\r\n\r\n".encode()
    with ThreadPoolExecutor(1) as pool:
        lying = pool.submit(door.send, request + b"x" * sent, patience=LIMIT + 2)
        assert [door.ask("/healthz").statuses for _ in range(3)] == [[200]] * 3
        got = lying.result()
    # 503 says that the request took too long; 408 that nothing more came.
    assert all(status < 500 or status == 503 for status in got.statuses), got.data[:300]
    assert got.seconds < 4 * LIMIT + 10


def test_slow_requests_hold_nobody_up(doors: dict[str, Door]) -> None:
    """Thirty that send a byte now and then, while others are served: behind nginx at once, else within the limit."""
    door = doors[DOORS[-1]]
    slow = [door.connect() for _ in range(30)]
    try:
        for number, connection in enumerate(slow):
            connection.sendall(HEAD.encode() if number % 2 else f"{HEAD}Content-Length: 900\r\n\r\nx".encode())
        answers = []
        for _ in range(6):
            for connection in slow:
                with suppress(OSError):
                    connection.sendall(b"x")
            answers.append(door.ask("/healthz"))
            time.sleep(0.2)
    finally:
        for connection in slow:
            connection.close()
    assert [one.statuses for one in answers] == [[200]] * 6


ODD = {
    "no host": (b"GET /en/ HTTP/1.1\r\n\r\n", {200, 400}),
    "another host": (b"GET /en/ HTTP/1.1\r\nHost: elsewhere.invalid\r\nConnection: close\r\n\r\n", {400}),
    "two hosts": (
        b"GET /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: elsewhere.invalid\r\nConnection: close\r\n\r\n",
        {400},
    ),
    "a host in the address": (
        b"GET http://elsewhere.invalid/en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        {200, 400, 404},
    ),
    "another protocol": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 403, 405, 505}),
    "no protocol": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(80), {400}),
    "another method": (b"TRACE /en/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", {400, 403, 405}),
    "a long address": (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", {400, 404, 414}),
    "a long header": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", {400, 431}),
    "many headers": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: y\r\n" * 3000 + b"\r\n", {400, 431}),
}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_request_is_refused(door: Door, what: str) -> None:
    request, expected = ODD[what]
    got = door.send(request)
    assert set(got.statuses[:1]) <= expected, got.data[:300]
    assert b"elsewhere.invalid" not in got.data


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2f..%2fetc/passwd",
        "/static/%2e%2e/%2e%2e/manage.py",
        "/media/..%2f..%2fdb.sqlite3",
        "/media/../db.sqlite3",
        "/en/../../db.sqlite3",
        "/en/%00",
        "/en/%ff%fe/",
        "/en/?page=%00&q=%ff",
        "/en/search/?q=%00",
        "/en/search/?q=" + "%22%28" * 500,
        "/preview/%00/",
        "/admin/%2561rticles/",
        "//elsewhere.invalid/%2e%2e",
        "/en//..;/admin/",
        "/i18n/../admin/",
    ],
)
def test_no_way_leads_out_of_a_folder(door: Door, path: str) -> None:
    got = door.ask(path)
    assert got.statuses and got.statuses[0] < 500, got.data[:300]
    assert b"root:" not in got.data and b"SQLite format" not in got.data and b"DJANGO_SETTINGS" not in got.data
    led = re.search(rb"^Location: (.*?)\r$", got.data, re.MULTILINE | re.IGNORECASE)
    assert led is None or not led[1].startswith((b"//", b"http"))


def test_passwords_tried_one_after_another_meet_a_delay_and_a_line_of_the_log_each(doors: dict[str, Door]) -> None:
    """Whatever address the one who tries says to have: nginx tells its own."""
    door = doors[DOORS[-1]]
    before = len(door.lines())
    page = door.ask("/admin/login/")
    token = re.search(rb"csrftoken=(\w+)", page.data)
    assert token is not None
    answers = []
    for number in range(12):
        sent = {"username": "editor", "password": f"wrong {number}", "csrfmiddlewaretoken": token[1].decode()}
        headers = [f"Cookie: csrftoken={token[1].decode()}", f"Referer: http://127.0.0.1:{door.port}/admin/login/"]
        headers += ["Content-Type: application/x-www-form-urlencoded"]
        headers += [f"X-Forwarded-For: 203.0.{number}.9"] if NGINX else []
        answers.append(door.ask("/admin/login/", *headers, method="POST", body=urlencode(sent).encode()))
    assert {one.statuses[0] for one in answers} <= {200, 429}
    assert b"Too many failed attempts" in answers[-1].data
    lines = [line["message"] for line in door.lines()[before:] if "login refused" in line["message"]]
    assert len(lines) == 12 and all("127.0.0.0/24" in line for line in lines)
    assert sum("wrong password" in line for line in lines) <= 5
    assert not any("203.0." in line for line in lines)
