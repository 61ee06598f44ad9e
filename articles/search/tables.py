"""The table of the index, by database. It is no model: FTS5 is a virtual table, tsvector is PostgreSQL's own.

`rowid` as in `keys`, without a foreign key, so that the test suite can empty the tables beside it. `words`: one lemma
for each word of the text, in their order; `lemmas`: every lemma once; `folded`: the words as the engine scans them.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIRST = {  # before the migration `search_by_lemma`
    "sqlite": (
        'CREATE VIRTUAL TABLE articles_search USING fts5(words, folded, tokenize = "unicode61 remove_diacritics 0")',
    ),
    "postgresql": (
        "CREATE TABLE articles_search (rowid bigint PRIMARY KEY, words tsvector NOT NULL, folded tsvector NOT NULL)",
        "CREATE INDEX articles_search_words ON articles_search USING gin (words)",
        "CREATE INDEX articles_search_folded ON articles_search USING gin (folded)",
    ),
}
NEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE articles_search_next USING "
        'fts5(words, lemmas, folded, tokenize = "unicode61 remove_diacritics 0")',
    ),
    "postgresql": (
        "CREATE TABLE articles_search_next (rowid bigint PRIMARY KEY, "
        "words tsvector NOT NULL, lemmas tsvector NOT NULL, folded tsvector NOT NULL)",
    ),
}
IN_PLACE = {
    "sqlite": (
        "DROP TABLE articles_search",
        "ALTER TABLE articles_search_next RENAME TO articles_search",
    ),
    "postgresql": (
        "DROP TABLE articles_search",
        "ALTER TABLE articles_search_next RENAME TO articles_search",
        "ALTER INDEX articles_search_next_pkey RENAME TO articles_search_pkey",
        "CREATE INDEX articles_search_words ON articles_search USING gin (words)",
        "CREATE INDEX articles_search_lemmas ON articles_search USING gin (lemmas)",
        "CREATE INDEX articles_search_folded ON articles_search USING gin (folded)",
    ),
}


def run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def forwards(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the table as it was first."""
    run(schema_editor.connection, FIRST[schema_editor.connection.vendor])


def backwards(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the table."""
    run(schema_editor.connection, ("DROP TABLE IF EXISTS articles_search",))
