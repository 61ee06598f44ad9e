"""How much a relabel stores at once: what fits into the time that an editor's save may wait."""

import time
from types import SimpleNamespace

import pytest

from articles.publishing.relabel import pace as module
from articles.publishing.relabel.pace import FEWEST, MOST, SECONDS, Pace


@pytest.fixture
def rested(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return what the pace rests, instead of resting."""
    moments: list[float] = []
    monkeypatch.setattr(time, "sleep", moments.append)
    return moments


def pace(monkeypatch: pytest.MonkeyPatch, vendor: str) -> Pace:
    monkeypatch.setattr(module, "connection", SimpleNamespace(vendor=vendor))
    return Pace()


def test_beside_one_writer_it_stores_what_fits_and_rests_as_long(
    monkeypatch: pytest.MonkeyPatch, rested: list[float]
) -> None:
    one = pace(monkeypatch, "sqlite")
    assert one.number == FEWEST
    one.rest(FEWEST, SECONDS / 10)
    assert one.number == 2 * FEWEST, "it doubles at most"
    one.rest(2 * FEWEST, SECONDS * 2 / 3)
    assert one.number == 3 * FEWEST
    one.rest(3 * FEWEST, SECONDS * 30)
    assert one.number == FEWEST
    for _ in range(9):
        one.rest(one.number, 0.0)
    assert one.number == MOST
    assert rested[:4] == [SECONDS / 10, SECONDS * 2 / 3, SECONDS * 30, 0.0]


def test_where_editors_save_beside_it_it_does_not_rest(monkeypatch: pytest.MonkeyPatch, rested: list[float]) -> None:
    one = pace(monkeypatch, "postgresql")
    one.rest(MOST, 10.0)
    assert (one.number, rested) == (MOST, [])
