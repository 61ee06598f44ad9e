"""Why nothing can be written or read, by what the driver says: full, read-only or away. What passes by itself stands in
`models.busy`. Needs no Django that is set up: the log asks it."""

import errno
from collections.abc import Iterator

from django.db import DatabaseError, InterfaceError, OperationalError

FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT}
# PostgreSQL's: it ends, is ended, begins, has no place left for a connection; its own class for what a connection does.
AWAY_STATES = {"57P01", "57P02", "57P03", "53300"}
AWAY_CLASS = "08"
# What brokers and caches raise; their packages need not be there.
AWAY_NAMES = {"ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "OperationalError", "InterfaceError"}


def outage_of(error: BaseException | None) -> str:
    """Return "full", "read_only" or "away" for an error that the database, or a disk, is the reason of; else "".

    A database that others write to is none of these: that passes.
    """
    if not _is_ours(error):
        return ""
    chain = list(_chain(error))
    return next(filter(None, map(_by_sign, chain)), "") or ("away" if any(map(_is_lost, chain)) else "")


def is_outage(error: BaseException | None) -> bool:
    """Say whether an error came because a service is away or a disk refuses: of the log, brokers and caches too."""
    return bool(outage_of(error)) or any(type(one).__name__ in AWAY_NAMES for one in _chain(error))


def _is_ours(error: BaseException | None) -> bool:
    return any(isinstance(one, DatabaseError | InterfaceError | OSError) for one in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that led to it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _by_sign(error: BaseException) -> str:
    """Return what the driver, or the system, says by a name or a number."""
    sqlite, state = str(getattr(error, "sqlite_errorname", "")), str(getattr(error, "sqlstate", "") or "")
    number = error.errno if isinstance(error, OSError) else 0
    if sqlite == "SQLITE_FULL" or state == "53100" or number in FULL_ERRORS:
        return "full"
    if sqlite.startswith("SQLITE_READONLY") or state == "25006" or number == errno.EROFS:
        return "read_only"
    away = sqlite.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR")) or state in AWAY_STATES
    return "away" if away or state.startswith(AWAY_CLASS) else ""


def _is_lost(error: BaseException) -> bool:
    """Say whether psycopg has reached no server, or was cut off: it gives no state then."""
    cause = error.__cause__
    if not isinstance(error, OperationalError | InterfaceError) or cause is None:
        return False
    return not (getattr(cause, "sqlite_errorname", "") or getattr(cause, "sqlstate", ""))
