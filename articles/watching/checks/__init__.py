"""The checks, one row each, in the order in which they are told; each a small function of the moment."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import DatabaseError, InterfaceError

from ...outage import outage_of
from ..kinds import Finding, found
from .backups import backup_age
from .clock import ahead, clocks
from .database import migrations, writable
from .disk import disks, folders
from .jobs import calendar, undone, worker
from .mail import mails, webhook
from .pictures import camera_files, renditions
from .registers import stale_registers
from .rights import owner
from .services import redis

Check = Callable[[datetime], Iterator[Finding]]
# What says whether the house can work: `/readyz` asks no more than these.
BLOCKING: tuple[Check, ...] = (writable, disks, folders, worker, ahead, clocks)
CHECKS: tuple[Check, ...] = (
    *BLOCKING,
    migrations,
    undone,
    calendar,
    mails,
    webhook,
    renditions,
    camera_files,
    stale_registers,
    backup_age,
    owner,
    redis,
)
# Asks no database, and is told when that is away.
WITHOUT_DATABASE: tuple[Check, ...] = (disks, folders, redis)
logger = logging.getLogger(__name__)


def look(at: datetime) -> list[Finding]:
    """Return all that is wrong at `at`, the gravest first; an empty list while the house is well."""
    return _run(CHECKS, at)


def blocking(at: datetime) -> list[Finding]:
    """Return what keeps the house from its work."""
    return [finding for finding in _run(BLOCKING, at) if finding.kind.stops]


def _run(checks: tuple[Check, ...], at: datetime) -> list[Finding]:
    told: list[Finding] = []
    for check in checks:
        if any(one.kind.key == "database_away" for one in told) and check not in WITHOUT_DATABASE:
            continue
        told += [one for one in _try(check, at) if one.kind not in {other.kind for other in told}]
    return sorted(told, key=lambda one: not one.kind.stops)


def _try(check: Check, at: datetime) -> list[Finding]:
    """Return what a check finds; its own failure is a finding, too: a check that is broken must not say that all is
    well."""
    try:
        return list(check(at))
    except (DatabaseError, InterfaceError) as error:
        if kind := outage_of(error):
            return [found(f"database_{kind}")]
        logger.exception("The check %s fails", check.__name__)
    except Exception:
        logger.exception("The check %s fails", check.__name__)
    return [found("check", name=check.__name__)]
