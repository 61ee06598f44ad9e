"""What Celery runs: wake-ups over plain functions. What is to be done stands in rows; a lost message is harmless."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from celery import Task, shared_task
from django.conf import settings
from django.utils import timezone

from . import backups, baking, notices, publishing

LANES = {queue: baking.Lane() for queue in settings.QUEUES}
WAITING = 8  # messages that may wait in one queue: more would say the same


class WakeUp(Task):
    """A message that says no more than: look. It is not sent while enough of them wait, be the worker away for days."""

    abstract = True
    lane: str

    def apply_async(self, *args: Any, producer: Any = None, **options: Any) -> Any:
        with self.app.producer_or_acquire(producer) as sender:
            if sender.channel._size(self.lane) < WAITING:
                return super().apply_async(*args, producer=sender, **options | {"queue": self.lane})
        return None


def wakes(queue: str) -> Callable[[baking.Work], Any]:
    """Make a wake-up that is sent to `queue` and does the work in the queue's lane of its process."""

    def made(work: baking.Work) -> Any:
        run = wraps(work)(lambda: LANES[queue].run(work))
        return shared_task(name=f"articles.tasks.{work.__name__}", base=WakeUp, lane=queue)(run)

    return made


@wakes("announce")
def tick() -> None:
    """Announce what is due and beat; wake who stores its pages."""
    if baking.announce_and_beat(timezone.now())["announced"]:
        bake.delay()


@wakes("announce")
def plan_runs() -> None:
    """Tell of troubles; plan the closing of the days, months and years that have ended; finish erasures."""
    notices.raise_alarm(timezone.now())
    baking.each_minute(timezone.now())


@wakes("bake")
def bake() -> None:
    """Store what is dirty."""
    baking.bake_dirty(timezone.now(), seconds=5)


@wakes("relabel")
def relabel() -> None:
    """Go on with a relabel for a while, if one is in progress."""
    baking.work_relabels(timezone.now)


@wakes("relabel")
def run_jobs() -> bool:
    """Give the next of the runs that are planned a turn, and say whether there was one: more may be to be done."""
    return baking.work_next(timezone.now()) is not None


@wakes("media")
def copy_files() -> None:
    """Lay compressed copies beside stored pages; mark all pages when what stands on each of them has changed."""
    baking.keep_store(timezone.now())


@wakes("media")
def make_renditions() -> bool:
    """Make the renditions of a photo that lacks some, and say whether there was one: more may be to be done."""
    return baking.make_renditions(timezone.now())


@wakes("mail")
def send_mail() -> None:
    """Send the mails that are due."""
    notices.send_mail(timezone.now())


@wakes("backup")
def back_up() -> None:
    """Take the nightly backup when it is due."""
    if backups.is_due(timezone.now()):
        backups.take(backups.Way.of_settings(), timezone.now, stopping=publishing.is_stopping)


@wakes("mail")
def send_hooks() -> None:
    """Post the troubles that the webhook has not heard of."""
    notices.send_hooks(timezone.now())


@wakes("mail")
def fetch_posts() -> None:
    """Ask other sites for the posts that wait, where the outlet's settings allow it."""
    publishing.fetch_posts(timezone.now(), stopping=publishing.is_stopping)
