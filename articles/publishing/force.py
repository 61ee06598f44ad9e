"""The register version in force is changed while nobody issues an edition by it, and nobody issues one while it is.

Without this an edition made under the old version could be stored after the relabel has looked which articles a change
concerns, and bear the old marks for ever. SQLite has one writer anyway.
"""

from django.db import connection

from .frozen import refuse_frozen

LOCK = 7206116


def hold_version() -> None:
    """Keep the version in force as it is until the caller's transaction ends; raise Frozen while publishing is frozen.

    Who issues an edition comes by here, and freezing waits for them: none is issued once a freeze is there.
    """
    _lock("pg_advisory_xact_lock_shared")
    refuse_frozen()


def change_version() -> None:
    """Wait for those who issue editions; whoever begins later waits for the end of the caller's transaction."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [LOCK])
