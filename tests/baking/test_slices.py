"""All pages, and all files, in slices: each once, and from any place on the rest."""

from datetime import timedelta
from pathlib import Path

import pytest

from articles import pagestore
from articles.baking import keep
from articles.baking.keep import follow_frame
from articles.baking.slices import slices, unknown_files
from articles.models import Category, Heartbeat, Page
from articles.pagemap import every_page, touch
from tests.pagemap.released import released, rubric

from .conftest import NOW, Written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.baking.slices.SOME", 3)


@pytest.fixture
def archive() -> set[str]:
    """The address of every page; some have a row, and one that has is no page any more."""
    for number in range(30):
        language = "ru" if number % 3 else "en"
        photo = {"web": f"{number}.jpg"}
        released(f"n{number}", NOW - number * DAY, language=language, regions=["north"], topics=["sea"], photo=photo)
    pages = set(every_page(NOW))
    touch([*sorted(pages)[::5], "/en/2020/01/01/gone/"], NOW)
    return pages | {"/en/2020/01/01/gone/"}


def test_every_page_comes_once_those_with_a_row_first(archive: set[str]) -> None:
    found = [path for paths, _place in slices(NOW, None, 3) for path in paths]

    assert len(found) == len(set(found))
    assert set(found) == archive
    assert set(found[: Page.objects.count()]) == set(Page.objects.values_list("path", flat=True))


def test_from_any_place_the_rest_follows(archive: set[str]) -> None:
    whole = list(slices(NOW, None, 3))
    assert len(whole) > 20
    for number, (_paths, place) in enumerate(whole):
        assert list(slices(NOW, place, 3)) == whole[number + 1 :]


def test_from_a_place_that_another_version_has_kept_the_part_begins_anew(archive: set[str]) -> None:
    follows = list(slices(NOW, ["rows", Page.objects.latest("pk").pk], 3))
    assert list(slices(NOW, ["lists", [3, "/ru/archive/"]], 3)) == follows


@pytest.fixture
def files(store: Path) -> list[str]:
    for path in (
        "/",
        "/en/",
        "/en/feed.xml",
        "/en/2024/03/25/a/",
        "/en/2024/03/25/a-b/",
        "/en/2024/",
        "/en-GB/",
        "/ru/",
    ):
        pagestore.put(path, b"page", "")
    for path in ("en/index.html.gz", "en/feed.xml.gz", "ru/lost.html.gz", ".aside/half"):
        (store / path).parent.mkdir(exist_ok=True)
        (store / path).write_bytes(b"")
    return list(pagestore.stored_paths())


def test_every_file_of_the_store_is_found_once(files: list[str]) -> None:
    assert len(files) == len(set(files)) == 9


def test_files_without_a_row_are_found_from_any_place_on(files: list[str]) -> None:
    touch(["/en/", "/ru/"], NOW)
    for some in (1, 2, 100):
        whole = list(unknown_files(NOW, None, some))
        assert sorted(path for paths, _place in whole for path in paths) == sorted({*files} - {"/en/", "/ru/"})
        for number, (_paths, place) in enumerate(whole):
            assert list(unknown_files(NOW, place, some)) == whole[number + 1 :]


def frames(at: int) -> int:
    """Follow the frame, a slice at a time, until it is followed; return how many calls that took."""
    for number in range(100):
        if not follow_frame(NOW + at * DAY, seconds=0):
            return number
    raise AssertionError("it never ends")


def test_a_new_frame_is_followed_in_many_calls(site: Written, archive: set[str]) -> None:
    assert frames(0) > 20
    assert set(Page.objects.dirty(NOW).values_list("path", flat=True)) == archive
    assert {*Page.objects.values_list("dirty_since", flat=True)} == {NOW}
    assert frames(1) == 0


def test_a_frame_that_is_taken_back_half_way_is_followed_once_more(
    site: Written, archive: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages stored meanwhile show the frame in between."""
    frames(0)
    before = keep.frame_digest()
    sea = rubric(Category, "sea")
    follow_frame(NOW + DAY, seconds=0)
    sea.delete()
    assert keep.frame_digest() == before
    Page.objects.update(dirty_since=None)

    assert frames(2) > 20
    assert not Page.objects.filter(dirty_since=None).exists()
    assert set(Heartbeat.objects.get(job="frame").detail) == {"frame"}
