"""Tell the worker that there is something to do; the next tick finds it anyway."""

import logging
from typing import Any

from articles import tasks

logger = logging.getLogger(__name__)


def wake() -> None:
    """Wake who stores pages; a broker that is away costs an editor nothing but a second."""
    send(tasks.bake)


def wake_relabel() -> None:
    """Wake who marks the archive anew."""
    send(tasks.relabel)


def wake_runs() -> None:
    """Wake who does the runs that are planned."""
    send(tasks.run_jobs)


def send(task: Any) -> None:
    try:
        task.delay()
    except Exception:  # whatever a broker may raise: the work stands in rows
        logger.warning("The wake-up could not be sent; the tick will find the work.", exc_info=True)
