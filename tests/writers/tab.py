"""A tab with the form of an article, as its script keeps it: what is typed, the browser's own store, the server.

It does what `articles/static/articles/typed.js` does, with the times that stand there, on a clock of its own: a second
of typing takes no second. Its requests go over the network for real, through faults that are drawn.
"""

import http.client
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import lxml.html

SCRIPT = Path(__file__).resolve().parent.parent.parent / "articles" / "static" / "articles" / "typed.js"
TIMES = {name: int(value) / 1000 for name, value in re.findall(r"\b([A-Z]+) = (\d+)\b", SCRIPT.read_text("utf-8"))}
KEEP, LOGIN, OFFERS = (f"/admin/articles/article/typed/{name}/" for name in ("keep", "login", "offers"))
ADD = "/admin/articles/article/add/"
Pairs = list[tuple[str, str]]
BUTTONS = {"_save", "_continue", "_addanother", "_act", "new_photo"}


class Away(Exception):
    """Nobody has answered."""


def values(form: lxml.html.FormElement) -> Pairs:
    """Return what a browser would send of a form, without its buttons and files."""
    pairs: Pairs = []
    for one in form.xpath(".//input | .//select | .//textarea"):
        kind, name = one.get("type", ""), one.get("name")
        if not name or "__prefix__" in name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio") and one.get("checked") is None:
            continue
        value = one.value
        if one.tag == "select" and one.multiple:
            pairs += [(name, str(each)) for each in value]
        else:
            pairs.append((name, (value or "").removeprefix("\n") if one.tag == "textarea" else str(value or "")))
    return pairs


@dataclass
class Clock:
    """Seconds since the beginning, the same for everybody."""

    now: float = 1000.0


@dataclass
class Browser:
    """One person's browser on one computer: cookies, and the store of copies, which outlives tabs."""

    port: int
    user: str
    password: str
    random: random.Random
    cookies: dict[str, str] = field(default_factory=dict)
    copies: dict[str, dict[str, object]] = field(default_factory=dict)
    faults: list[Callable[[], None]] = field(default_factory=list)  # what happens while the next requests are under way
    late: list[tuple[str, bytes, dict[str, str]]] = field(default_factory=list)
    cut: str = ""  # "lost": nothing arrives; "deaf": no answer arrives; "late": it arrives after the next

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str, str]:
        """Return status, text and address where it leads; raise Away."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Origin": f"http://127.0.0.1:{self.port}", "Accept-Language": "en"}
        if kind:
            headers |= {"Content-Type": kind, "X-CSRFToken": self.cookies.get("csrftoken", "")}
        cut, self.cut = self.cut, ""
        if cut in ("lost", "late"):
            if cut == "late":
                self.late.append((path, body, headers))
            raise Away
        return self.send(method, path, body, headers, deaf=cut == "deaf")

    def send(self, method: str, path: str, body: bytes, headers: dict[str, str], *, deaf: bool) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            for fault in self.faults:
                fault()
            self.faults.clear()
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Away from error
        finally:
            connection.close()
        if deaf:
            raise Away
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer.status, text, answer.headers.get("Location") or path

    def deliver_late(self) -> None:
        """Let arrive now what was under way for long."""
        for path, body, headers in self.late:
            try:
                self.send("POST", path, body, headers, deaf=False)
            except Away:
                continue
        self.late.clear()

    def post(self, path: str, pairs: Pairs) -> tuple[int, str, str]:
        sent = [*pairs, ("csrfmiddlewaretoken", self.cookies.get("csrftoken", ""))]
        return self.ask("POST", path, urlencode(sent).encode(), "application/x-www-form-urlencoded")

    def json(self, path: str, told: dict[str, object]) -> dict[str, object]:
        """Return the answer; raise Away where it is none of the script's."""
        for _attempt in range(2):
            _status, text, _path = self.ask("POST", path, json.dumps(told).encode(), "application/json")
            try:
                reply = json.loads(text)
            except ValueError as error:
                raise Away from error
            if reply.get("error") != "token":
                return reply
            self.cookies["csrftoken"] = reply["token"]
        return reply

    def log_in(self) -> None:
        """Log in on the page of its own."""
        self.ask("GET", "/admin/login/")
        self.post("/admin/login/?next=/admin/", [("username", self.user), ("password", self.password)])
        assert "sessionid" in self.cookies


