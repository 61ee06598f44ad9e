"""The Celery app and its static beat.

A message is a wake-up and may be lost: what remains to be done stands in rows, which the next tick finds.
"""

import os
import shutil
import warnings
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from django.conf import settings

# By the scheme of the address: Kombu reads the address again whenever it connects anew, and forgets any other choice.
TRANSPORT_ALIASES["filesystem"] = "newsroom.broker:Transport"

app = Celery("newsroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["articles"])

if settings.DEMO:  # a demo in a container runs as root; elsewhere Celery's warning about it is right
    warnings.filterwarnings("ignore", message="You're running the worker with superuser privileges")

SECOND = 1.0
app.conf.beat_schedule = {
    # Expiring, or a worker that was away would come back to thousands of them.
    "tick": {"task": "articles.tasks.tick", "schedule": SECOND, "options": {"expires": 2}},
    "send mail": {"task": "articles.tasks.send_mail", "schedule": 5 * SECOND, "options": {"expires": 5}},
    "relabel": {"task": "articles.tasks.relabel", "schedule": 3 * SECOND, "options": {"expires": 3}},
    # Asks each minute whether the newsroom's day has ended: its time zone is a row and may change while beat runs.
    "close periods": {"task": "articles.tasks.close_periods", "schedule": 60 * SECOND, "options": {"expires": 60}},
}


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


@setup_logging.connect
def _keep_django_logging(**_: Any) -> None:
    """Having a receiver, Celery leaves the logging of settings.py alone."""


make_broker_folders()
