"""Celery's tasks are wake-ups: known under fixed names, a few lines each, harmless when lost or doubled."""

import ast
from pathlib import Path

import pytest
from celery import current_app

from articles import tasks
from articles.models import Heartbeat, Outbox

NAMES = {"tick", "bake", "close_periods", "relabel", "send_mail"}


def test_the_beat_finds_the_tasks_under_their_names() -> None:
    assert {f"articles.tasks.{name}" for name in NAMES} <= set(current_app.tasks)


def test_the_schedule_names_only_tasks_that_exist() -> None:
    scheduled = {entry["task"] for entry in current_app.conf.beat_schedule.values()}

    assert scheduled <= set(current_app.tasks)
    assert scheduled == {f"articles.tasks.{name}" for name in NAMES - {"bake"}}


def test_each_task_is_at_most_three_lines() -> None:
    tree = ast.parse(Path(tasks.__file__).read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]

    assert {function.name for function in functions} == NAMES
    assert all(len(function.body) <= 3 for function in functions)


@pytest.mark.django_db
def test_the_tasks_run_on_an_empty_newsroom(settings: object, tmp_path: Path) -> None:
    settings.PAGES_DIR = tmp_path  # type: ignore[attr-defined]
    for name in NAMES:
        getattr(tasks, name)()

    assert {"tick", "close_periods"} <= set(Heartbeat.objects.values_list("job", flat=True))
    assert not Outbox.objects.exists()
