"""Verify names every difference between the store and the application, and nothing else."""

import gzip
import os
import shutil
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from articles import pagestore
from articles.admin.works.outcome import in_words
from articles.baking import bake_paths, plan_ended, run_now, verify, work
from articles.baking.verify import SERVED
from articles.models import JobRun, Page
from articles.pagemap import every_page, touch

from .conftest import NOW, Written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def whole(site: Written) -> Written:
    """A store in which everything is as it should be."""
    site.pages |= {path: f"page {path}" for path in every_page(NOW)}
    bake_paths(site.pages, NOW)
    return site


def found() -> list[str]:
    return [str(difference) for difference in verify(NOW)]


def test_a_store_as_it_should_be_has_no_difference(whole: Written) -> None:
    assert len(list(pagestore.stored_paths())) == len(whole.pages) > 10
    assert found() == []


def test_a_missing_file_is_named(whole: Written) -> None:
    pagestore.drop("/en/")

    assert found() == ["missing: /en/"]


def test_a_page_that_nobody_has_touched_yet_is_named(whole: Written) -> None:
    pagestore.drop("/en/news/")
    Page.objects.filter(path="/en/news/").delete()

    assert found() == ["missing: /en/news/"]


def test_an_altered_file_is_named(whole: Written) -> None:
    pagestore.put("/ru/", b"something else", "text/html")

    assert found() == ["altered: /ru/"]


def test_a_page_that_would_be_rendered_differently_is_named(whole: Written) -> None:
    whole.pages["/en/archive/"] = "another template"

    assert found() == ["different: /en/archive/"]


@pytest.mark.parametrize("path", ["/en/2020/01/01/stray/", "/backup.tar", "/en/front.html", "/media/stray.jpg"])
def test_a_foreign_file_is_named(whole: Written, path: str) -> None:
    pagestore.put(path, b"stray", "text/html")

    assert found() == [f"foreign: {path}"]


def test_a_foreign_file_with_a_name_we_would_never_give_is_named(whole: Written, store: object) -> None:
    (store / "en" / "notes (1).txt").write_text("stray")  # type: ignore[operator]

    assert found() == ["foreign: /en/notes (1).txt"]


def test_a_file_of_a_page_that_is_gone_is_named(whole: Written) -> None:
    whole.pages["/en/corrections/"] = 404

    assert found() == ["left over: /en/corrections/"]


def test_a_page_that_cannot_be_rendered_is_named(whole: Written) -> None:
    whole.pages["/en/"] = RuntimeError("broken")

    assert found() == ["unreadable: /en/ (RuntimeError: broken)"]


def test_pages_that_wait_are_passed_over(whole: Written) -> None:
    whole.pages["/en/"] = "new"
    touch(["/en/"], NOW)

    assert found() == []


# Put right


def repair(key: str = "repair", at: datetime = NOW) -> JobRun:
    return run_now("verify_pages", key, at)


def damage(whole: Written, store: Path) -> None:
    """Leave every kind of difference in the store."""
    pagestore.drop("/en/")
    pagestore.put("/ru/", b"something else", "text/html")
    whole.pages["/en/archive/"] = "another template"
    whole.pages["/en/corrections/"] = 404
    pagestore.put("/en/2020/01/01/stray/", b"withdrawn", "text/html")
    pagestore.put("/media/stray.jpg", b"withdrawn", "image/jpeg")


@pytest.mark.parametrize("key", ["repair", "2026-03-10"])
def test_what_differs_is_stored_and_what_is_left_over_is_removed(whole: Written, store: Path, key: str) -> None:
    damage(whole, store)
    run = repair(key)
    assert (run.state, run.last_error) == ("done", "")
    assert {name: run.detail[name] for name in ("differences", "stored_anew", "removed")} == {
        "differences": 6,
        "stored_anew": 3,
        "removed": 3,
    }
    assert "left over: /en/corrections/, now removed" in run.detail["found"]
    assert "different: /en/archive/, now stored" in run.detail["found"]
    assert pagestore.get("/en/archive/") == b"another template"
    for path in ("/en/corrections/", "/en/2020/01/01/stray/", "/media/stray.jpg"):
        assert pagestore.get(path) is None
    assert found() == []


def test_what_was_only_to_be_looked_at_stays(whole: Written, store: Path) -> None:
    damage(whole, store)
    assert repair("").state == "failed"
    assert pagestore.get("/en/corrections/") is not None
    assert len(found()) == 6


def test_what_cannot_be_rendered_and_what_is_no_address_of_ours_is_left(whole: Written) -> None:
    whole.pages["/en/"] = RuntimeError("broken")
    pagestore.put("/backup.tar", b"the operator's", "application/x-tar")
    run = repair()
    assert (run.state, run.last_error) == ("failed", "2 stored pages are not what they should be.")
    assert (run.detail["stored_anew"], run.detail["removed"]) == (0, 0)
    assert pagestore.get("/backup.tar") is not None


