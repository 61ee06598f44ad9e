"""What is of no use any more goes in the night; what somebody may come back for stays."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from articles.baking import clearing, run_now
from articles.baking.periods import plan_ended
from articles.models import JobRun, Outbox, Photo, Presence, PreviewToken, Rendition, Slot, Trouble
from tests.builders import NOW, make_article, make_newsroom, make_user

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_old_things_go_and_new_ones_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clearing, "SOME", 1)  # each row is a step of its own
    make_newsroom()
    user, article = make_user("Editor"), make_article()
    for number, old in enumerate((True, True, False)):
        ago = NOW - 401 * DAY if old else NOW
        Session.objects.create(session_key=f"s{number}", session_data="", expire_date=NOW - DAY if old else NOW + DAY)
        Slot.objects.create(user=user, client=f"c{number}", sequence=1, saved_at=ago, ended_at=ago)
        PreviewToken.objects.create(digest=f"d{number}", article=article, made_at=ago, expires_at=ago)
        Outbox.objects.create(to="x@news.example", subject="s", body="b", made_at=ago)
        Trouble.objects.create(kind=f"k{number}", began_at=ago, seen_at=ago, ended_at=ago)
        Rendition.objects.create(web=f"w{number}.jpg", wanted="1")
        JobRun.objects.create(job="close_day", key=f"2025-01-0{number}", state="done", started_at=ago, finished_at=ago)
    Photo.objects.create(original="w2.png", web="w2.jpg", width=1, height=1, sha256="")
    Slot.objects.create(user=user, client="open", sequence=1, saved_at=NOW - 401 * DAY, fields={"headline": "x"})
    Trouble.objects.create(kind="lasts", began_at=NOW - 401 * DAY, seen_at=NOW)
    Presence.objects.create(user=user, article=article, at=NOW - 2 * DAY)

    run = run_now("clear_out", "2026-03-10", NOW)

    assert (run.state, run.detail["cleared"]) == ("done", 15), run.last_error
    assert run.detail["kinds"] == dict.fromkeys(clearing.ROWS, 2) | {"presences": 1}
    assert list(Slot.objects.order_by("client").values_list("client", flat=True)) == ["c2", "open"]
    assert set(Trouble.objects.values_list("kind", flat=True)) == {"k2", "lasts"}
    assert [row.web for row in Rendition.objects.all()] == ["w2.jpg"]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["s2"]
    assert JobRun.objects.filter(job="close_day").get().key == "2025-01-02"


def test_the_last_run_of_each_job_stays_however_old() -> None:
    """The calendar goes on from it: the days since then would be closed once more, or never."""
    for key, ago in (("2020-01-01", 900), ("2020-01-03", 800), ("2020-01-02", 700)):
        moment = NOW - ago * DAY
        JobRun.objects.create(job="close_day", key=key, state="done", started_at=moment, finished_at=moment)
    assert [run.key for run in clearing.runs(NOW)] == ["2020-01-01"]


def test_it_is_planned_once_a_day() -> None:
    make_newsroom()
    assert "clear_out" in [run.job for run in plan_ended(NOW)]
    assert "clear_out" not in [run.job for run in plan_ended(NOW)]
    assert "clear_out" in [run.job for run in plan_ended(NOW + DAY)]
