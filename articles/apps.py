"""The one application of the newsroom."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import connections
from django.db.models.signals import post_migrate, post_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def after_migrate(using: str, **kwargs: Any) -> None:
    """Bring the roles' groups, the compiled registers and the shipped layouts of keepers' files up to date, the
    triggers back, which SQLite drops, and take from the site's role in PostgreSQL what it must not have."""
    from .interchange.keeper import keep_layouts
    from .models import Release
    from .models.rights import take_back
    from .models.triggers import create_triggers
    from .publishing.roles import create_roles
    from .registers import renew_version

    connection = connections[using]
    if Release._meta.db_table in connection.introspection.table_names():
        create_triggers(connection)
        take_back(connection)
        create_roles()
        renew_version(timezone.now())
        keep_layouts()


def after_save_of_user(instance: Any, **kwargs: Any) -> None:
    """End preview links and typed texts of one whose account was closed, whoever closed it in whatever way."""
    from .publishing.preview_ends import end_links_of_user
    from .publishing.slots import end_slots_of_user

    if not instance.is_active and not kwargs.get("raw"):
        end_links_of_user(instance, by=None, at=timezone.now())
        end_slots_of_user(instance)


def after_login(user: Any, **kwargs: Any) -> None:
    """Write a login down, by whichever door."""
    from .publishing.logins import note_login

    note_login(user, at=timezone.now())


def after_logout(user: Any, **kwargs: Any) -> None:
    """Write a logout down; of a session that had ended already nobody knows whose it was."""
    from .publishing.logins import note_login

    if user is not None and user.pk:
        note_login(user, at=timezone.now(), kind="logout")


def after_refused_login(credentials: Any, **kwargs: Any) -> None:
    """Write a refused login down."""
    from .publishing.logins import note_refused

    note_refused(str(credentials.get("username") or credentials.get("email") or ""), at=timezone.now())


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what follows a migration, the closing of an account, and logins."""
        from .accounts import throttle, watch

        post_migrate.connect(after_migrate, sender=self)
        post_save.connect(after_save_of_user, sender=settings.AUTH_USER_MODEL, dispatch_uid="preview links")
        user_logged_in.connect(after_login, dispatch_uid="logins")
        user_logged_out.connect(after_logout, dispatch_uid="logouts")
        user_login_failed.connect(after_refused_login, dispatch_uid="refused logins")
        throttle.use_the_database()
        watch.connect()
