"""A hundred interruptions of the protocol: no word older than three seconds is lost, no conflict is none.

A failure prints its seed; `python -m tests.writers --seed N` plays the same scenes.
"""

import os
import random
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest

from articles.publishing import slots
from tests.own import ROOT

from . import scenes, tab
from .server import Server
from .tab import TIMES
from .writer import SAFE, Log, Writer


def run(module: str, interruptions: int) -> None:
    seed = random.SystemRandom().randrange(1_000_000)
    done = subprocess.run(
        [sys.executable, "-m", module, "--seed", str(seed), "--interruptions", str(interruptions)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )
    assert done.returncode == 0, f"seed {seed}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"


def test_nothing_is_lost_and_no_conflict_is_false() -> None:
    run("tests.writers", 100)


def test_times_of_the_script_leave_room_for_an_answer_within_the_three_seconds() -> None:
    assert TIMES["COPY"] + TIMES["LOOK"] < 1
    assert max(TIMES["SEND"], TIMES["LATEST"]) + TIMES["LOOK"] < SAFE
    assert slots.SEEN.total_seconds() >= 2 * TIMES["PING"]


def test_words_that_a_script_loses_are_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that keeps no copies and sends once in a minute, in tabs that are killed."""
    monkeypatch.setattr(scenes, "KINDS", {"tab": 1})
    monkeypatch.setattr(tab.Tab, "copy", lambda self: None)
    monkeypatch.setattr(tab, "TIMES", TIMES | {"SEND": 60.0, "LATEST": 60.0})
    server = Server(tmp_path, seed=1)
    try:
        played = scenes.Scenes(server, seed=1)
        one = played.writers[0]
        one.open(None)
        one.type(shared=False, body="<p>anna0: begin</p>")
        one.pause(4)
        one.open(None)
    finally:
        server.stop()
    assert ["lost" in problem for problem in played.log.problems] == [True]


@pytest.mark.parametrize(("theirs", "false"), [("port za1 za2", True), ("port za1 zb2", False)])
def test_question_about_what_nobody_else_wrote_is_seen(theirs: str, false: bool) -> None:
    side = '<div class="read-only-text">{}</div>'
    sides = side.format("port") + side.format("port za1") + side.format(theirs)
    html = f'<form><fieldset class="card question"><input type="radio" name="choice-body-0">{sides}</fieldset></form>'
    anna = Writer.__new__(Writer)
    anna.name, anna.log = "anna", Log()
    assert list(anna.answers(lxml.html.fromstring(html), {})) == [("choice-body-0", "both")]
    assert bool(anna.log.problems) == false
