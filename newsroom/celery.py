"""The Celery app and its static beat.

A message is a wake-up and may be lost: what remains to be done stands in rows, which the next tick finds.
"""

import os
import shutil
import signal
import threading
import warnings
from datetime import timedelta
from pathlib import Path
from typing import Any

from celery import Celery
from celery.beat import PersistentScheduler
from celery.signals import setup_logging, worker_init, worker_ready, worker_shutting_down
from kombu.entity import Queue
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from django.conf import settings

# By the scheme of the address: Kombu reads the address again whenever it connects anew, and forgets any other choice.
TRANSPORT_ALIASES["filesystem"] = "newsroom.broker:Transport"

app = Celery("newsroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["articles"])
app.conf.task_queues = [Queue(name) for name in settings.QUEUES]  # a worker takes all of them unless told --queues

if settings.DEMO:  # a demo in a container runs as root; elsewhere Celery's warning about it is right
    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")

SECOND = 1.0
EVERY = {
    "tick": SECOND,
    "bake": SECOND,
    "copy_files": 2 * SECOND,
    "make_renditions": 3 * SECOND,
    "relabel": 3 * SECOND,
    "run_jobs": 3 * SECOND,
    "send_mail": 5 * SECOND,
    "send_hooks": 10 * SECOND,
    "fetch_posts": 10 * SECOND,
    # Asks whether the newsroom's day has ended: its time zone is a row and may change while beat runs.
    "plan_runs": 60 * SECOND,
    "back_up": 60 * SECOND,
}
app.conf.beat_schedule = {
    # Expiring: a wake-up that comes late has been followed by others.
    name: {"task": f"articles.tasks.{name}", "schedule": seconds, "options": {"expires": max(2 * SECOND, seconds)}}
    for name, seconds in EVERY.items()
}


class Scheduler(PersistentScheduler):
    """Celery's own, but what it ran last in the future, by a clock that was ahead, starts anew: Celery would wait until
    then, with a schedule kept in its file as well as in a beat that runs on."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Begin what is due; return after how many seconds to look again."""
        now = self.app.now()
        ahead = [entry for entry in self.schedule.values() if entry.last_run_at > now + timedelta(seconds=SECOND)]
        for entry in ahead:
            entry.last_run_at = now
        if ahead:
            self._heap = None  # its times are of that clock, too: whoever ran last at the right one would go first
        return float(super().tick(*args, **kwargs))


def make_broker_folders() -> None:
    """Make the folders of the embedded broker; nothing to do with Redis."""
    if settings.REDIS_URL:
        return
    for name in ("messages", "control"):
        Path(settings.BROKER_DIR, name).mkdir(parents=True, exist_ok=True)


def empty_broker_folder() -> None:
    """Drop the messages that lie in the embedded broker: 20,000 waiting ones drain at 3 a second."""
    if not settings.REDIS_URL:
        shutil.rmtree(settings.BROKER_DIR / "messages", ignore_errors=True)
        make_broker_folders()


@worker_init.connect
def _start_clean(**_: Any) -> None:
    empty_broker_folder()


@worker_shutting_down.connect
def _end_after_the_item_in_hand(**_: Any) -> None:
    from articles.publishing import stop

    stop()


@worker_ready.connect
def _end_with_the_beat(sender: Any, **_: Any) -> None:
    """End a worker whose beat has died, so that its supervisor starts both again: alone it would wait for ever."""
    beat = sender.controller.beat
    if beat is None:
        return

    def watch() -> None:
        from articles.publishing.stopping import is_stopping

        beat.join()
        if not is_stopping():
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


@setup_logging.connect
def _keep_django_logging(**_: Any) -> None:
    """Having a receiver, Celery leaves the logging of settings.py alone."""


make_broker_folders()
