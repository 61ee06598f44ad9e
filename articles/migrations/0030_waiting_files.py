"""Drop the files that wait to be stored: those offered until now were kept whole, with columns that nobody reads."""

from typing import Any

from django.db import migrations
from django.db.models import F


def drop_waiting(apps: Any, schema_editor: Any) -> None:
    waiting = apps.get_model("articles", "RegisterImport").objects.filter(state="waiting")
    waiting.update(state="dropped", content=None, ended_at=F("made_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0029_failed_count"),
    ]

    operations = [
        migrations.RunPython(drop_waiting, migrations.RunPython.noop),
    ]
