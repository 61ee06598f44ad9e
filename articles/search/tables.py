"""The table of the index, by database. It is no model: FTS5 is a virtual table, tsvector is PostgreSQL's own.

It names editions by id without a foreign key, so that the test suite can empty the tables beside it.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CREATE = {
    "sqlite": (
        'CREATE VIRTUAL TABLE articles_search USING fts5(words, folded, tokenize = "unicode61 remove_diacritics 0")',
    ),
    "postgresql": (
        "CREATE TABLE articles_search (rowid bigint PRIMARY KEY, words tsvector NOT NULL, folded tsvector NOT NULL)",
        "CREATE INDEX articles_search_words ON articles_search USING gin (words)",
        "CREATE INDEX articles_search_folded ON articles_search USING gin (folded)",
    ),
}


def run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def forwards(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the table."""
    run(schema_editor.connection, CREATE[schema_editor.connection.vendor])


def backwards(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the table."""
    run(schema_editor.connection, ("DROP TABLE IF EXISTS articles_search",))
