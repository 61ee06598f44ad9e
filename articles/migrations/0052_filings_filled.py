"""Under which rubrics the rows of an archive are filed that was there before.

In slices, each stored by itself. What is stored is left alone if this is interrupted and begun anew; what the version
before publishes meanwhile is filed by the first worker of this one.
"""

import sys

from django.db import migrations

from articles.search import file_all

TOLD = 50_000  # after so many editions it says how far it is


def fill(apps, schema_editor):
    told = 0
    for done in file_all():
        if done - told >= TOLD:
            told = done
            print(f"Filed under their rubrics: {done:,} editions", file=sys.stderr)


class Migration(migrations.Migration):
    atomic = False
    beside_the_old = True  # it fills a table that the version before does not know

    dependencies = [("articles", "0051_filings")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
