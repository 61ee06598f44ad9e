import django.db.models.deletion
from django.db import migrations, models

from articles.models.columns import AddColumn


class Migration(migrations.Migration):

    dependencies = [("articles", "0042_photo_rights")]

    operations = [
        AddColumn(
            model_name="article",
            name="figure_texts",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="texts of the photos in the text"),
        ),
        AddColumn(model_name="edition", name="figures", field=models.JSONField(db_default=[], default=list)),
        migrations.CreateModel(
            name="ArticleFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("article", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="figure_rows", to="articles.article")),
                ("photo", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="article_figures", to="articles.photo")),
            ],
            options={
                "verbose_name": "photo in a text",
                "verbose_name_plural": "photos in texts",
                "constraints": [models.UniqueConstraint(fields=("article", "photo"), name="article_figure_once")],
            },
        ),
        migrations.CreateModel(
            name="EditionFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="figure_rows", to="articles.edition")),
                ("photo", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="edition_figures", to="articles.photo")),
                ("web", models.CharField(db_index=True, max_length=120)),
            ],
            options={
                "verbose_name": "photo in a printed text",
                "verbose_name_plural": "photos in printed texts",
                "constraints": [models.UniqueConstraint(fields=("edition", "photo"), name="edition_figure_once")],
            },
        ),
    ]