class Tab:
    """`fields`: what the form holds; `typed`: which words were typed when."""

    def __init__(self, browser: Browser, clock: Clock, user: int, article: int | None, number: int) -> None:
        self.browser, self.clock, self.user, self.article = browser, clock, user, article
        self.client, self.sequence, self.base, self.takes = f"tab{number}", 0, None, ""
        self.fields: Pairs = []
        self.typed: dict[str, float] = {}
        self.first = self.last = clock.now
        self.safe = self.copied = 0
        self.failures, self.retry_at = 0, 0.0
        self.trouble = ""

    @property
    def path(self) -> str:
        return ADD if self.article is None else f"/admin/articles/article/{self.article}/change/"

    # The page.

    def take(self, html: str) -> None:
        """Take the form from a page."""
        page = lxml.html.fromstring(html)
        line = page.get_element_by_id("typed").attrib
        form = page.get_element_by_id("article_form")
        pairs = [(name, value) for name, value in values(form) if name not in BUTTONS]
        self.fields = [pair for pair in pairs if not pair[0].startswith("typed_") and pair[0] != "csrfmiddlewaretoken"]
        self.base = int(line["data-base"]) if line["data-base"] else None
        self.takes = line["data-takes"]
        if line["data-client"]:
            self.client, self.sequence = line["data-client"], max(self.sequence, int(line["data-sequence"]))
        self.safe = self.sequence
        if line["data-fresh"]:
            self.touch()

    def get(self, name: str) -> str:
        return next(value for key, value in self.fields if key == name)

    def set(self, name: str, value: str) -> None:
        self.fields = [(key, value if key == name else old) for key, old in self.fields]

    def touch(self) -> None:
        """Something was typed."""
        if self.sequence <= self.safe:
            self.first = self.clock.now
        self.last = self.clock.now
        self.sequence = max(self.sequence + 1, int(self.clock.now * 1000))

    def write(self, name: str, value: str, word: str) -> None:
        self.set(name, value)
        self.typed[word] = self.clock.now
        self.touch()

    # The script.

    def turn(self) -> None:
        """Do what is due: copy, send."""
        if self.sequence <= self.safe:
            return
        idle, waited = self.clock.now - self.last, self.clock.now - self.first
        if idle >= TIMES["COPY"] or waited >= 1:
            self.copy()
        if (idle >= TIMES["SEND"] or waited >= TIMES["LATEST"]) and self.clock.now >= self.retry_at:
            self.send()

    def as_json(self) -> dict[str, object]:
        fields: dict[str, object] = {}
        for name, value in self.fields:
            if name == "seen_version":
                continue
            held = fields.get(name)
            fields[name] = value if held is None else [*(held if isinstance(held, list) else [held]), value]
        return fields

    def copy(self) -> None:
        if self.copied < self.sequence:
            told = {"user": self.user, "client": self.client, "article": self.article, "base": self.base}
            self.browser.copies[self.client] = told | {"sequence": self.sequence, "fields": self.as_json()}
            self.copied = self.sequence

    def confirmed(self, client: str, sequence: int) -> None:
        held = self.browser.copies.get(client)
        if held is not None and int(str(held["sequence"])) <= sequence:
            del self.browser.copies[client]

    def send(self) -> str:
        """Send what the server has not; return what stands in the way."""
        sent = self.sequence
        told: dict[str, object] = {"user": self.user, "article": self.article, "client": self.client, "base": self.base}
        if sent > self.safe:
            told |= {"sequence": sent, "fields": self.as_json(), "takes": self.takes}
        try:
            reply = self.browser.json(KEEP, told)
            self.trouble = "" if reply.get("ok") else str(reply.get("error"))
        except Away:
            self.trouble = "away"
        if not self.trouble:
            self.safe, self.takes, self.first = max(self.safe, sent), "", self.last
            self.confirmed(self.client, self.safe)
        elif self.trouble == "login" and self.log_in_place():
            return self.send()
        self.failures = self.failures + 1 if self.trouble else 0
        self.retry_at = self.clock.now + min(30.0, 2.0 ** min(self.failures - 1, 5)) if self.trouble else 0.0
        return self.trouble

    def log_in_place(self) -> bool:
        pairs = [("username", self.browser.user), ("password", self.browser.password), ("user", str(self.user))]
        try:
            status, text, _path = self.browser.post(LOGIN, pairs)
            if status == 403:
                self.browser.cookies["csrftoken"] = json.loads(text)["token"]
                status, text, _path = self.browser.post(LOGIN, pairs)
        except Away:
            return False
        return bool(json.loads(text).get("ok"))

    def bring(self) -> bool:
        """Send what the browser holds of an earlier tab; say whether there was anything."""
        brought = False
        for client, copy in list(self.browser.copies.items()):
            if client == self.client:
                continue
            reply = self.browser.json(KEEP, copy)
            if reply.get("ok"):
                self.confirmed(client, int(str(copy["sequence"])))
                brought = True
        return brought

    def submit(self) -> tuple[int, str, str]:
        """Press Save; raise Away where the script does not let the form go, or nobody answers it."""
        self.copy()
        if self.send():
            raise Away
        self.sequence = max(self.sequence + 1, int(self.clock.now * 1000))
        return self.browser.post(self.path, [*self.fields, *self.own()])

    def own(self) -> Pairs:
        told = {"typed_user": self.user, "typed_client": self.client, "typed_sequence": self.sequence}
        return [*((name, str(value)) for name, value in told.items()), ("typed_takes", self.takes), ("_save", "")]
