"""Tell a demo newsroom from a real one; recreate a demo's database, whose record lets no row be deleted."""

import shutil

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction

from .. import pagestore
from ..models import Article, Photo, Site
from ..photos.files import camera_folder, original_path, rendition_folder, web_path
from ..sealing import ENDING

DEMO_ADDRESS = "@demo.invalid"


def has_tables() -> bool:
    """Say whether the newsroom's migrations have run."""
    return Article._meta.db_table in connection.introspection.table_names()


def is_demo() -> bool:
    """Say whether the database holds a demo newsroom: it has accounts, and each of them is a demo account."""
    addresses = list(User.objects.values_list("email", flat=True))
    return bool(addresses) and all(address.endswith(DEMO_ADDRESS) for address in addresses)


def is_empty() -> bool:
    """Say whether the database holds nothing that a person made."""
    return not (User.objects.exists() or Article.objects.exists() or Site.objects.exists())


def recreate_database() -> None:
    """Remove every table with all that is in it, the photos and the stored pages; make the tables anew."""
    if has_tables():
        for photo in Photo.objects.iterator():
            original_path(photo).unlink(missing_ok=True)
            web_path(photo).unlink(missing_ok=True)
            shutil.rmtree(rendition_folder(photo.web), ignore_errors=True)
        for file in camera_folder().glob(f"*{ENDING}"):
            file.unlink(missing_ok=True)
        for path in list(pagestore.stored_paths()):
            pagestore.drop(path)
    drop_tables()
    call_command("migrate", verbosity=0, interactive=False)


def drop_tables() -> None:
    """Drop every table; virtual ones of SQLite first, which take the tables they stand on with them."""
    connection.disable_constraint_checking()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for name in virtual_tables() + connection.introspection.table_names(cursor):
                tail = " CASCADE" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)}{tail}")
    finally:
        connection.enable_constraint_checking()


def virtual_tables() -> list[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%%'")
        return [row[0] for row in cursor.fetchall()]
