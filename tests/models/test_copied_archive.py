"""The benchmarks' large archives are copied in SQL: row for row what the ordinary builder makes."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from articles.models import Article, Count, Edition, PublicationRecord, Release, SearchPlace, SearchWord
from articles.publishing import publish
from articles.publishing.counts import change_of, move_counts
from articles.search import recount, search
from tests.benchmarks.archive import count_all
from tests.benchmarks.copies import NAME, copy_all, count_words_of_copies, tables
from tests.benchmarks.published import make_rubrics, publish_many
from tests.builders import NOW, make_article, make_newsroom, make_user

pytestmark = pytest.mark.django_db

WRITTEN = 14  # more than there are regions, fewer than there are topics
NAMED = {3, 8}  # of the circle: they are not copied
COPIES = (1, 2)
# What no row has twice, when it was written down, and the hash of a content with its address, which nothing reads.
OF_ITS_OWN = {"guid", "created_at", "updated_at", "content_hash"}
NOT_COPIED = {PublicationRecord._meta.db_table}


def story(number: int) -> tuple[int, tuple[str, str, str]]:
    name = NAME if number in NAMED else "Grey Dune League" if number % 3 == 0 else "harbour council"
    return number, (f"Ferry {number}", "A summary.", f"<p>A letter of the {name} was read, number {number}.</p>")


STORIES = [story(number) for number in range(WRITTEN)]


@pytest.fixture
def written() -> None:
    """Store the outlet and the articles that copies are made of."""
    make_newsroom()
    make_rubrics()
    publish_many(STORIES, WRITTEN, NOW)


def rows(table: str) -> list[dict[str, Any]]:
    """Return a table's rows without what each has of its own, in an order of theirs."""
    with connection.cursor() as cursor:
        names = [one.name for one in connection.introspection.get_table_description(cursor, table)]
        names += ["rowid"] * (table == "articles_search" and "rowid" not in names)  # SQLite does not name it
        columns = ", ".join(map(connection.ops.quote_name, names))
        cursor.execute(f"SELECT {columns} FROM {table}")
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    # The ids of other rows than articles and editions are whatever the database gives.
    own = OF_ITS_OWN | (set() if table in ("articles_article", "articles_edition") else {"id"})
    shown = [
        {
            name: bytes(value) if isinstance(value, memoryview) else value
            for name, value in row.items()
            if name not in own
        }
        for row in found
    ]
    return sorted(shown, key=repr)


def every_table() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of all tables of the articles, with those of the index."""
    models = apps.get_app_config("articles").get_models(include_auto_created=True)
    return {name: rows(name) for name in {*(model._meta.db_table for model in models), "articles_search"} - NOT_COPIED}


def test_copies_are_what_the_ordinary_builder_makes(written: None) -> None:
    before = every_table()
    with transaction.atomic():
        copy_all(COPIES, WRITTEN)
        count_all()
        copied = every_table()
        transaction.set_rollback(True)
    for copy in COPIES:
        publish_many([one for one in STORIES if one[0] not in NAMED], WRITTEN, NOW, copy=copy)
    count_all()
    built = every_table()
    assert {name for name in copied if copied[name] != built[name]} == set()
    # Nothing else than the copied tables, the counts and the forms, which are the same, has to do with an article.
    assert {name for name in built if len(built[name]) != len(before[name])} == {*tables(WRITTEN), "articles_count"}
    assert len(built["articles_article"]) == WRITTEN + len(COPIES) * (WRITTEN - len(NAMED))


def test_words_are_counted_as_those_of_ordinary_articles(written: None) -> None:
    recount(Release.objects.values_list("indexed_as", flat=True), [])
    for before, copy in enumerate(COPIES):
        copy_all([copy], WRITTEN)
        count_words_of_copies(1, before)
    counted = rows("articles_searchword")
    SearchWord.objects.all().delete()
    SearchPlace.objects.update(counted=False)
    recount(Release.objects.values_list("indexed_as", flat=True), [])
    assert counted == rows("articles_searchword") != []


def test_counts_are_those_of_announcing_each_release(written: None) -> None:
    count_all()
    counted = rows("articles_count")
    Count.objects.all().delete()
    move_counts(change_of(Release.objects.all(), []))
    assert counted == rows("articles_count") != []


def test_an_archive_of_copies_lives_on(written: None) -> None:
    copy_all(COPIES, WRITTEN)
    last = Edition.objects.latest("pk").pk
    release = publish(make_article(body=f"<p>{NAME}.</p>"), by=make_user("Editor"), at=NOW)
    assert release.edition_id > last and release.article_id > Article.objects.filter(pk__lt=release.article_id).count()
    assert search("en", f'"{NAME}"', NOW).count() == len(NAMED) + 1
    assert search("en", "letter", NOW).count() == Release.objects.count() - 1
