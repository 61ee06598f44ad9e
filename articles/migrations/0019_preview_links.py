import hashlib

import django.db.models.deletion
from django.db import migrations, models


def digest(apps, schema_editor):
    """Keep of each token only its digest: the links that are out go on to work."""
    for row in apps.get_model("articles", "PreviewToken").objects.all():
        row.digest = hashlib.sha256(row.digest.encode()).hexdigest()
        row.save(update_fields=["digest"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_dated_marks")]

    operations = [
        migrations.RenameField("previewtoken", "token", "digest"),
        migrations.AlterField("previewtoken", "digest", models.CharField(max_length=64, unique=True)),
        migrations.AddField(
            "previewtoken",
            "version",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="articles.articleversion",
            ),
        ),
        migrations.AddField("previewtoken", "last_used_at", models.DateTimeField(null=True)),
        migrations.AddField("previewtoken", "ended_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "previewtoken",
            "ending",
            models.CharField(
                blank=True,
                choices=[
                    ("revoked", "revoked"),
                    ("published", "ended by publication"),
                    ("withdrawn", "ended by withdrawal"),
                    ("maker", "ended with its maker's account"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AlterModelOptions("previewtoken", {"ordering": ["-made_at", "-pk"]}),
        migrations.RunPython(digest, migrations.RunPython.noop),
    ]
