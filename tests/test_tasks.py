"""Celery's tasks are wake-ups: known under fixed names, a few lines each, harmless when lost or doubled."""

import ast
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.conf import settings as django_settings

from articles import tasks
from articles.models import Heartbeat, Outbox

QUEUES = {
    "tick": "announce",
    "plan_runs": "announce",
    "bake": "bake",
    "relabel": "relabel",
    "run_jobs": "relabel",
    "copy_files": "media",
    "make_renditions": "media",
    "send_mail": "mail",
    "back_up": "backup",
    "send_hooks": "mail",
    "fetch_posts": "mail",
}


def test_the_beat_finds_the_tasks_under_their_names() -> None:
    assert {f"articles.tasks.{name}" for name in QUEUES} <= set(current_app.tasks)


def test_the_schedule_names_each_task_and_no_other() -> None:
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}

    assert scheduled == {f"articles.tasks.{name}" for name in QUEUES}


def test_each_task_has_its_queue_and_each_queue_its_lane() -> None:
    assert {name: getattr(tasks, name).lane for name in QUEUES} == QUEUES
    assert [queue.name for queue in current_app.conf.task_queues] == list(django_settings.QUEUES) == list(tasks.LANES)


def test_a_worker_has_a_thread_for_each_queue() -> None:
    """Whatever hangs, such as a mail server, hangs in its own lane: a thread is left for each of the others."""
    assert current_app.conf.worker_concurrency >= len(tasks.LANES)


def test_each_task_is_at_most_three_lines() -> None:
    tree = ast.parse(Path(tasks.__file__).read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}

    assert functions.keys() >= QUEUES.keys()
    assert all(len(function.body) <= 3 for function in functions.values())


@pytest.mark.django_db
def test_the_tasks_run_on_an_empty_newsroom(settings: Any, tmp_path: Path) -> None:
    settings.PAGES_DIR = tmp_path
    for name in QUEUES:
        getattr(tasks, name)()

    assert {"tick", "alarm", "frame"} <= set(Heartbeat.objects.values_list("job", flat=True))
    assert not Outbox.objects.exists()


def test_a_few_messages_wait_at_most() -> None:
    """A worker that was away for days finds a few wake-ups, not a day of them."""
    with current_app.connection_for_write() as connection:
        waiting = connection.channel()._size
        for _ in range(50):
            for name in QUEUES:
                getattr(tasks, name).delay()
        numbers = {queue: waiting(queue) for queue in django_settings.QUEUES}

    assert set(numbers.values()) == {tasks.WAITING}
    assert sum(numbers.values()) <= 48
