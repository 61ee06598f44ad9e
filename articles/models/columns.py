"""A new column of a table with many rows, for migrations that run while the old version serves.

Django writes each row of SQLite's table anew for a column that may not be null: with 200,000 articles some gigabytes,
during which nobody can save. A column with a constant `db_default` is added in place instead, as PostgreSQL does it
anyway; the rows get the default when they are read, and the old version, which does not know the column, writes it too.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import AddField
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, Value


class AddColumn(AddField):
    """`AddField` that writes no row. The field must have a constant as `db_default`."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Add the column; raise ValueError for a field without a constant default."""
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.name)
        default = getattr(field, "db_default", NOT_PROVIDED)
        if default is NOT_PROVIDED or (hasattr(default, "resolve_expression") and not isinstance(default, Value)):
            raise ValueError(f"{self.model_name}.{self.name} has no constant db_default.")
        if not self.allow_migrate_model(schema_editor.connection.alias, model):
            return
        # Past SQLite's own, which copies the table.
        BaseDatabaseSchemaEditor.add_field(schema_editor, from_state.apps.get_model(app_label, self.model_name), field)
