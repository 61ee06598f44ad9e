"""The beat is static and its tasks exist; the embedded broker carries a message and starts empty."""

import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine
from celery import Celery

from newsroom import celery

SEND_AND_COUNT_WAITING = """
import time
waited = []
time.sleep = waited.append
import django
django.setup()
from articles.tasks import bake
try:
    bake.delay()
except Exception as error:
    print(type(error).__name__, sum(waited))
"""
LONG_AGO = datetime(2026, 3, 10, 12, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent.parent


def test_each_task_of_the_beat_exists_and_its_messages_expire() -> None:
    celery.app.loader.import_default_modules()
    for name, entry in celery.app.conf.beat_schedule.items():
        assert entry["task"] in celery.app.tasks, name
        assert entry["options"]["expires"] <= max(2, entry["schedule"]), name


def test_tasks_are_sent_through_this_app() -> None:
    from celery import current_app

    assert isinstance(celery.app, Celery)
    assert current_app.main == "newsroom"


def test_a_worker_starts_with_an_empty_folder(tmp_path: Path, settings: Any) -> None:
    settings.BROKER_DIR, settings.REDIS_URL = tmp_path / "broker", ""
    celery.make_broker_folders()
    (tmp_path / "broker" / "messages" / "1_old.celery.msg").write_text("{}")
    celery.empty_broker_folder()
    assert list((tmp_path / "broker" / "messages").iterdir()) == []


def test_with_redis_no_folder_is_touched(tmp_path: Path, settings: Any) -> None:
    settings.BROKER_DIR, settings.REDIS_URL = tmp_path / "broker", "redis://127.0.0.1:1/0"
    celery.make_broker_folders()
    celery.empty_broker_folder()
    assert not (tmp_path / "broker").exists()


def test_a_message_sent_without_a_worker_waits_in_the_folder(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DEBUG": "1", "DATA_DIR": str(tmp_path)}
    send = "from newsroom.celery import app; app.send_task('articles.tasks.tick', expires=2)"
    subprocess.run([sys.executable, "-c", send], cwd=ROOT, env=environment, check=True, timeout=60)
    (message,) = (tmp_path / "broker" / "messages").iterdir()
    assert "articles.tasks.tick" in message.read_text()


def test_a_click_does_not_wait_for_a_broker_that_is_away(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DEBUG": "1", "DATA_DIR": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    with socket.create_server(("127.0.0.1", 0)) as server:
        environment["REDIS_URL"] = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
    command = [sys.executable, "-c", SEND_AND_COUNT_WAITING]
    run = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    error, waited = run.stdout.split()
    assert error == "OperationalError"
    assert float(waited) < 1  # seconds asked of time.sleep; Kombu's own patience makes it six


def scheduled(folder: Path) -> celery.Scheduler:
    """Return a beat with a schedule file in the folder, which sends nothing."""
    beat = celery.Scheduler(celery.app, schedule_filename=str(folder / "beat"), max_interval=1)
    beat.apply_entry = lambda entry, producer=None: None  # type: ignore[method-assign]
    return beat


def last_runs(beat: celery.Scheduler) -> list[Any]:
    return [beat.schedule[name].last_run_at for name in celery.EVERY]


def test_beat_whose_file_lies_in_the_future_starts_anew(tmp_path: Path) -> None:
    with time_machine.travel(LONG_AGO + timedelta(days=30), tick=False):
        before = scheduled(tmp_path)
        while before.tick() == 0:
            pass
        before.close()
    with time_machine.travel(LONG_AGO, tick=False) as clock:
        beat = scheduled(tmp_path)
        assert max(last_runs(beat)) > LONG_AGO + timedelta(days=29)
        run_all(beat, clock)
        beat.close()


def test_beat_goes_on_when_its_clock_is_put_back(tmp_path: Path) -> None:
    with time_machine.travel(LONG_AGO + timedelta(days=30), tick=False) as clock:
        beat = scheduled(tmp_path)
        run_all(beat, clock)
        clock.move_to(LONG_AGO)
        run_all(beat, clock)
        beat.close()


def run_all(beat: celery.Scheduler, clock: time_machine.Traveller) -> None:
    """Let two minutes pass; see that every task has run in them."""
    begun = beat.app.now()
    for _second in range(122):
        for _task in range(20):
            if beat.tick() > 0:
                break
        clock.shift(1)
    assert all(begun < one <= beat.app.now() for one in last_runs(beat)), last_runs(beat)
