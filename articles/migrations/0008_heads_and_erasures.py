import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_registers_desk")]

    operations = [
        migrations.CreateModel(
            name="DayHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField(unique=True)),
                ("number", models.PositiveBigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("kept_at", models.DateTimeField()),
            ],
            options={"ordering": ["-date"]},
        ),
        migrations.AlterField(
            model_name="publicationrecord",
            name="act",
            field=models.CharField(
                choices=[("begin", "begin"), ("end", "end"), ("reopen", "reopen"), ("erase", "erase")], max_length=8
            ),
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ("made_at", models.DateTimeField(verbose_name="when")),
                ("files", models.JSONField(default=list)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="erasure", to="articles.article"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="articles.staffid"),
                ),
            ],
            options={"verbose_name": "erasure", "verbose_name_plural": "erasures", "ordering": ["-made_at", "-pk"]},
        ),
    ]
