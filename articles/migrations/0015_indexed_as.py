from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_version_in_force"),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="indexed_as",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.RunSQL("UPDATE articles_release SET indexed_as = edition_id", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="release",
            name="indexed_as",
            field=models.BigIntegerField(editable=False),
        ),
        migrations.AddIndex(
            model_name="release",
            index=models.Index(fields=["indexed_as"], name="release_indexed"),
        ),
        migrations.AddIndex(
            model_name="count",
            index=models.Index(fields=["language", "rubric", "date", "number"], name="count_sums"),
        ),
    ]
