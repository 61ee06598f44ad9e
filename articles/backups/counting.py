"""Rows counted table by table, through any cursor of the two databases: of a snapshot, and of what was restored."""

from typing import Any

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
}
RECORD = "articles_publicationrecord"
HEAD = f"SELECT number, hash FROM {RECORD} ORDER BY number DESC LIMIT 1"  # noqa: S608


def count_rows(cursor: Any, vendor: str) -> dict[str, int]:
    """Return table → rows, of every table that there is."""
    cursor.execute(TABLES[vendor])
    found = {}
    for (name,) in cursor.fetchall():
        quoted = '"{}"'.format(name.replace('"', '""'))
        cursor.execute(f"SELECT count(*) FROM {quoted}")  # noqa: S608
        found[name] = cursor.fetchone()[0]
    return found


def last_head(cursor: Any, tables: dict[str, int]) -> dict[str, Any]:
    """Return number and hash of the last line of the publication record; nothing while it has none."""
    if not tables.get(RECORD):
        return {}
    cursor.execute(HEAD)
    number, line_hash = cursor.fetchone()
    return {"number": number, "hash": line_hash}
