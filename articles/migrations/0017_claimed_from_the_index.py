from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_longer_subjects")]

    operations = [
        migrations.RemoveIndex(model_name="page", name="page_dirty"),
        migrations.AddIndex(
            model_name="page",
            index=models.Index(
                condition=models.Q(("dirty_since__isnull", False)), fields=["dirty_since", "id"], name="page_dirty"
            ),
        ),
    ]
