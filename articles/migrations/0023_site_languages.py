from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0022_author_ids_filled")]

    operations = [
        migrations.AddField(
            "site",
            "languages",
            models.CharField(
                choices=[("en ru", "English and Russian"), ("en", "English only"), ("ru", "Russian only")],
                default="en ru",
                help_text="In which languages the outlet publishes. Its addresses stay the same when another one is "
                "added. A language with public or scheduled articles cannot be left out.",
                max_length=20,
                verbose_name="languages",
            ),
        ),
    ]
