"""A reader who polls without a pause: lists, feeds, sitemap, search, and articles before, at and after their time.

Every answer is a line of `reader.jsonl`: from when to when it was asked (t, until), status, the hash of the article's
form, each headline with or without its mark, each slug. Distinct bodies are kept. Knows nothing of Django.

    python -m tests.torture.reader FOLDER PORT SEED
"""

import gzip
import hashlib
import http.client
import random
import sys
import threading
import time
from collections import deque
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from .journal import Journal, Tail
from .stories import FORM, HEADLINE, SLUG

THREADS, PAUSE = 2, (0.02, 0.25)  # seconds between two polls of a thread
TIMEOUT = 45.0
ZONE = ZoneInfo("Europe/Moscow")  # the newsroom's
LISTS = [
    *("/en/", "/ru/", "/en/news/", "/en/category/politics/", "/en/category/courts/", "/en/region/north/"),
    *("/en/topic/elections/", "/en/archive/", "/en/corrections/", "/en/corrections/feed.xml", "/sitemap.xml"),
    *("/en/feed.xml", "/ru/feed.xml", "/en/category/politics/feed.xml", "/en/search/?q=lawyer", "/healthz"),
    *("/en/archive/{0:%Y/%m/%d}/", "/en/archive/{0:%Y/%m}/", "/en/category/politics/{0:%Y/%m}/"),
]


def read_answer(path: str, status: int, body: bytes) -> dict[str, object]:
    """Return what a reader sees in an answer."""
    if status != 200:
        return {}
    text = body.decode()
    seen: dict[str, object] = {
        "heads": sorted({(found[1], bool(found[2])) for found in HEADLINE.finditer(text)}),
        "slugs": sorted(set(SLUG.findall(text))),
    }
    form = FORM.search(text)
    if form:
        seen["form"] = hashlib.sha256(form[0].encode() + b"\n").hexdigest()
    return seen


class Reader:
    """Threads that share a log, and a list of the addresses that editors have lately written down."""

    def __init__(self, folder: Path, port: int, seed: int) -> None:
        self.port, self.seed, self.folder = port, seed, folder
        self.log = Journal(folder / "reader.jsonl", synced=False)
        self.bodies = folder / "bodies"
        self.bodies.mkdir(exist_ok=True)
        self.tail = Tail(folder, "editor-*.jsonl")
        self.addresses: deque[str] = deque(maxlen=60)

    def learn(self) -> None:
        """Take the addresses of new acts from the editors' journals."""
        for line in self.tail.news():
            path = line.get("path")
            if path and path not in self.addresses:
                self.addresses.append(path)

    def poll(self, path: str) -> None:
        """Ask once and write down what came."""
        began = time.time()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.log.write(t=began, until=time.time(), path=path, error=f"{type(error).__name__}: {error}")
            return
        finally:
            connection.close()
        digest = hashlib.sha256(body).hexdigest()[:16]
        seen = read_answer(path, answer.status, body)
        self.log.write(t=began, until=time.time(), path=path, status=answer.status, digest=digest, **seen)
        kept = self.bodies / f"{digest}.gz"
        if not kept.exists():
            kept.write_bytes(gzip.compress(body, 1))

    def go_on(self, number: int) -> None:
        """Poll for ever."""
        draw = random.Random(f"{self.seed}-{number}")
        while True:
            known = list(self.addresses)
            if known and draw.random() < 0.6:
                self.poll(draw.choice(known))
            else:
                self.poll(draw.choice(LISTS).format(datetime.now(ZONE)))
            time.sleep(draw.uniform(*PAUSE))


def main() -> None:
    reader = Reader(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    for number in range(THREADS):
        threading.Thread(target=reader.go_on, args=(number,), daemon=True).start()
    while True:
        reader.learn()
        time.sleep(0.5)


if __name__ == "__main__":
    main()
