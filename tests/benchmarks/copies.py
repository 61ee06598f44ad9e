"""The written articles of an archive once more, under other ids and addresses, in SQL: a million takes minutes.

A copy has texts, moment and rubrics of what it is made of. Not copied are the articles that name the circle, so that as
many name it in an archive of any size, and the publication record, whose lines are chained. What is made here is what
`published.publish_many` makes, row for row (tests/models/test_copied_archive.py), but for the hash of an edition's
content, which covers its address and which nothing reads.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import connection, transaction

NAME = "Pelican Lighthouse Circle"
SPREAD = 10  # ids of the written articles and editions lie far below this many times their number
NEW_GUID = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}
NUMBER = "copies.column1"  # as both databases name it
SLUG = {"slug": f"slug || '-' || {NUMBER}"}
# Of a million rows, each index at once takes minutes, and row by row hours: GIN most of all.
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid::regclass::text = ANY(%s)
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""


def step(copy: int, written: int) -> int:
    """Return by how much the ids of a copy's articles and editions are higher than those of the written ones."""
    return copy * written * SPREAD


def tables(written: int) -> dict[str, tuple[str, dict[str, str]]]:
    """Return for each table of an article's rows the column that says of which it is, and what is other in a copy."""
    by = f"{NUMBER} * {step(1, written)}"
    own = {"id": f"id + {by}"}
    article, edition = {"article_id": f"article_id + {by}"}, {"edition_id": f"edition_id + {by}"}
    path = {"path": f"substr(path, 1, length(path) - 1) || '-' || {NUMBER} || '/'"}
    return {
        "articles_article": ("id", own | {"guid": NEW_GUID[connection.vendor]} | SLUG),
        "articles_article_regions": ("article_id", article),
        "articles_article_topics": ("article_id", article),
        "articles_edition": ("id", own | article | SLUG),
        "articles_edition_regions": ("edition_id", edition),
        "articles_edition_topics": ("edition_id", edition),
        "articles_mention": ("edition_id", article | edition),
        "articles_release": ("article_id", article | edition | {"indexed_as": f"indexed_as + {by}"}),
        "articles_address": ("article_id", article | SLUG),
        "articles_page": ("article_id", article | path),
        "articles_search": ("articles_search.rowid", {"rowid": f"articles_search.rowid + {by}"}),
        "articles_searchplace": ("articles_searchplace.row", {"row": f"articles_searchplace.row + {by}"}),
        "articles_filing": ("articles_filing.row", {"row": f"articles_filing.row + {by}"}),
    }


def copy_all(copies: Sequence[int], written: int) -> None:
    """Store the first `written` articles once more for each of the numbers, those of copies not made yet."""
    named = f"SELECT rowid FROM articles_search WHERE {is_named(connection.vendor)}"
    kept = f"FROM articles_release WHERE article_id <= {written} AND indexed_as NOT IN ({named})"
    numbers = ", ".join(f"({number})" for number in copies)
    changed = tables(written)
    # What is kept is asked of the written ones: a table filled before has no part in it.
    with transaction.atomic(), at_once(list(changed)), connection.cursor() as cursor:
        for table, (key, other) in changed.items():
            names = [one.name for one in connection.introspection.get_table_description(cursor, table)]
            # SQLite does not name the number of an index's row; other ids than these are the database's to give.
            names = [*other, *(name for name in names if name != "id" and name not in other)]
            columns = ", ".join(map(connection.ops.quote_name, names))
            values = ", ".join(other.get(name, connection.ops.quote_name(name)) for name in names)
            # An edition has the id of its article.
            of = "indexed_as" if "row" in key else "article_id"
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} CROSS JOIN (VALUES {numbers}) AS copies "
                f"WHERE {key} IN (SELECT {of} {kept}) ORDER BY {NUMBER}, {key}"
            )
    reset_sequences()


@contextmanager
def at_once(names: list[str]) -> Iterator[None]:
    """On PostgreSQL, take what would be done for each row away for as long, and do it for all of them at the end."""
    if connection.vendor != "postgresql":
        yield
        return
    connection.check_constraints()  # what waits for the end of the transaction would keep the indexes
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no look-up of each foreign key
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute(INDEXES, [names])
        found = cursor.fetchall()
        for name, _made in found:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _name, made in found:
            cursor.execute(made)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def count_words_of_copies(copies: int, before: int) -> None:
    """Count the words of so many more copies, without reading them; `before`: copies that were counted already."""
    from articles.models import SearchWord
    from articles.search.counts import words_of

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM articles_search WHERE {is_named(connection.vendor)}")
        named = words_of([row for (row,) in cursor.fetchall()])
    for word in SearchWord.objects.all():
        more = (word.number - named[word.language, word.word]) // (1 + before) * copies
        SearchWord.objects.filter(pk=word.pk).update(number=word.number + more)


def reset_sequences() -> None:
    """Let PostgreSQL give the next article and edition an id behind those that were given here."""
    from articles.models import Article, Edition

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Article, Edition]):
            cursor.execute(statement)


def is_named(vendor: str) -> str:
    """Return the condition that an edition in the index holds the circle's name."""
    words = NAME.lower()
    if vendor == "postgresql":
        return f"folded @@ phraseto_tsquery('simple', '{words}')"
    return f"articles_search MATCH 'folded : \"{words}\"'"
