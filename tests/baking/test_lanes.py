"""A lane does one piece of work at a time and forgets no wake-up; a worker told to end begins nothing more."""

from collections.abc import Callable, Iterator
from threading import Event, Thread

import pytest

from articles.baking import lanes
from articles.baking.lanes import Lane


class Held:
    """Work that goes on until the test lets it go; it notes when it was done."""

    def __init__(self, done: list[str], name: str) -> None:
        self.begun, self.let_go, self._done, self._name = Event(), Event(), done, name

    def __call__(self) -> None:
        self.begun.set()
        assert self.let_go.wait(30)
        self._done.append(self._name)


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def held(done: list[str]) -> Held:
    return Held(done, "held")


@pytest.fixture
def busy(held: Held) -> Iterator[Lane]:
    """A lane that is at work in another thread."""
    lane = Lane()
    thread = Thread(target=lane.run, args=(held,))
    thread.start()
    assert held.begun.wait(30)
    yield lane
    held.let_go.set()
    thread.join(30)
    assert not thread.is_alive()


def noting(done: list[str], name: str) -> Callable[[], None]:
    return lambda: done.append(name)


def finish(lane: Lane, held: Held, done: list[str]) -> None:
    """Let the held work go, and wait until the lane is free: it then does what it is asked for at once."""
    held.let_go.set()
    last = Event()
    while not last.wait(0.01):
        lane.run(last.set)


def test_it_does_what_it_is_asked_for(done: list[str]) -> None:
    lane = Lane()
    lane.run(noting(done, "a"))
    lane.run(noting(done, "b"))
    assert done == ["a", "b"]


def test_a_busy_lane_keeps_nobody_waiting_and_forgets_nothing(busy: Lane, held: Held, done: list[str]) -> None:
    first, second = noting(done, "a"), noting(done, "b")
    for work in (first, second, first, first):
        busy.run(work)  # returns at once, though the lane is held
    assert done == []

    finish(busy, held, done)
    assert done == ["held", "a", "b"]


def test_the_work_in_hand_is_done_again_when_asked_for_meanwhile(busy: Lane, held: Held, done: list[str]) -> None:
    busy.run(held)  # a page may have become dirty after it looked
    finish(busy, held, done)
    assert done == ["held", "held"]


def test_other_lanes_go_on(busy: Lane, done: list[str]) -> None:
    Lane().run(noting(done, "other"))
    assert done == ["other"]


def test_an_error_ends_that_work_only(busy: Lane, held: Held, done: list[str]) -> None:
    def fail() -> None:
        raise RuntimeError("broken")

    busy.run(fail)
    busy.run(noting(done, "after"))
    finish(busy, held, done)
    assert done == ["held", "after"]


def test_work_with_more_to_do_goes_on_after_what_was_asked_for_meanwhile(done: list[str]) -> None:
    """A message for the long work that came first changes nothing: it has just had its turn."""
    lane = Lane()

    def long() -> bool:
        done.append("long")
        if len(done) == 1:
            lane.run(long)
            lane.run(noting(done, "short"))
        return len(done) < 4

    lane.run(long)
    assert done == ["long", "short", "long", "long"]


@pytest.mark.parametrize("end", [SystemExit, KeyboardInterrupt])
def test_a_lane_that_something_has_torn_down_is_free_again(done: list[str], end: type[BaseException]) -> None:
    lane = Lane()

    def torn() -> None:
        lane.run(noting(done, "asked for"))
        raise end

    with pytest.raises(end):
        lane.run(torn)
    lane.run(noting(done, "after"))
    assert done == ["asked for", "after"]


def test_a_process_told_to_end_begins_nothing_more(
    busy: Lane, held: Held, done: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    busy.run(noting(done, "after"))
    monkeypatch.setattr(lanes, "is_stopping", lambda: True)
    held.let_go.set()
    busy.run(noting(done, "later"))
    Lane().run(noting(done, "elsewhere"))
    assert not {"after", "later", "elsewhere"} & set(done)
