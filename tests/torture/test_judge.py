"""The judge of the reader's log sees what must never be seen; and an act that is on its way explains what it may."""

import json
from pathlib import Path
from typing import Any

import pytest

from .judge import Judge
from .truth import ALWAYS, Shown

BEGINS = 1000.0
PATH = "/en/2026/03/10/zqa1/"
KILLS = [
    {"t": 500.0, "until": 500.1, "what": "kill", "victim": "web"},
    {"t": 510.0, "what": "answers", "victim": "web"},
    {"t": 550.0, "until": 552.0, "what": "kill", "victim": "process of web"},
    {"t": 600.0, "until": 600.1, "what": "kill", "victim": "backend of postgres"},
    {"t": 605.0, "what": "answers", "victim": "postgres"},
]


def shown(**given: Any) -> Shown:
    known = {
        "release": 1,
        "root": "zqa1",
        "word": "zqa1v1",
        "marked": True,
        "form": "f1",
        "path": PATH,
        "language": "en",
    }
    moments = {
        "published": BEGINS,
        "begins": BEGINS,
        "sure": BEGINS,
        "ends": ALWAYS,
        "gone": ALWAYS,
        "cancelled": False,
    }
    return Shown(**(known | moments | given))


def verdict(answer: dict[str, Any], *releases: Shown) -> set[str]:
    """Return the kinds of problems of one answer."""
    whole = {"path": "/en/", "status": 200, "until": answer["t"] + 0.1} | answer
    return {kind for kind, _what in Judge(list(releases), KILLS).problems(whole)}


HEAD: dict[str, Any] = {"heads": [["zqa1v1", True]]}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"t": BEGINS + 1} | HEAD, set()),
        ({"t": BEGINS - 1} | HEAD, {"seen outside of its time"}),
        ({"t": BEGINS - 1, "slugs": ["zqa1"]}, {"seen while not public"}),
        ({"t": BEGINS + 1, "heads": [["zqa1v1", False]]}, {"marks"}),
        ({"t": BEGINS + 1, "heads": [["zqa9v9", True]]}, {"seen outside of its time"}),
        ({"t": BEGINS + 1, "path": PATH, "form": "f1"}, set()),
        ({"t": BEGINS + 1, "path": PATH, "form": "f2"}, {"form"}),
        ({"t": BEGINS + 1, "path": PATH, "status": 404}, {"lost"}),
        ({"t": BEGINS - 1, "path": PATH, "status": 404}, set()),
        ({"t": BEGINS + 1, "path": "/en/news/", "heads": []}, {"missing in the news"}),
        ({"t": BEGINS + 1, "status": 500}, {"server error"}),
        ({"t": 606.0, "status": 500}, set()),
        ({"t": 505.0, "error": "refused"}, set()),
        ({"t": 530.0, "error": "refused"}, {"no answer"}),
        ({"t": 553.0, "error": "reset"}, set()),
        ({"t": 556.0, "error": "reset"}, {"no answer"}),
    ],
)
def test_what_is_seen_of_one_release(answer: dict[str, Any], expected: set[str]) -> None:
    assert verdict(answer, shown()) == expected


def test_what_an_act_has_ended_may_be_seen_until_the_act_was_done() -> None:
    old = shown(ends=2000.0, gone=2002.0)
    new = shown(release=2, word="zqa1v2", form="f2", begins=2000.0, sure=2002.0)
    assert verdict({"t": 2001.0} | HEAD, old, new) == set()
    assert verdict({"t": 2001.0, "path": PATH, "form": "f2"}, old, new) == set()
    assert verdict({"t": 2003.0} | HEAD, old, new) == {"seen outside of its time"}
    assert verdict({"t": 2003.0, "path": PATH, "form": "f1"}, old, new) == {"form"}


def test_a_cancelled_release_was_never_public() -> None:
    assert verdict({"t": BEGINS - 0.05} | HEAD, shown(ends=BEGINS, gone=BEGINS, cancelled=True))


def test_an_act_is_broken_unless_the_database_was_away_since_it_began(tmp_path: Path) -> None:
    lines = [
        {"phase": "broken", "n": number, "since": since, "t": 640.0, "why": "gone"}
        for number, since in enumerate((590.0, 604.0, 607.0, 609.0))
    ]
    (tmp_path / "editor-a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    assert list(Judge([], KILLS).broken(tmp_path)) == ["editor-a.jsonl, act 3 at 640.000: gone"]


@pytest.mark.parametrize(
    ("ends", "asked", "expected"),
    [
        (590.0, 602.0, set()),  # so it lies in the store
        (500.0, 602.0, {"seen outside of its time"}),  # it was not for long
        (590.0, 620.0, {"seen outside of its time"}),  # somebody knows by now
    ],
)
def test_what_lies_in_the_store_is_seen_while_the_database_is_away(
    ends: float, asked: float, expected: set[str]
) -> None:
    old = shown(begins=100.0, sure=100.0, published=100.0, ends=ends, gone=ends)
    assert verdict({"t": asked} | HEAD, old) == expected


def test_an_article_that_came_while_the_database_was_away_need_not_lie_in_the_store() -> None:
    new = shown(begins=599.0, sure=599.0, published=599.0)
    assert verdict({"t": 602.0, "path": "/en/news/", "heads": []}, new) == set()
    assert verdict({"t": 620.0, "path": "/en/news/", "heads": []}, new) == {"missing in the news"}
