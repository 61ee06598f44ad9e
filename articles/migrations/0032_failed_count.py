from django.db import migrations, models

MOST_FAILED = 200


def count_failed(apps, schema_editor):
    """Count what a relabel has listed as failed, and list the first of it."""
    Batch = apps.get_model("articles", "Batch")
    for batch in Batch.objects.exclude(failed=[]).only("failed").iterator():
        batch.failed_count, batch.failed = len(batch.failed), batch.failed[:MOST_FAILED]
        batch.save(update_fields=["failed", "failed_count"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0031_merged_entries")]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="failed_count",
            field=models.PositiveIntegerField(default=0, verbose_name="failed"),
        ),
        migrations.RunPython(count_failed, migrations.RunPython.noop),
    ]
