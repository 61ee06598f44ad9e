"""Runs go in turns: each step of a job is done for good, the row knows where the next turn goes on, and others come in
between."""

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from articles import pagestore
from articles.baking import Lane, bake_dirty, bake_everything, bake_paths, run_now, verify, work_next, work_relabels
from articles.baking.counts import reconcile
from articles.baking.jobs import JOBS
from articles.baking.runs import Ended, Steps, claim_run, execute, hold, plan
from articles.baking.watch import Watch
from articles.models import Batch, Count, JobRun, Page
from articles.models.work import LEASE
from articles.pagemap import every_page, touch
from articles.photos.files import web_file
from articles.publishing import publish
from articles.publishing.relabel import relabel_all
from tests.builders import make_article, make_newsroom, make_user
from tests.pagemap.released import released

from .conftest import NOW, Written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture
def full(site: Written, monkeypatch: pytest.MonkeyPatch) -> Written:
    """A few dozen pages, and steps of a few pages each."""
    for number in range(6):
        released(f"storm-{number}", NOW - number * DAY, topics=["sea"], counted=True)
    site.pages |= {path: f"page {path}" for path in every_page(NOW)}
    monkeypatch.setattr("articles.baking.slices.SOME", 4)
    monkeypatch.setattr(sys.modules["articles.baking.verify"], "SOME", 4)
    monkeypatch.setattr("articles.baking.periods.SOME", 4)
    monkeypatch.setattr("articles.baking.everything.bake_dirty", lambda at, seconds: bake_dirty(at, limit=4))
    return site


def turns(at: datetime = NOW, most: int = 200) -> Iterator[JobRun]:
    """Let the worker do turns of one step until nothing is to be done; yield the run after each."""
    for number in range(most):
        run = work_next(at + number * SECOND, seconds=0)
        if run is None:
            return
        yield JobRun.objects.get(pk=run.pk)
    raise AssertionError("it never ends")


def told(run: JobRun) -> dict[str, object]:
    return {key: value for key, value in run.detail.items() if key != "seconds"}


@pytest.mark.parametrize(
    ("job", "key"), [("bake_all", ""), ("verify_pages", ""), ("close_day", "2026-03-09"), ("close_year", "2026")]
)
def test_a_run_in_many_turns_ends_as_one_in_a_single_turn(full: Written, job: str, key: str) -> None:
    reconcile(NOW)
    run_now("bake_all", "", NOW)
    pagestore.put("/backup.tar", b"stray", "")
    whole = run_now(job, key, NOW)

    plan(job, key, NOW)
    after = list(turns())

    assert len(after) > 4
    assert {run.state for run in after[:-1]} == {"running"}
    assert {run.attempts for run in after} == {1}
    assert {run.started_at for run in after} == {NOW}
    steps = [run.detail["done"] for run in after[:-1]]
    assert steps == sorted(steps)
    assert (after[-1].state, told(after[-1])) == (whole.state, told(whole))
    assert [str(one) for one in verify(NOW)] == ["foreign: /backup.tar"]


def test_all_counts_are_put_right_in_many_turns(full: Written) -> None:
    whole = run_now("close_day", "2026-03-09", NOW)
    assert whole.detail["wrong_counts"] > 6
    Count.objects.all().delete()

    plan("close_day", "2026-03-09", NOW)
    after = list(turns())[-1]

    assert told(after) == told(whole) | {"pages": after.detail["pages"]}
    assert len(after.detail["counts_put_right"]) == after.detail["wrong_counts"]
    assert reconcile(NOW) == []


