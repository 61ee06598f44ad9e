"""What the site's role may do in PostgreSQL, where another one owns the tables (`deploy/server/roles.sql`).

That file gives it what it needs of every table there is and will be. Here the owner takes back what it must not do:
change the record, or what says which migrations were run. `post_migrate` asks for it each time.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from .record import DayHead, PublicationRecord

TAKEN_BACK = {
    PublicationRecord._meta.db_table: ("UPDATE", "DELETE", "TRUNCATE"),
    DayHead._meta.db_table: ("UPDATE", "DELETE", "TRUNCATE"),
    MigrationRecorder.Migration._meta.db_table: ("INSERT", "UPDATE", "DELETE", "TRUNCATE"),
}
# Of a table that is ours to give: who else was given what he must not have, as a statement that takes it back.
STATEMENTS = """
    SELECT DISTINCT format('REVOKE %%s ON %%s FROM %%s', right_.privilege_type, one.oid::regclass,
                           CASE right_.grantee WHEN 0 THEN 'PUBLIC' ELSE right_.grantee::regrole::text END)
    FROM pg_class AS one, aclexplode(one.relacl) AS right_
    WHERE one.oid = to_regclass(%s) AND pg_has_role(one.relowner, 'USAGE')
      AND right_.grantee <> one.relowner AND right_.privilege_type = ANY(%s)
"""
MAY_ALTER = """
    SELECT has_schema_privilege(current_schema(), 'CREATE') AND NOT EXISTS (
        SELECT FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
          AND NOT pg_has_role(relowner, 'USAGE'))
"""
OWNED = """
    SELECT count(*) FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND pg_has_role(relowner, 'MEMBER')
"""


def take_back(connection: BaseDatabaseWrapper) -> None:
    """Take from every role but the owner's what `TAKEN_BACK` names; nothing where nobody else has rights."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table, rights in TAKEN_BACK.items():
            cursor.execute(STATEMENTS, [table, list(rights)])
            for (statement,) in cursor.fetchall():
                cursor.execute(statement)


def may_alter(connection: BaseDatabaseWrapper) -> bool:
    """Say whether the role of this connection may migrate and restore: make tables, alter and drop those there are."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(MAY_ALTER)
        return bool(cursor.fetchone()[0])


def owned_tables(connection: BaseDatabaseWrapper) -> int:
    """Return how many tables the role of this connection, or one that it may take, owns; 0 on SQLite."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(OWNED)
        return int(cursor.fetchone()[0])
