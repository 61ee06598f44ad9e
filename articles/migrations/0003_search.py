from django.db import migrations

from articles.search.tables import backwards, forwards


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_triggers")]

    operations = [migrations.RunPython(forwards, backwards)]