def test_a_relabel_comes_between_two_turns_of_a_long_run(store: Path) -> None:
    make_newsroom()
    publish(make_article(), by=make_user("Editor"), at=NOW)
    run, lane, done = plan("bake_all", "", NOW), Lane(), list[str]()
    moments = (NOW + number * SECOND for number in range(1, 1000))

    def run_jobs() -> bool:
        found = work_next(next(moments), seconds=0)
        done.append(found.job if found else "nothing")
        if len(done) == 3:  # while the run is at work the legal desk changes something, and both are woken
            relabel_all(by=make_user("Legal"), at=next(moments))
            lane.run(run_jobs)
            lane.run(relabel)
        return found is not None

    def relabel() -> None:
        run.refresh_from_db()
        assert (run.state, run.claimed_until) == ("running", None)
        work_relabels(lambda: next(moments))
        done.append(f"relabel of {Batch.objects.get(finished_at__isnull=False).examined}")

    lane.run(run_jobs)

    assert done[:5] == ["bake_all", "bake_all", "bake_all", "relabel of 1", "bake_all"]
    assert done[-1] == "nothing"
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("done", 1)
    assert not Page.objects.dirty(next(moments)).exists()


def test_a_worker_killed_in_a_turn_is_followed_by_one_that_goes_on(full: Written) -> None:
    plan("bake_all", "", NOW)
    ready = (after for after in turns() if after.detail["kept"].get("pages"))
    before = next(ready)
    stored = len(full.built)
    claim_run(NOW + 100 * SECOND, list(JOBS))  # and the worker is killed

    assert work_next(NOW + 101 * SECOND, seconds=0) is None
    run = work_next(NOW + 100 * SECOND + LEASE)

    assert run is not None
    assert (run.pk, run.state, run.attempts) == (before.pk, "done", 2)
    assert run.detail["pages"] == {"stored": len(full.pages)}
    assert 0 < stored < len(full.built) == len(full.pages)


def test_a_run_that_costs_workers_their_lives_fails_in_the_end(full: Written) -> None:
    run, at = plan("verify_pages", "", NOW), NOW
    for _ in range(JobRun.MOST_ATTEMPTS):
        assert claim_run(at, list(JOBS))
        at += LEASE

    assert claim_run(at, list(JOBS)) is None
    run.refresh_from_db()
    assert (run.state, run.finished_at, run.attempts) == ("failed", at, JobRun.MOST_ATTEMPTS)
    assert "killed" in run.last_error


