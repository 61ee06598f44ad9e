"""A column that comes to a table of many rows writes none of them, on either database."""

import pytest
from django.db import connection, models
from django.db.migrations import AddField
from django.db.migrations.loader import MigrationLoader
from django.db.models.functions import Now

from articles.models.columns import AddColumn

# Tables with a row for each article, or more.
GROWING = frozenset(
    "article edition release page event mention mentiondecision publicationrecord address articleversion byline "
    "correction searchplace searchword filing".split()
)
BEFORE = {("0018_dated_marks", "dated_marks"), ("0021_author_ids", "author_ids")}  # as they were written at first


def statements(operation: AddField) -> list[str]:
    before = MigrationLoader(None).project_state()
    after = before.clone()
    operation.state_forwards("articles", after)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        operation.database_forwards("articles", editor, before, after)
    return [one for one in editor.collected_sql if not one.startswith("--")]


def test_every_column_of_a_large_table_is_added_in_place() -> None:
    copied = {
        (name, operation.name)
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        for operation in migration.operations
        if app == "articles" and type(operation) is AddField and operation.model_name_lower in GROWING
        if not (operation.field.null or operation.field.many_to_many or name == "0001_records")
    }
    assert copied == BEFORE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("field", [models.JSONField(default=list, db_default=[]), models.CharField(db_default="x")])
def test_no_row_is_written(field: models.Field) -> None:
    [statement] = statements(AddColumn("edition", "shelf", field))
    assert statement.startswith('ALTER TABLE "articles_edition" ADD COLUMN "shelf"') and " DEFAULT '" in statement


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("field", [models.IntegerField(default=1), models.DateTimeField(db_default=Now())])
def test_a_column_without_a_constant_default_is_refused(field: models.Field) -> None:
    with pytest.raises(ValueError, match="no constant"):
        statements(AddColumn("edition", "shelf", field))
