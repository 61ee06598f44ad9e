"""Compressed copies: made afterwards, never older than their page, gone with it, and held against it by the check."""

import gzip
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import pagestore
from articles.baking import bake_dirty, bake_paths, compress, keep_store, tick, verify
from articles.baking.compress import LEAST, compress_pages
from articles.baking.keep import follow_frame
from articles.models import Page
from articles.pagemap import every_page, touch
from articles.publishing.pages import drop_dirty

from .conftest import NOW, Written

pytestmark = [pytest.mark.django_db]

SECOND = timedelta(seconds=1)
LONG = "a long page " * 500
LONGER = "another page " * 500
PATH = "/en/2026/03/10/dunes/"


@pytest.fixture
def baked(site: Written) -> Written:
    """A site whose pages are stored, and none compressed."""
    site.pages |= {"/en/": LONG, PATH: LONG, "/en/feed.xml": LONG, "/ru/": "short"}
    bake_paths(site.pages, NOW)
    return site


def copies(store: Path) -> list[str]:
    return sorted(file.relative_to(store).as_posix() for file in store.rglob("*.gz"))


def compress_all() -> int:
    return compress_pages(NOW, seconds=60)


def test_pages_and_feeds_are_compressed_unless_they_are_short(baked: Written, store: Path) -> None:
    assert copies(store) == []

    assert compress_all() == 3

    assert copies(store) == ["en/2026/03/10/dunes/index.html.gz", "en/feed.xml.gz", "en/index.html.gz"]
    assert pagestore.get_unpacked("/en/") == LONG.encode()
    assert (store / "en/index.html.gz").stat().st_size < len(LONG) / 20
    assert sorted(pagestore.stored_paths()) == sorted(baked.pages)
    assert list((store / pagestore.ASIDE).iterdir()) == []


def test_what_is_compressed_is_not_looked_at_again(baked: Written) -> None:
    compress_all()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert compress_all() == 0
    assert len(asked) == 1


@pytest.mark.parametrize(("length", "worth"), [(LEAST - 1, 0), (LEAST, 1)])
def test_the_shortest_page_that_is_compressed(length: int, worth: int, site: Written, store: Path) -> None:
    site.pages["/en/"] = "a" * length
    bake_paths(site.pages, NOW)
    compress_all()

    assert len(copies(store)) == worth


def test_a_page_stored_anew_has_no_copy_until_it_is_compressed_again(baked: Written) -> None:
    compress_all()
    baked.pages["/en/"] = LONGER
    touch(["/en/"], NOW)
    bake_dirty(NOW)

    assert pagestore.get_unpacked("/en/") is None
    assert compress_all() == 1
    assert pagestore.get_unpacked("/en/") == LONGER.encode()


def test_a_page_that_stays_the_same_keeps_its_copy(baked: Written, store: Path) -> None:
    compress_all()
    written_at = (store / "en/index.html.gz").stat().st_ctime_ns

    assert bake_paths(["/en/"], NOW) == {"unchanged": 1}

    assert compress_all() == 0
    assert (store / "en/index.html.gz").stat().st_ctime_ns == written_at


def test_a_copy_goes_with_its_page(baked: Written, store: Path) -> None:
    compress_all()
    baked.pages[PATH] = 410

    assert bake_paths([PATH], NOW) == {"dropped": 1}

    assert "en/2026/03/10/dunes/index.html.gz" not in copies(store)
    assert not (store / "en/2026").exists()


