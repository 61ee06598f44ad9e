"""Builds the search index anew: by lemma, its rows in the order of publication. See `articles.search.rebuild`."""

from django.db import migrations

from articles.search.rebuild import rebuild


class Migration(migrations.Migration):
    atomic = False  # it stores slice by slice: a migration that is broken off goes on where it was
    dependencies = [("articles", "0019_preview_links")]

    operations = [migrations.RunPython(rebuild, migrations.RunPython.noop)]
