"""The full bake and the check of the store, as jobs."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from articles import pagestore
from articles.baking import bake_dirty, bake_everything, bake_waiting, run_now, verify
from articles.baking.jobs import JOBS
from articles.baking.runs import claim_run, execute
from articles.management.progress import Progress, progress_on
from articles.models import JobRun
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


def killed_in_the_middle(full: Written) -> int:
    """Begin a full bake that ends as if it were killed; return how many pages it has stored."""

    def die(done: int, total: int) -> None:
        if done:
            raise SystemExit

    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr("articles.baking.everything.bake_dirty", lambda at, seconds: bake_dirty(at, limit=5))
        bake_everything(NOW, progress=die)
    stored = len(full.built)
    assert 0 < stored < len(full.pages)
    full.built.clear()
    return stored


def test_what_a_killed_bake_has_done_is_not_done_again(full: Written) -> None:
    full.pages |= {f"/en/2026/03/10/more-{number}/": "more" for number in range(30)}
    touch([path for path in full.pages if "more" in path], NOW)
    stored = killed_in_the_middle(full)

    later = NOW + timedelta(seconds=1)  # its lease has not run out
    run = bake_everything(later)

    assert (run.state, run.detail["pages"]) == ("done", {"stored": len(full.pages)})
    assert len(full.built) == len(full.pages) - stored
    assert JobRun.objects.count() == 1


def test_a_killed_bake_is_taken_over_by_the_worker_too(full: Written) -> None:
    full.pages |= {f"/en/2026/03/10/more-{number}/": "more" for number in range(30)}
    touch([path for path in full.pages if "more" in path], NOW)
    stored = killed_in_the_middle(full)

    run = claim_run(NOW + timedelta(minutes=5), ["bake_all"])
    assert run is not None
    execute(run, JOBS["bake_all"], NOW + timedelta(minutes=5))

    assert len(full.built) == len(full.pages) - stored


def test_a_bake_says_how_far_it_has_come(full: Written) -> None:
    told: list[tuple[int, int]] = []
    bake_everything(NOW, progress=lambda done, total: told.append((done, total)))

    assert told[0] == (0, len(full.pages))
    assert told[-1] == (len(full.pages), len(full.pages))


class Helper:
    """Stands for a process that bakes."""

    def __init__(self, command: list[str], **options: object) -> None:
        self.command = command
        self.ended = False

    def communicate(self) -> tuple[str, None]:
        self.ended = True
        return "Pages: 3 stored, 2 unchanged.\n", None

    def poll(self) -> int | None:
        return 0 if self.ended else None

    def terminate(self) -> None:
        self.ended = True

    def wait(self) -> int:
        return 0


def test_other_processes_help_and_are_counted(full: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Helper] = []
    monkeypatch.setattr("subprocess.Popen", lambda *args, **options: started.append(Helper(*args)) or started[-1])

    run = bake_everything(NOW, processes=3)

    assert [one.command[2:] for one in started] == [["bake", "--verbosity", "0"]] * 2
    assert all(one.ended for one in started)
    assert run.detail["pages"] == {"stored": len(full.pages) + 6, "unchanged": 4}


def test_a_helper_shows_no_progress(full: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its line would stand in that of the bake that started it."""
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(
        "articles.management.commands.bake.progress_on", lambda: lambda done, total: told.append((done, total))
    )
    touch(full.pages, NOW)
    call_command("bake", "--verbosity", "0", stdout=io.StringIO())
    assert told == []

    touch(full.pages, NOW)
    call_command("bake", stdout=io.StringIO())
    assert told


def test_helpers_end_with_a_bake_that_fails(full: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Helper] = []
    monkeypatch.setattr("subprocess.Popen", lambda *args, **options: started.append(Helper(*args)) or started[-1])
    monkeypatch.setattr("articles.baking.everything.bake_dirty", lambda *args, **options: 1 / 0)

    assert bake_everything(NOW, processes=2).state == "failed"
    assert [one.ended for one in started] == [True]


def test_with_nothing_dirty_nothing_is_asked_for(full: Written) -> None:
    assert bake_waiting(NOW) == {}
    assert full.built == []


def test_a_terminal_shows_how_far_a_command_has_come() -> None:
    times = iter([0.0, 0.1, 4.0, 5.0])
    screen = io.StringIO()
    progress = Progress(screen, lambda: next(times))
    for done in (100, 110, 500, 2000):
        progress(done, 2000)

    assert screen.getvalue().replace("\x1b[K", "").split("\r")[1:] == [
        "100 of 2,000 pages",
        "500 of 2,000 pages, 100/s, 0:15 left",
        "2,000 of 2,000 pages, 380/s, 0:00 left\n",
    ]
    assert progress_on(screen) is None


def test_the_check_lists_what_differs(full: Written) -> None:
    run_now("bake_all", "", NOW)
    assert run_now("verify_pages", "", NOW).detail["differences"] == 0

    pagestore.drop("/en/")
    run = run_now("verify_pages", "", NOW)

    assert (run.state, run.detail["found"]) == ("failed", ["missing: /en/"])
