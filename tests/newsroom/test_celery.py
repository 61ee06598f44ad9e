"""The beat is static and its tasks exist; the embedded broker carries a message and starts empty."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

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
