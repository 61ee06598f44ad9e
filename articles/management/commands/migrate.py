"""Django's own `migrate`; on SQLite foreign keys are looked at once at the end, not after each migration: with 200,000
articles that takes ten seconds each time, in which nobody can save."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with checked_once(connections[options["database"]]):
            super().handle(*args, **options)


@contextmanager
def checked_once(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Look at the foreign keys of the whole database when the work is done, and not before; raise IntegrityError.

    PostgreSQL looks at what is changed, as it is stored.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.check_constraints = lambda table_names=None: None  # type: ignore[method-assign]
    try:
        yield
    finally:
        del connection.check_constraints
    connection.check_constraints()
