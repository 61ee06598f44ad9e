"""The full bake and the check of the store, as jobs."""

import pytest

from articles import pagestore
from articles.baking import bake_dirty, run_now, verify
from articles.baking.jobs import JOBS
from articles.baking.runs import claim_run, execute, plan
from articles.pagemap import every_page, touch
from tests.pagemap.released import released

from .conftest import NOW, Written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def full(site: Written) -> Written:
    released("storm", NOW, topics=["sea"])
    site.pages |= {path: f"page {path}" for path in every_page(NOW)}
    return site


def test_everything_is_stored(full: Written) -> None:
    run = run_now("bake_all", "", NOW)

    assert (run.state, run.detail["pages"]) == ("done", {"stored": len(full.pages)})
    assert list(verify(NOW)) == []


def test_a_page_that_is_no_more_is_dropped(full: Written) -> None:
    touch(["/en/2020/01/01/gone/"], NOW)
    full.pages["/en/2020/01/01/gone/"] = "still here"
    bake_dirty(NOW)
    del full.pages["/en/2020/01/01/gone/"]

    run_now("bake_all", "", NOW)

    assert pagestore.get("/en/2020/01/01/gone/") is None


def test_a_second_bake_writes_nothing(full: Written) -> None:
    run_now("bake_all", "", NOW)

    assert run_now("bake_all", "", NOW).detail["pages"] == {"unchanged": len(full.pages)}


def test_what_a_killed_bake_has_done_is_not_done_again(full: Written) -> None:
    run = plan("bake_all", "", NOW)
    claim_run(NOW, ["bake_all"])
    touch(every_page(NOW), NOW)
    bake_dirty(NOW, limit=5)
    full.built.clear()

    again = claim_run(NOW.replace(minute=5), ["bake_all"], run.pk)
    assert again is not None
    execute(again, JOBS["bake_all"], NOW.replace(minute=5))

    assert len(full.built) == len(full.pages) - 5


def test_the_check_lists_what_differs(full: Written) -> None:
    run_now("bake_all", "", NOW)
    assert run_now("verify_pages", "", NOW).detail["differences"] == 0

    pagestore.drop("/en/")
    run = run_now("verify_pages", "", NOW)

    assert (run.state, run.detail["found"]) == ("failed", ["missing: /en/"])
