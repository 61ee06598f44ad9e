"""What the database itself refuses: overlapping releases of an article, and changes to the publication record.

Kept as functions, so that the migration creates them and the test suite's flush can drop and restore them.
The heads of days have their triggers as soon as their table is there: `post_migrate` creates all anew."""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

OVERLAP = """
    SELECT 1 FROM articles_release AS other
    WHERE other.article_id = NEW.article_id AND other.id <> COALESCE(NEW.id, -1)
      AND (other.ended_at IS NULL OR other.ended_at > other.live_at)
      AND (NEW.ended_at IS NULL OR NEW.ended_at > NEW.live_at)
      AND (other.ended_at IS NULL OR NEW.live_at < other.ended_at)
      AND (NEW.ended_at IS NULL OR other.live_at < NEW.ended_at)
"""

HEADS = "articles_dayhead"


def sqlite_append_only(prefix: str, table: str, what: str) -> tuple[str, ...]:
    """Return the statements that keep SQLite from changing or deleting the table's rows."""
    return tuple(
        f"CREATE TRIGGER {prefix}_append_only_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{what} append-only'); END"
        for event in ("UPDATE", "DELETE")
    )


SQLITE_CREATE = (
    *(
        f"CREATE TRIGGER release_no_overlap_{event.split()[0].lower()} BEFORE {event} ON articles_release "
        f"WHEN EXISTS ({OVERLAP}) BEGIN SELECT RAISE(ABORT, 'release periods of an article overlap'); END"
        for event in ("INSERT", "UPDATE OF live_at, ended_at, article_id")
    ),
    *sqlite_append_only("record", "articles_publicationrecord", "the publication record is"),
)
SQLITE_CREATE_HEADS = sqlite_append_only("heads", HEADS, "the heads of days are")
SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS release_no_overlap_insert",
    "DROP TRIGGER IF EXISTS release_no_overlap_update",
    "DROP TRIGGER IF EXISTS record_append_only_update",
    "DROP TRIGGER IF EXISTS record_append_only_delete",
    "DROP TRIGGER IF EXISTS heads_append_only_update",
    "DROP TRIGGER IF EXISTS heads_append_only_delete",
)

POSTGRESQL_CREATE = (
    f"""
    CREATE OR REPLACE FUNCTION articles_release_no_overlap() RETURNS trigger AS $$
    BEGIN
        PERFORM 1 FROM articles_article WHERE id = NEW.article_id FOR NO KEY UPDATE;
        IF EXISTS ({OVERLAP}) THEN
            RAISE EXCEPTION 'release periods of an article overlap' USING ERRCODE = 'exclusion_violation';
        END IF;
        RETURN NEW;
    END $$ LANGUAGE plpgsql
    """,
    "CREATE TRIGGER release_no_overlap BEFORE INSERT OR UPDATE OF live_at, ended_at, article_id "
    "ON articles_release FOR EACH ROW EXECUTE FUNCTION articles_release_no_overlap()",
    """
    CREATE OR REPLACE FUNCTION articles_record_append_only() RETURNS trigger AS $$
    BEGIN
        RAISE EXCEPTION 'the publication record is append-only' USING ERRCODE = 'restrict_violation';
    END $$ LANGUAGE plpgsql
    """,
    "CREATE TRIGGER record_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON articles_publicationrecord "
    "FOR EACH STATEMENT EXECUTE FUNCTION articles_record_append_only()",
)
POSTGRESQL_CREATE_HEADS = (
    f"CREATE TRIGGER heads_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {HEADS} "
    "FOR EACH STATEMENT EXECUTE FUNCTION articles_record_append_only()",
)
POSTGRESQL_DROP = (
    "DROP TRIGGER IF EXISTS release_no_overlap ON articles_release",
    "DROP TRIGGER IF EXISTS record_append_only ON articles_publicationrecord",
    f"DROP TRIGGER IF EXISTS heads_append_only ON {HEADS}",
    "DROP FUNCTION IF EXISTS articles_release_no_overlap()",
    "DROP FUNCTION IF EXISTS articles_record_append_only()",
)


def run(connection: BaseDatabaseWrapper, sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
    """Execute the statements for the connection's database; nothing on one we do not support."""
    statements = {"sqlite": sqlite, "postgresql": postgresql}.get(connection.vendor, ())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers anew."""
    drop_triggers(connection)
    run(connection, SQLITE_CREATE, POSTGRESQL_CREATE)
    if HEADS in connection.introspection.table_names():
        run(connection, SQLITE_CREATE_HEADS, POSTGRESQL_CREATE_HEADS)


def drop_triggers(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers where they exist."""
    run(connection, SQLITE_DROP, POSTGRESQL_DROP)


def forwards(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    create_triggers(schema_editor.connection)


def backwards(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    drop_triggers(schema_editor.connection)