@pytest.mark.parametrize(
    "name",
    [
        *("en/nevvs/index.html", "en/2026/13/40/port/index.html", "ru/a/b/c/feed.xml"),  # folders that were renamed
        *("en/gone/index.html.gz", "en/gone/feed.xml.gz", "sitemap.xml.gz", "media/gone.jpg.gz", "en/index.html.gz"),
    ],
)
def test_whatever_the_web_server_would_send_is_removed(whole: Written, store: Path, name: str) -> None:
    (store / name).parent.mkdir(parents=True, exist_ok=True)
    (store / name).write_bytes(gzip.compress(b"withdrawn"))
    run = repair()
    assert (run.state, run.detail["differences"]) == ("done", 1), run.detail
    assert not (store / name).exists() and pagestore.get("/en/") == b"page /en/"
    assert found() == []


def test_what_it_would_send_is_what_nginx_takes_for_a_page() -> None:
    conf = (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text()
    assert f'"^{SERVED.pattern}$"' in conf


@pytest.mark.parametrize("error", [PermissionError, OSError])
def test_a_file_that_cannot_be_read_is_stored_anew(
    whole: Written, monkeypatch: pytest.MonkeyPatch, error: type[OSError]
) -> None:
    """Its rights are another's, or the disk fails; a reader gets the page from the application."""
    closed, really_open = pagestore._file("/en/"), open
    stands = os.stat(closed).st_ino

    def opened(file: object, *args: Any) -> Any:
        if file == closed and os.stat(closed).st_ino == stands:
            raise error
        return really_open(file, *args)  # type: ignore[call-overload]

    monkeypatch.setattr(pagestore, "open", opened, raising=False)
    assert pagestore.get("/en/") is None
    run = repair()
    assert run.detail["found"] == ["missing: /en/, now stored"]
    assert found() == []


def in_the_way(store: Path, what: str) -> str:
    """Lay something where a page's file or folder belongs, or its copy; return where."""
    folder = store / "en/archive"
    shutil.rmtree(folder)
    where = folder if what in ("file", "dangling link") else folder / "index.html"
    where.parent.mkdir(exist_ok=True)
    if what == "file":
        where.write_text("a file")
    elif what == "dangling link":
        where.symlink_to(store / "nowhere")
    else:
        where = where.with_suffix(".html.gz") if what == "folder of the copy" else where
        (where / "inner").mkdir(parents=True)
        (where / "inner/note.txt").write_text("a file")
    return str(where.relative_to(store))


@pytest.mark.parametrize("what", ["folder", "folder of the copy", "file", "dangling link"])
@pytest.mark.parametrize("expected", ["page", "no page", "page without a row"])
def test_what_stands_in_the_way_of_a_page_is_named_and_removed(
    whole: Written, store: Path, what: str, expected: str
) -> None:
    """The page waited for ever, and the check passed over it as over all that wait."""
    way = in_the_way(store, what)
    whole.pages["/en/archive/"] = 404 if expected == "no page" else "new"
    if expected == "page without a row":
        Page.objects.filter(path="/en/archive/").delete()
    else:
        bake_paths(["/en/archive/"], NOW)
    assert f"blocked: /en/archive/ ({way})" in found()
    assert repair("").state == "failed"
    run = repair()
    assert (run.state, run.last_error) == ("done", ""), run.detail
    outcome = "removed" if expected == "no page" else "stored"
    assert run.detail["found"] == [f"blocked: /en/archive/ ({way}), now {outcome}"]
    assert pagestore.get("/en/archive/") == (None if expected == "no page" else b"new")
    assert found() == []


def test_what_may_not_be_removed_is_left_and_named(
    whole: Written, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = in_the_way(store, "folder")

    def refuse(path: str, **_options: Any) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(shutil, "rmtree", refuse)
    assert f"blocked: /en/archive/ ({way})" in repair().detail["found"]


def test_a_name_that_is_no_text_can_be_told(whole: Written, store: Path) -> None:
    with open(os.fsencode(store / "en") + b"/\xff.html", "wb"):
        pass
    assert found() == [r"foreign: /en/\udcff.html"]
    assert repair().detail["found"] == [r"foreign: /en/\udcff.html"]


def test_each_night_puts_right_once(whole: Written, store: Path) -> None:
    plan_ended(NOW)
    plan_ended(NOW)
    (night,) = JobRun.objects.filter(job="verify_pages")
    assert night.key == "2026-03-10"
    damage(whole, store)
    work(NOW)
    night.refresh_from_db()
    assert night.state == "done" and night.detail["removed"] == 3
    assert found() == []
    plan_ended(NOW + timedelta(days=1))
    assert JobRun.objects.filter(job="verify_pages").count() == 2


def test_command_and_desk_say_what_was_put_right(whole: Written, store: Path) -> None:
    damage(whole, store)
    run = repair()
    told = in_words(run.detail)
    assert told == "differences: 6, pages stored anew: 3, pages removed: 3"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.utils.timezone.now", lambda: NOW)
        damage(whole, store)
        out = StringIO()
        call_command("verify_pages", "--repair", stdout=out)
    assert "altered: /ru/, now stored\n" in out.getvalue()
    assert out.getvalue().endswith(". Removed: 2.\nEvery stored page is what it should be.\n")
