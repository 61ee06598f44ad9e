"""What a watchman is told: alive, ready, in figures; and who is told nothing."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from articles.baking.pulse import beat
from articles.models import Backup, Heartbeat, Outbox, Page, Register
from articles.publishing import schedule
from articles.watching import counted
from articles.watching.checks import database, disk
from tests.builders import NOW, make_article, make_user

House = Callable[[], None]
Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _at_now(house: House) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def read(client: Client, **headers: str) -> Figures:
    response = client.get("/metrics", headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain")
    families = text_string_to_metric_families(response.content.decode())
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def ready(client: Client) -> tuple[int, list[str]]:
    response = client.get("/readyz")
    assert response["Cache-Control"] == "no-store"
    told = response.json()
    assert told["ready"] == (response.status_code == 200) == (not told["troubles"])
    return response.status_code, [one["trouble"] for one in told["troubles"]]


def test_a_well_house_is_ready(client: Client) -> None:
    assert ready(client) == (200, [])


def test_what_cannot_write_is_alive_but_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(at: Any) -> None:
        raise OperationalError("attempt to write to /srv/secret.db") from OSError(30, "Read-only file system")

    monkeypatch.setattr(database, "_write", refuse)
    assert ready(client) == (503, ["database_read_only"])
    assert client.get("/healthz").status_code == 200
    assert b"secret" not in client.get("/readyz").content


def test_a_late_worker_a_full_disk_and_a_clock_are_named(client: Client, settings: Any) -> None:
    Heartbeat.objects.filter(job="tick").update(beat_at=NOW - MINUTE)
    settings.DISK_FREE_MB = 2**30
    beat("close_periods", NOW + MINUTE, {})
    assert ready(client) == (503, ["disk", "silent", "ahead"])
    says = " ".join(one["says"] for one in client.get("/readyz", headers={"Accept-Language": "ru"}).json()["troubles"])
    assert "A disk is nearly full" in says
    assert str(settings.DATA_DIR) not in says


def test_what_only_somebody_has_to_look_at_keeps_nobody_from_work(client: Client) -> None:
    Register.objects.update(checked_at=NOW - 60 * timedelta(days=1))
    Outbox.objects.create(to="x@news.example", subject="s", body="b", made_at=NOW, attempts=1, last_error="refused")
    assert ready(client) == (200, [])


def test_the_figures_are_those_of_the_rows(client: Client) -> None:
    schedule(make_article(), by=make_user("Managing editor"), at=NOW, live_at=NOW + MINUTE)
    Page.objects.filter(path="/en/").update(dirty_since=NOW - 2 * MINUTE)
    Outbox.objects.create(to="x@news.example", subject="s", body="b", made_at=NOW)
    found = read(client)
    assert found["newsroom_releases_scheduled", ()] == 1
    assert found["newsroom_releases_due", ()] == found["newsroom_releases_overdue", ()] == 0
    assert found["newsroom_queue_depth", (("queue", "mail"),)] == 1
    assert found["newsroom_queue_depth", (("queue", "bake"),)] >= 1
    assert found["newsroom_bake_age_seconds", ()] == 120
    assert found["newsroom_pulse_age_seconds", (("job", "tick"),)] == 0
    assert found["newsroom_register_age_seconds", (("register", Register.objects.order_by("key")[0].key),)] == 86400
    assert found["newsroom_database_up", ()] == found["newsroom_ready", ()] == 1
    assert found["newsroom_trouble", (("kind", "late"),)] == 1
    with time_machine.travel(NOW + 2 * MINUTE, tick=False):
        later = read(client)
    assert later["newsroom_releases_overdue", ()] == later["newsroom_queue_depth", (("queue", "announce"),)] == 1
    assert later["newsroom_ready", ()] == 0


def test_a_backup_s_age_is_told_where_there_is_one(client: Client) -> None:
    Backup.objects.all().delete()
    assert not any(name == "newsroom_backup_age_seconds" for name, _labels in read(client))
    Backup.objects.create(begun_at=NOW - MINUTE, ended_at=NOW - MINUTE, name="house.backup", verified=True)
    assert read(client)["newsroom_backup_age_seconds", ()] == 60


def test_times_stand_under_the_view_and_never_under_an_address(client: Client) -> None:
    before = read(client)
    client.get("/en/archive/")
    client.get("/preview/0123456789012345678901234567890123456789abc/?secret=1")
    client.get("/nowhere-at-all/")
    after = read(client)

    def risen(name: str, **labels: str) -> float:
        key = (name, tuple(sorted(labels.items())))
        return after[key] - before.get(key, 0)

    assert risen("newsroom_request_seconds_count", view="page") == 2
    assert risen("newsroom_request_seconds_count", view="preview") == 1
    assert risen("newsroom_request_seconds_bucket", view="preview", le="+Inf") == 1
    assert risen("newsroom_answers_total", status="4xx") == 2
    text = client.get("/metrics").content.decode()
    assert "0123456789" not in text and "nowhere" not in text and "archive/" not in text


def test_a_refused_login_is_counted(client: Client) -> None:
    before = read(client)["newsroom_logins_refused_total", ()]
    client.post("/admin/login/", {"username": "nobody", "password": "wrong"})
    assert read(client)["newsroom_logins_refused_total", ()] == before + 1


def test_what_other_processes_have_counted_is_added(client: Client) -> None:
    before = read(client)["newsroom_logins_refused_total", ()]
    counted.folder().mkdir(exist_ok=True)
    (counted.folder() / "1.json").write_text(json.dumps([["newsroom_logins_refused_total", [], 4.0]]))
    (counted.folder() / "2.json").write_text(json.dumps([["newsroom_logins_refused_total", [], 5.0]]))
    (counted.folder() / "3.json").write_text("[")  # half of one
    assert read(client)["newsroom_logins_refused_total", ()] == before + 9


def test_what_is_kept_is_what_was_counted_and_a_full_disk_ends_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    counted.REFUSED.inc()
    counted.keep()
    (file,) = counted.folder().iterdir()
    kept = {name: value for name, labels, value in json.loads(file.read_text()) if not labels}
    assert kept["newsroom_logins_refused_total"] == counted.own()["newsroom_logins_refused_total", ()]

    def refuse(self: Path, text: str) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", refuse)
    counted.keep()
    assert list(counted.folder().iterdir()) == [file]


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("203.0.113.9", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, 403),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.9"}, 403),
        ("203.0.113.9", {"Authorization": "Bearer another"}, 403),
        ("203.0.113.9", {"Authorization": "Bearer a-long-word"}, 200),
        ("127.0.0.1", {"Authorization": "Bearer a-long-word", "X-Forwarded-For": "203.0.113.9"}, 200),
    ],
)
def test_only_those_named_read_the_figures(
    client: Client, settings: Any, address: str, headers: dict[str, str], status: int
) -> None:
    settings.METRICS_TOKEN = "a-long-word"
    assert client.get("/metrics", REMOTE_ADDR=address, headers=headers).status_code == status


def test_without_a_token_an_empty_one_opens_nothing(client: Client) -> None:
    headers = {"Authorization": "Bearer "}
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9", headers=headers).status_code == 403


def test_the_figures_that_need_no_database_are_told_without_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> Any:
        raise OperationalError("no server")

    monkeypatch.setattr(database, "_write", away)
    monkeypatch.setattr("articles.watching.metrics.of_rows", away)
    found = read(client)
    assert found["newsroom_database_up", ()] == 0
    assert found["newsroom_trouble", (("kind", "database_away"),)] == 1
    assert found["newsroom_disk_free_bytes", (("folder", "DATA_DIR"),)] > 0
    assert disk.places()
