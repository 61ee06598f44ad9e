"""Tell the worker that there is something to do; the next tick finds it anyway."""

import logging

from .. import tasks

logger = logging.getLogger(__name__)


def wake() -> None:
    """Send the wake-up; a broker that is away costs an editor nothing but a second."""
    try:
        tasks.bake.delay()
    except Exception:  # whatever a broker may raise: the work stands in rows
        logger.warning("The wake-up could not be sent; the tick will find the work.", exc_info=True)
