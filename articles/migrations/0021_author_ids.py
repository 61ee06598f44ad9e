from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_search_by_lemma")]

    operations = [
        migrations.AddField(model_name="edition", name="author_ids", field=models.JSONField(default=list)),
    ]
