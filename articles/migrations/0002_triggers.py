"""The database refuses overlapping releases and changes to the publication record."""

from django.db import migrations

from articles.models.triggers import backwards, forwards


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_records")]

    operations = [migrations.RunPython(forwards, backwards)]
