"""Stored pages are whole, safe in their folder, and gone when they are dropped."""

import os
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from articles import pagestore

HTML = "text/html; charset=utf-8"


@pytest.fixture(autouse=True)
def root(settings: object, tmp_path: Path) -> Iterator[Path]:
    settings.PAGES_DIR = tmp_path / "pages"  # type: ignore[attr-defined]
    yield tmp_path / "pages"


def test_a_page_lies_where_a_web_server_looks_for_it(root: Path) -> None:
    assert pagestore.put("/en/archive/", b"a", HTML) == sha256(b"a").hexdigest()
    pagestore.put("/en/feed.xml", b"b", "application/rss+xml")
    pagestore.put("/media/ab.jpg", b"c", "image/jpeg")

    assert (root / "en/archive/index.html").read_bytes() == b"a"
    assert (root / "en/feed.xml").read_bytes() == b"b"
    assert pagestore.get("/en/archive/") == b"a"
    assert list(pagestore.stored_paths()) == ["/en/feed.xml", "/en/archive/", "/media/ab.jpg"]


def test_a_file_can_be_read_by_the_web_server(root: Path) -> None:
    mask = os.umask(0o022)
    try:
        pagestore.put("/en/", b"a", HTML)
    finally:
        os.umask(mask)

    assert (root / "en/index.html").stat().st_mode & 0o777 == 0o644


def test_a_second_put_replaces_the_first() -> None:
    pagestore.put("/en/", b"old", HTML)
    pagestore.put("/en/", b"new", HTML)

    assert pagestore.get("/en/") == b"new"


def test_nothing_is_left_of_a_dropped_page(root: Path) -> None:
    pagestore.put("/en/2024/03/25/a/", b"a", HTML)
    pagestore.put("/en/2024/03/26/b/", b"b", HTML)

    pagestore.drop("/en/2024/03/25/a/")
    pagestore.drop("/en/2024/03/25/a/")

    assert pagestore.get("/en/2024/03/25/a/") is None
    assert not (root / "en/2024/03/25").exists()
    assert (root / "en/2024/03/26").exists()


@pytest.mark.parametrize(
    "path", ["", "en/", "/../x", "/en/../../x/", "//x/", "/en/.aside/x", "/en/a\x00b/", "/en/a b/", "/en/x\n", "/./"]
)
def test_no_address_leads_out_of_the_folder(path: str) -> None:
    for act in (pagestore.get, pagestore.drop, lambda p: pagestore.put(p, b"", HTML)):
        with pytest.raises(ValueError, match="cannot be stored"):
            act(path)


def test_a_full_disk_leaves_the_old_page_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pagestore.put("/en/", b"old", HTML)

    def full(handle: int, data: memoryview) -> int:
        if len(data) < 14:
            raise OSError(28, "No space left on device")
        return write(handle, data[:1])

    write = os.write
    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        pagestore.put("/en/", b"new and longer", HTML)

    assert pagestore.get("/en/") == b"old"
    assert list((root / pagestore.ASIDE).iterdir()) == []


def test_what_a_killed_process_left_is_cleared(root: Path) -> None:
    pagestore.write_aside(b"half")

    assert list(pagestore.stored_paths()) == []
    assert pagestore.clear_aside(time.time() - 60) == 0
    assert pagestore.clear_aside(time.time() + 60) == 1


def test_a_folder_that_a_drop_removes_again_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    make, refused = os.mkdir, [FileNotFoundError("its parent is gone"), FileExistsError("it was there just now")]

    def mkdir(folder: str, mode: int = 0o777) -> None:
        if folder.endswith("/archive") and refused:
            raise refused.pop()
        make(folder, mode)

    monkeypatch.setattr(os, "mkdir", mkdir)
    pagestore.put("/en/archive/", b"a", HTML)

    assert (pagestore.get("/en/archive/"), refused) == (b"a", [])


def test_readers_never_see_half_a_page() -> None:
    """While one thread stores and another drops the page beside it, a reader sees one of the two texts."""
    texts = (b"a" * 100_000, b"b" * 100_000)
    pagestore.put("/en/x/y/", texts[0], HTML)
    stop = threading.Event()
    seen: set[bytes | None] = set()

    def read() -> None:
        while not stop.is_set():
            seen.add(pagestore.get("/en/x/y/"))

    def disturb() -> None:
        while not stop.is_set():
            pagestore.put("/en/x/z/", b"z", HTML)
            pagestore.drop("/en/x/z/")

    threads = [threading.Thread(target=read), threading.Thread(target=disturb)]
    for thread in threads:
        thread.start()
    for number in range(100):
        pagestore.put("/en/x/y/", texts[number % 2], HTML)
    stop.set()
    for thread in threads:
        thread.join()

    assert seen <= set(texts)