def test_the_copy_goes_before_its_page(baked: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed in between, a bake or a withdrawal leaves the page alone, never its copy."""
    compress_all()

    def killed(*where: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("articles.pagestore.os.replace", killed)
        with pytest.raises(KeyboardInterrupt):
            pagestore.put("/en/", b"new", "")
    assert (pagestore.get("/en/"), pagestore.get_unpacked("/en/")) == (LONG.encode(), None)

    unlink = os.unlink
    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", lambda file: unlink(file) if file.endswith(".gz") else killed())
        with pytest.raises(KeyboardInterrupt):
            pagestore.drop(PATH)
    assert (pagestore.get(PATH), pagestore.get_unpacked(PATH)) == (LONG.encode(), None)


@pytest.mark.parametrize("act", ["touched", "dropped", "stored anew", "erased"])
def test_no_copy_of_a_page_that_changed_meanwhile_is_placed(
    act: str, baked: Written, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The act comes in between reading the page and placing its copy."""
    place = compress._place

    def act_first(*arguments: object) -> int:
        monkeypatch.setattr("articles.baking.compress._place", place)
        touch([PATH], NOW)
        if act == "dropped":
            drop_dirty([PATH])
        if act == "stored anew":
            baked.pages[PATH] = LONGER
            bake_dirty(NOW)
        if act == "erased":
            Page.objects.filter(path=PATH).delete()
            pagestore.drop(PATH)
        return place(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("articles.baking.compress._place", act_first)
    compress.compress(list(Page.objects.order_by("pk")), NOW)

    assert "en/index.html.gz" in copies(store)
    assert "en/2026/03/10/dunes/index.html.gz" not in copies(store)
    bake_dirty(NOW)
    compress_all()
    wanted = None if act == "erased" else baked.pages[PATH].encode()  # type: ignore[union-attr]
    assert pagestore.get_unpacked(PATH) == wanted


@pytest.mark.parametrize("harm", ["altered", "lost"])
def test_a_file_that_is_not_what_was_stored_gets_no_copy_and_keeps_none_waiting(
    harm: str, baked: Written, store: Path
) -> None:
    if harm == "altered":
        (store / "en/index.html").write_text(LONGER)
    else:
        (store / "en/index.html").unlink()

    assert compress_all() == 3
    assert compress_all() == 0
    assert "en/index.html.gz" not in copies(store)

    bake_paths(["/en/"], NOW)
    assert compress_all() == 1
    assert pagestore.get_unpacked("/en/") == LONG.encode()


def test_a_full_disk_costs_the_copies_and_nothing_else(
    baked: Written, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(body: bytes) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("articles.pagestore.write_aside", full)
        assert compress_all() == 0
    assert pagestore.get("/en/") == LONG.encode()

    assert compress_all() > 0
    assert "en/index.html.gz" in copies(store)


def test_no_copy_is_made_while_a_page_waits(baked: Written) -> None:
    follow_frame(NOW)
    assert keep_store(NOW) == 0

    bake_dirty(NOW)
    assert keep_store(NOW) > 0
    assert keep_store(NOW) == 0


def test_the_tick_compresses_what_it_has_stored(site: Written) -> None:
    site.pages |= dict.fromkeys(every_page(NOW), LONG)

    assert [tick(NOW + number * SECOND, seconds=60)["compressed"] for number in range(2)] == [len(site.pages), 0]
    assert list(verify(NOW + 3 * SECOND)) == []


@pytest.mark.parametrize(
    "copy",
    [gzip.compress(LONGER.encode(), mtime=0), gzip.compress(LONG.encode(), mtime=0)[:-9], b"no gzip", b""],
    ids=["another page", "half", "no gzip", "empty"],
)
def test_a_copy_that_differs_is_named_and_repaired(copy: bytes, site: Written, store: Path) -> None:
    site.pages |= dict.fromkeys(every_page(NOW), LONG)
    bake_paths(site.pages, NOW)
    compress_all()
    (store / "en/index.html.gz").write_bytes(copy)

    assert [str(difference) for difference in verify(NOW)] == ["altered: /en/ (its compressed copy)"]

    assert bake_paths(["/en/"], NOW) == {"stored": 1}
    compress_all()
    assert list(verify(NOW)) == []
    assert pagestore.get_unpacked("/en/") == LONG.encode()


@pytest.mark.parametrize("name", ["en/stray/index.html.gz", "media/a.jpg.gz", "en/feed.xml.gz.gz", "backup.gz"])
def test_a_foreign_copy_is_named(name: str, site: Written, store: Path) -> None:
    site.pages |= dict.fromkeys(every_page(NOW), LONG)
    bake_paths(site.pages, NOW)
    compress_all()
    (store / name).parent.mkdir(parents=True, exist_ok=True)
    (store / name).write_bytes(gzip.compress(b"stray"))

    assert [str(difference) for difference in verify(NOW)] == [f"foreign: /{name}"]
