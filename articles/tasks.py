"""What Celery runs: wake-ups over plain functions. What is to be done stands in rows; a lost message is harmless."""

from celery import shared_task
from django.utils import timezone

from . import baking, notices


@shared_task(name="articles.tasks.tick")
def tick() -> None:
    """Announce, bake and beat."""
    baking.tick(timezone.now())


@shared_task(name="articles.tasks.bake")
def bake() -> None:
    """Bake what is dirty at once, after an editor's act."""
    baking.bake_dirty(timezone.now(), seconds=5)


@shared_task(name="articles.tasks.close_periods")
def close_periods() -> None:
    """Close the days, months and years that have ended, do planned runs, tell of troubles."""
    baking.close_periods(timezone.now())
    notices.raise_alarm(timezone.now())


@shared_task(name="articles.tasks.relabel")
def relabel() -> None:
    """Go on with a relabel for a while, if one is in progress."""
    baking.work_relabels(timezone.now)


@shared_task(name="articles.tasks.send_mail")
def send_mail() -> None:
    """Send the mails that are due."""
    notices.send_mail(timezone.now())
