"""Which statements go through a whole table that grows with the archive, as the database says it."""

import json

from django.db import connection, transaction

GROWING = frozenset(
    "articles_release articles_edition articles_mention articles_searchplace articles_searchword articles_article "
    "articles_count articles_page articles_byline articles_edition_regions articles_edition_topics "
    "articles_correction articles_filing".split()
)


def walked(statement: str) -> set[str]:
    """Return the tables that grow with the archive which a statement reads from end to end."""
    return (on_sqlite if connection.vendor == "sqlite" else on_postgresql)(statement.replace("%", "%%")) & GROWING


def on_sqlite(statement: str) -> set[str]:
    """Return the tables through which SQLite's program for a statement goes row by row.

    Its plan names them by their aliases, which a query has for what it has found itself, too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rootpage, name FROM sqlite_master WHERE type = 'table'")
        tables = dict(cursor.fetchall())
        cursor.execute(f"EXPLAIN {statement}", [])
        steps = [row[1:4] for row in cursor.fetchall()]
    opened = {cursor: tables.get(page) for code, cursor, page in steps if code == "OpenRead"}
    return {name for code, cursor, _ in steps if code in ("Rewind", "Last") and (name := opened.get(cursor))}


def on_postgresql(statement: str) -> set[str]:
    """Return the tables that PostgreSQL scans; it is told to only where it has no index to begin at: a small table it
    would always."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", [])
        [(found,)] = cursor.fetchall()
        cursor.execute("SET LOCAL enable_seqscan = on")
    return scanned(json.loads(found) if isinstance(found, str) else found)


def scanned(plan: object) -> set[str]:
    """Return the tables that a plan of PostgreSQL's scans."""
    parts = plan if isinstance(plan, list) else list(plan.values()) if isinstance(plan, dict) else []
    own = {str(plan["Relation Name"])} if isinstance(plan, dict) and plan.get("Node Type") == "Seq Scan" else set()
    return own.union(*map(scanned, parts))
