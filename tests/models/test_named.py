"""Rows named by a moment name it in the current time zone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Batch, Erasure, Event, Heartbeat, RegisterImport, Release
from tests.builders import NOW

MIDNIGHT = NOW + timedelta(hours=11, minutes=30)  # 23:30 UTC


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (Release(article_id=7, live_at=MIDNIGHT), "7 2026-03-11 02:30"),
        (Event(at=MIDNIGHT, kind="published"), "2026-03-11 02:30:00"),
        (Erasure(article_id=7, made_at=MIDNIGHT), "7 2026-03-11"),
        (Heartbeat(job="tick", beat_at=MIDNIGHT), "tick 02:30:00"),
        (Batch(kind="full", made_at=MIDNIGHT), "the whole archive 2026-03-11 02:30"),
        (RegisterImport(file_name="list.csv", made_at=MIDNIGHT), "list.csv 2026-03-11 02:30"),
    ],
)
def test_a_name_holds_the_newsrooms_time(row: object, name: str) -> None:
    with timezone.override("Europe/Moscow"):
        assert str(row) == name