def test_a_process_told_to_end_lets_go_of_its_run(full: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    run = plan("bake_all", "", NOW)
    with monkeypatch.context() as patch:
        patch.setattr("articles.baking.watch.is_stopping", lambda: True)
        for number in range(JobRun.MOST_ATTEMPTS + 1):
            work_next(NOW + number * SECOND)

    run.refresh_from_db()
    assert (run.state, run.claimed_until, run.attempts) == ("running", None, 1)
    assert list(turns(NOW + DAY))[-1].detail["pages"] == {"stored": len(full.pages)}


def test_a_run_taken_over_is_left_to_the_other_process(full: Written) -> None:
    plan("bake_all", "", NOW)
    slow = claim_run(NOW, list(JOBS))
    assert slow is not None
    done = bake_everything(NOW + SECOND)

    execute(slow, JOBS["bake_all"], NOW)

    slow.refresh_from_db()
    assert (slow.pk, slow.state, slow.detail) == (done.pk, "done", done.detail)


def test_runs_take_turns_and_a_new_one_comes_first(full: Written) -> None:
    plan("bake_all", "", NOW)
    plan("verify_pages", "", NOW)
    order = []
    for number, run in enumerate(turns()):
        order.append(run.job)
        if number == 4:
            plan("follow_dates", "2026-03-10", NOW)

    assert order[:7] == [
        "bake_all",
        "verify_pages",
        "bake_all",
        "verify_pages",
        "bake_all",
        "follow_dates",
        "verify_pages",
    ]


def test_a_run_that_fails_in_the_middle_goes_on_after_its_last_step(
    full: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan("close_year", "2026", NOW)
    list(zip(range(3), turns(), strict=False))
    with monkeypatch.context() as patch:
        patch.setattr("articles.baking.periods.bake_paths", lambda paths, at: 1 / 0)
        failed = work_next(NOW + 10 * SECOND)
    assert failed is not None and failed.state == "failed"
    begun = set(full.built)
    full.built.clear()

    run = work_next(NOW + 6 * timedelta(minutes=1))

    assert run is not None
    assert (run.state, run.attempts, run.last_error) == ("done", 2, "")
    assert begun
    assert not begun & set(full.built)


def test_each_difference_is_named_once_however_the_check_is_cut(full: Written) -> None:
    for number in range(6):
        released(f"flood-{number}", NOW - number * DAY, photo={"web": "ab12.jpg"})
    full.pages |= {path: f"page {path}" for path in every_page(NOW) if "/media/" not in path}
    file = web_file("ab12.jpg")
    file.parent.mkdir(parents=True)
    file.write_bytes(b"photo")
    bake_paths(every_page(NOW), NOW)
    for path in ("/en/news/", "/media/ab12.jpg", "/en/2026/03/09/flood-1/"):
        pagestore.drop(path)
        Page.objects.filter(path=path).delete()
    pagestore.drop("/en/archive/")
    pagestore.put("/ru/", b"something else", "text/html")
    full.pages["/en/feed.xml"] = 404
    for path in ("/stray/", "/en/stray.html", "/media/stray.jpg"):
        pagestore.put(path, b"stray", "")

    plan("verify_pages", "", NOW)
    run = list(turns())[-1]

    assert sorted(run.detail["found"]) == [
        "altered: /ru/",
        "foreign: /en/stray.html",
        "foreign: /media/stray.jpg",
        "foreign: /stray/",
        "left over: /en/feed.xml",
        "missing: /en/2026/03/09/flood-1/",
        "missing: /en/archive/",
        "missing: /en/news/",
        "missing: /media/ab12.jpg",
    ]
    assert sorted(map(str, verify(NOW))) == sorted(run.detail["found"])
    assert (run.state, run.last_error) == ("failed", "9 stored pages are not what they should be.")
    assert work_next(NOW + DAY) is None  # it would find the same


def test_a_page_stored_between_two_turns_is_no_difference(full: Written) -> None:
    bake_paths(full.pages, NOW)
    plan("verify_pages", "", NOW)
    for number, _run in enumerate(turns()):
        path = sorted(full.pages)[number % len(full.pages)]
        full.pages[path] = f"changed in turn {number}"
        touch([path], NOW)
        if number % 2:
            bake_dirty(NOW + number * SECOND)

    assert JobRun.objects.get().detail["found"] == []


def test_the_pages_of_wrong_counts_are_marked_even_if_the_worker_is_killed_just_before(
    full: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who counts next finds nothing wrong any more."""
    reconcile(NOW)
    bake_paths(Page.objects.values_list("path", flat=True), NOW)
    Count.objects.filter(date=date(2026, 3, 7)).delete()
    plan("close_day", "2026-03-09", NOW)
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr("articles.baking.counts.pages_with_counts", lambda wrong: exit())
        work_next(NOW)
    assert not Page.objects.dirty(NOW).exists()

    later = NOW + LEASE + SECOND
    run = work_next(later, seconds=0)

    assert run is not None
    assert reconcile(later) == []
    assert set(Page.objects.dirty(later).values_list("path", flat=True)) >= {
        "/en/archive/2026/03/07/",
        "/en/topic/sea/2026/03/",
    }


@pytest.mark.parametrize("error", [ValueError("it fails"), Ended("it ends badly", {})])
def test_a_run_that_fails_after_another_process_has_taken_it_over_is_left_to_that_one(error: Exception) -> None:
    def taken_over(run: JobRun, watch: Watch) -> Steps:
        yield from ()
        hold(JobRun.objects.get(pk=run.pk), NOW + SECOND)
        raise error

    run = plan("verify_pages", "", NOW)
    hold(run, NOW)
    execute(run, taken_over, NOW)

    now = JobRun.objects.get(pk=run.pk)
    assert (now.state, now.claimed_until, now.last_error) == ("running", NOW + SECOND + LEASE, "")
