"""What stands before an upgrade: pending migrations and whether the old version may serve meanwhile, room on the disk,
the age of the last backup, settings that nobody asks for."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.migrations import AddField, AlterField, CreateModel
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import AddIndex, AlterModelManagers, AlterModelOptions, RemoveIndex
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, ManyToManyField
from django.utils.translation import gettext as _

from ..models import Article, Backup

FRESH = timedelta(hours=24)  # a backup before an upgrade is younger than that
ROOM = 500 * 1024 * 1024  # bytes free beside a second copy of the database
HARMLESS = (CreateModel, AddIndex, RemoveIndex, AlterModelManagers, AlterModelOptions)


class Pending(NamedTuple):
    """A migration that was not applied; `reasons`: why the old version must not serve while and after it runs."""

    name: str
    reasons: list[str]


def pending() -> list[Pending]:
    """Return the migrations that are to be applied, in their order."""
    executor = MigrationExecutor(connection)
    state: ProjectState = executor._create_project_state(with_applied_migrations=True)  # type: ignore[attr-defined]
    found = []
    for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if getattr(migration, "beside_the_old", False):  # looked at by hand; the migration says why
            found.append(Pending(str(migration), []))
            migration.mutate_state(state, preserve=False)
            continue
        reasons = []
        for operation in migration.operations:
            reasons += why_not_beside(operation, migration.app_label, state)
            operation.state_forwards(migration.app_label, state)
        found.append(Pending(str(migration), reasons))
    return found


def why_not_beside(operation: Operation, app: str, state: ProjectState) -> list[str]:
    """Return why code that does not know of `operation` cannot go on beside its result; `state`: before it."""
    if isinstance(operation, HARMLESS) or is_addition(operation) or is_only_words(operation, app, state):
        return []
    return [operation.describe()]


def is_addition(operation: Operation) -> bool:
    """Say whether it adds a column that a row may lack, or fills by itself: the old version writes rows without it."""
    if not isinstance(operation, AddField):
        return False
    field = operation.field
    return isinstance(field, ManyToManyField) or field.null or field.db_default is not NOT_PROVIDED


def is_only_words(operation: Operation, app: str, state: ProjectState) -> bool:
    """Say whether it changes nothing of a column but what people read and forms ask."""
    if not isinstance(operation, AlterField):
        return False
    before = state.models[app, operation.model_name_lower].fields[operation.name]
    return database_part(before) == database_part(operation.field)


def database_part(field: Any) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    """Return what the database knows of a field."""
    _name, path, arguments, options = field.deconstruct()
    return path, tuple(arguments), {key: value for key, value in options.items() if key not in field.non_db_attrs}


def problems(at: datetime) -> Iterator[str]:
    """Yield what is to be put right before an upgrade, a sentence each."""
    if Article._meta.db_table not in connection.introspection.table_names():
        yield _(
            "There is no newsroom in this database: DATA_DIR or DATABASE_URL leads elsewhere than the old version's."
        )
        return
    free, needed = shutil.disk_usage(settings.DATA_DIR).free, database_bytes() + ROOM
    if free < needed:
        yield _("The disk has %(free)d MB free; the upgrade may need %(needed)d MB.") % {
            "free": free // 2**20,
            "needed": needed // 2**20,
        }
    if not backup_is_fresh(at):
        yield _("The last whole backup is older than a day, or there is none: manage.py backup.")
    if settings.UNKNOWN:
        yield _("The file of settings names what no setting is called: %s.") % ", ".join(settings.UNKNOWN)
    if settings.PRODUCTION and settings.BACKUP_DIR is None:
        yield _("BACKUP_DIR is not set: no backups are taken by night.")


def backup_is_fresh(at: datetime) -> bool:
    """Say whether the last whole backup is not older than a day; a version before backups has no table of them."""
    if Backup._meta.db_table not in connection.introspection.table_names():
        return False
    # One column: the table is that of the version before.
    last = Backup.objects.whole().order_by("-ended_at").values_list("ended_at", flat=True).first()
    return last is not None and last >= at - FRESH


def database_bytes() -> int:
    """Return how large the database is on the disk of this machine; 0 for a server of its own."""
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        return os.path.getsize(name) if os.path.exists(name) else 0
    host = str(connection.settings_dict["HOST"])
    if host not in ("", "localhost", "127.0.0.1", "::1") and not host.startswith("/"):
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
