"""The one application of the newsroom."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def after_migrate(using: str, **kwargs: Any) -> None:
    """Bring the roles' groups and the compiled registers up to date, and the triggers back, which SQLite drops."""
    from .models import Release
    from .models.triggers import create_triggers
    from .publishing.roles import create_roles
    from .registers import renew_version

    connection = connections[using]
    if Release._meta.db_table in connection.introspection.table_names():
        create_triggers(connection)
        create_roles()
        renew_version(timezone.now())


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows a migration."""
        post_migrate.connect(after_migrate, sender=self)
