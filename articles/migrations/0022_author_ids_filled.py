"""The ids of authors in the editions of before, where the printed name is exactly one author's in that language.

In slices, each stored by itself, so that nobody waits long in a large archive. What a slice has stored is not looked at
again if this is interrupted and begun anew. Nothing of it is in a hash or a reading form.
"""

from collections import defaultdict

from django.db import migrations, transaction

SLICE = 2000  # editions


def names_of(apps):
    """Return the id of the author of each name, by (language, name); None where several have it."""
    known = {}
    for author in apps.get_model("articles", "Author").objects.all():
        for key in (("en", author.name_en), ("ru", author.name_ru)):
            known[key] = None if key in known else author.pk
    return known


def fill(apps, schema_editor):
    editions, known, last = apps.get_model("articles", "Edition").objects, names_of(apps), 0
    while True:
        rows = editions.filter(pk__gt=last).order_by("pk")
        rows = list(rows.values_list("pk", "language", "bylines", "author_ids")[:SLICE])
        if not rows:
            return
        found = defaultdict(list)
        for pk, language, bylines, author_ids in rows:
            if bylines and not author_ids:
                found[tuple(known.get((language, name)) for name in bylines)].append(pk)
        with transaction.atomic():
            for ids, pks in found.items():
                editions.filter(pk__in=pks).update(author_ids=list(ids))
        last = rows[-1][0]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0021_author_ids")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
